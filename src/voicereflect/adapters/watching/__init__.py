"""A watched folder, its recordings' way to the trash, and what is written down beside it."""
