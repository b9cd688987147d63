"""Caches in the user's folder: what can be made again, and no word of an entry."""
