"""Copies of entries for other programs."""
