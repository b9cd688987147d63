"""Sealing a vault's files one by one, taking the seal away, and where the wrapped key lies."""
