"""What a person sees of a review, what is picked in it, and which pages were made of a vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from voicereflect.core.review.places import PlaceInReview, Pointed
    from voicereflect.core.review.values import PageMade


class PageNotes(Protocol):
    """Pages that were made outside the vault."""

    def note(self, page: PageMade) -> None:
        """Note one more."""


class Picks(Protocol):
    """The references that a person picked to be taken along, in their order."""

    def read(self) -> Sequence[str]:
        """What stands there now."""

    def save(self, references: Sequence[str]) -> None:
        """Put these in its place."""


class ReviewScreen(Protocol):
    """Shows one step after the other."""

    def shown(self) -> AbstractContextManager[None]:
        """Show something as long as this is open."""

    def place(self, place: PlaceInReview, *, opened: bool) -> None:
        """Show where one stands; `opened`: it is another list than before."""

    def told(self, line: str) -> None:
        """Say one line."""

    def keys(self) -> None:
        """Say what the keys do."""

    def under(self, column: int, line: int) -> Pointed | None:
        """Say what was clicked on; both are counted from 0."""
