"""Finds what a theme may be called, from its own sentences."""
