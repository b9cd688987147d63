"""An entry and its files, as values and as text."""
