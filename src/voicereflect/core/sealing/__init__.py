"""Sealing as values: the forms of the age format, and in which state a vault is."""
