"""What was taken out of a vault as a page, and what was picked to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicereflect.core.review.values import PageMade


class PageNotes(Protocol):
    """Pages that were made outside the vault."""

    def note(self, page: PageMade) -> None:
        """Note one more."""

    def holding(self, entry: str) -> Sequence[PageMade]:
        """Those in which an entry is quoted, oldest first."""


class Picks(Protocol):
    """The references that a person picked to be taken along, in their order."""

    def read(self) -> Sequence[str]:
        """What stands there now."""

    def save(self, references: Sequence[str]) -> None:
        """Put these in its place."""
