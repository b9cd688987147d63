"""Finds entries again: the index, search and lists."""
