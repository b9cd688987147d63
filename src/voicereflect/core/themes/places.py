"""Where a passage stands in the fold: two numbers, so that light modules can speak of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A passage: the entry's place in the fold, and its own in the entry."""

    entry: int
    passage: int
