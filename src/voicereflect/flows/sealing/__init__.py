"""Sealing a vault, taking the seal away, and the passphrase in between."""
