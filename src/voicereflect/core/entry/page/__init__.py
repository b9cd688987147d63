"""Reads and writes an entry's page: its front matter and its text."""
