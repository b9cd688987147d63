"""Wires sittings: spoken, typed, for two, and in a vault that is locked."""
