"""What earlier sittings tell the next: decks that were answered, and what still waits.

Everything comes from the index, once it is known to be current. No entry is read for it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, TypeVar

from voicereflect.core.decks.programme import DeckSitting
from voicereflect.core.search.filters import AnsweredDeck
from voicereflect.errors import IndexDamaged, VaultBusy
from voicereflect.flows.library.indexing import refresh, refresh_few
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import EntryFiles

FEW: Final = 50
"""So many entries are read in a tenth of a second; nobody is kept waiting for more."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a person can be offered of what they began."""

    waiting: str
    """An entry in which answers wait for their text; empty if none does."""
    undecided: tuple[str, str] | None
    """Id and title of an entry that waits for its person's choice."""


class History:
    """Earlier sittings of one vault."""

    def __init__(
        self, book: EntryIndex, pages: EntryFiles, progress: Progress, *, few: int = FEW
    ) -> None:
        """Nothing is read yet; a glance reads at most a `few` entries."""
        self._few = few
        self._book = book
        self._pages = pages
        self._progress = progress
        self._is_current = False
        self._sittings: tuple[DeckSitting, ...] | None = None

    def glance(self) -> Glance | None:
        """Tell what waits; None where the index is out of date and cannot be mended at once."""
        try:
            return self._mended(self._glance)
        except VaultBusy:
            return None  # another process writes the index at this moment

    def sittings(self) -> tuple[DeckSitting, ...]:
        """Which deck was answered on which day, oldest first."""
        if self._sittings is None:
            self._sittings = self._asked(self._book.sittings)
        return self._sittings

    def answered(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        """Where some prompts (`deck/prompt`) were answered, oldest first."""
        return self._asked(lambda: self._book.answered(prompts))

    def _glance(self) -> Glance | None:
        self._is_current = self._is_current or refresh_few(self._book, self._pages, self._few)
        if not self._is_current:
            return None
        return Glance(waiting=self._book.waiting(), undecided=self._book.undecided())

    def _asked(self, question: Callable[[], T]) -> T:
        """Ask the index, brought up to date however long it takes."""

        def current() -> T:
            if not self._is_current:
                refresh(self._book, self._pages, self._progress)
                self._is_current = True
            return question()

        return self._mended(current)

    def _mended(self, question: Callable[[], T]) -> T:
        """Ask the index; a damaged one is made again, once."""
        try:
            return question()
        except IndexDamaged:
            self._book.begin_again()
            self._is_current = False
            return question()
