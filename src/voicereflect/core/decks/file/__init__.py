"""A deck's file: what it may hold, how it is read, and what is wrong with it."""
