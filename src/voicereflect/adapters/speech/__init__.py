"""The speech worker: a process of its own that turns sound into words.

`client` is the session's side; everything else runs in the child.
"""
