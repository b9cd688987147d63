"""The index: one SQLite file that makes the vault quick to search, and may be deleted any time."""
