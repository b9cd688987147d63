"""Finds which sentences belong together; knows vectors and no names."""
