"""Dates that names of files and recordings tell."""
