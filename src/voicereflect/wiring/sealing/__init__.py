"""The seal: whose key opens the vault, and what changes it."""
