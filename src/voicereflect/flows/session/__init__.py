"""A spoken session: its loop, and the parts that speak, record, read and write for it."""
