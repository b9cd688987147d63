"""What a person sees of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from voicereflect.core.review.places import PlaceInReview


class ReviewScreen(Protocol):
    """Shows one step after the other."""

    def shown(self) -> AbstractContextManager[None]:
        """Show something as long as this is open."""

    def aside(self) -> AbstractContextManager[None]:
        """Give way to what plays, or to a line that is typed."""

    def place(self, place: PlaceInReview, *, opened: bool) -> None:
        """Show where one stands; `opened`: it is another list than before."""

    def told(self, line: str) -> None:
        """Say one line."""

    def asked(self, words: str) -> None:
        """Ask for a line to be typed."""

    def keys(self) -> None:
        """Say what the keys do."""
