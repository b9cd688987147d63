"""Decks and programmes, told in lines."""
