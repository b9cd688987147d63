"""What recurs: find it, keep it for next time, hear it, and keep a hand in it."""
