"""Where a passage stands in the fold: two numbers, so that light modules can speak of it."""

from dataclasses import dataclass
from typing import Final

CODE_BITS: Final = 20
"""Of a code, for the passage; a million sentences are more than one entry holds."""


@dataclass(frozen=True, slots=True, order=True)
class PassagePlace:
    """A passage: the entry's place in the fold, and its own in the entry."""

    entry: int
    passage: int

    @property
    def code(self) -> int:
        """Both as one number, in the same order, for arrays."""
        return (self.entry << CODE_BITS) + self.passage

    @classmethod
    def of(cls, code: int) -> "PassagePlace":
        """Read a code."""
        return cls(code >> CODE_BITS, code & ((1 << CODE_BITS) - 1))
