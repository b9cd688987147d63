"""Words and the sound they stand for: align, match, mend, cut into passages."""
