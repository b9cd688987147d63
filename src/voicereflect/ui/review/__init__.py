"""Looking back, on a terminal and on a page."""
