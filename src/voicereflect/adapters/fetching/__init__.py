"""Fetching models in a child that has a network, for a process that has none.

The child is `models get -`: it begins before the parent's filter is there, and has no vault.
"""
