"""Use cases that read like the README; know only ports and core."""
