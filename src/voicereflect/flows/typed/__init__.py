"""Sessions whose answers are typed."""
