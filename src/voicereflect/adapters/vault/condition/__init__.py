"""Looks after the vault's folder: where it is, how open, what was left lying."""
