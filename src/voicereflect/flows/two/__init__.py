"""Sessions for two: consent first, turns, and what becomes of the words of others."""
