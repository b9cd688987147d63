"""Decks and programmes: reading their files, checking them, choosing from them."""
