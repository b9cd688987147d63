"""Speak a reflection aloud; keep it on this machine alone."""
