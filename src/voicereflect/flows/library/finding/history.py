"""What earlier sittings tell the next: decks that were answered, and what still waits.

Everything comes from the index, once it is known to be current. No entry is read for it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, TypeVar

from voicereflect.core.decks.rotation import Tally
from voicereflect.core.programme.so_far import DeckSitting
from voicereflect.core.search.filters import AnsweredDeck, UndecidedEntry
from voicereflect.errors import IndexDamaged, VaultBusy
from voicereflect.flows.library.finding.indexing import refresh, refresh_few
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
    undecided: UndecidedEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """What a sitting must know of those before it."""

    tally: Tally
    undecided: tuple[UndecidedEntry, ...]
    quotable: tuple[AnsweredDeck, ...]
    """Where there are words that could be quoted, oldest first."""


class ShutHistory:
    """Earlier sittings that cannot be read: that there were so many is all they tell."""

    def __init__(self, pages: EntryFiles) -> None:
        self._pages = pages

    def recall(
        self, deck: str, prompts: Collection[str], quotable: Collection[str]
    ) -> Recalled | None:
        """Let wordings take turns by how many entries there are; nothing is quoted."""
        del deck, quotable
        count = len(self._pages.stamps())
        tally = Tally(sittings=count, of_deck=count, asked=dict.fromkeys(prompts, count))
        return Recalled(tally=tally, undecided=(), quotable=())


class History:
    """Earlier sittings of one vault."""

    def __init__(
        self, index: EntryIndex, pages: EntryFiles, progress: Progress, *, few: int = FEW
    ) -> None:
        """Nothing is read yet; a glance reads at most a `few` entries."""
        self._few = few
        self._index = index
        self._pages = pages
        self._progress = progress
        self._is_current = False
        self._sittings: tuple[DeckSitting, ...] | None = None

    def glance(self) -> Glance | None:
        """Tell what waits; None where the index is out of date and cannot be mended at once."""
        return self._at_once(self._glance)

    def recall(
        self, deck: str, prompts: Collection[str], quotable: Collection[str]
    ) -> Recalled | None:
        """Tell what a sitting of a deck must know; None as for `glance`."""
        return self._at_once(
            lambda: Recalled(
                tally=self._index.tally(deck, prompts),
                undecided=self._index.undecided(),
                quotable=self._index.quotable(quotable) if quotable else (),
            )
        )

    def sittings(self) -> tuple[DeckSitting, ...]:
        """Which deck was answered on which day, oldest first."""
        if self._sittings is None:
            self._sittings = self._asked(self._index.sittings)
        return self._sittings

    def answered(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        """Where some prompts (`deck/prompt`) were answered, oldest first."""
        return self._asked(lambda: self._index.answered(prompts))

    def _glance(self) -> Glance:
        undecided = self._index.undecided()
        return Glance(waiting=self._index.waiting(), undecided=undecided[0] if undecided else None)

    def _at_once(self, question: Callable[[], T]) -> T | None:
        """Ask the index if it is current, or can be with few entries; a damaged one begins anew."""
        try:
            return self._mended(lambda: question() if self._is_nearly_current() else None)
        except VaultBusy:
            return None  # another process writes the index at this moment

    def _is_nearly_current(self) -> bool:
        self._is_current = self._is_current or refresh_few(self._index, self._pages, self._few)
        return self._is_current

    def _asked(self, question: Callable[[], T]) -> T:
        """Ask the index, brought up to date however long it takes."""

        def current() -> T:
            if not self._is_current:
                refresh(self._index, self._pages, self._progress)
                self._is_current = True
            return question()

        return self._mended(current)

    def _mended(self, question: Callable[[], T]) -> T:
        """Ask the index; a damaged one is made again, once."""
        try:
            return question()
        except IndexDamaged:
            self._index.begin_again()
            self._is_current = False
            return question()
