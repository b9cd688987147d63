"""A session on the screen: live in a terminal, still elsewhere."""
