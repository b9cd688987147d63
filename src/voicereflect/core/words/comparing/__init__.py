"""Compares two texts of the same sound, word by word."""
