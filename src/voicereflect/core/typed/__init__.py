"""Answers that are typed: what a terminal sends, a text with a cursor, and how it is laid out."""
