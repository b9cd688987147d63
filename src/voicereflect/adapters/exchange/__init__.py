"""What comes from other programs, and what is given away."""
