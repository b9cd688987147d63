"""Decks and programmes: look over them, and say what comes next."""
