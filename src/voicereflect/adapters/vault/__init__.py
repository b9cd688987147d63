"""The folder of truth: entries, their sound and their transcripts, in files anyone can read."""
