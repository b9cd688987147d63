"""Decks: reading their files, checking them, choosing from them."""
