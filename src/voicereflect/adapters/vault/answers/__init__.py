"""What becomes of an answer: its sound while it is recorded, and the files it is kept in."""
