"""Keeps what is answered in a session: its sound, its text, its entry."""
