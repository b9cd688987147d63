"""Decides what is asked in a session, and how it is said."""
