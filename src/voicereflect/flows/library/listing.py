"""Looking through the entries: lists, and what this day brings back; knows no words of theirs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.search.dates import same_day_before
from voicereflect.core.search.filters import EVERYTHING, EntryLine, Wanted
from voicereflect.errors import DeckError, EntryUnreadable
from voicereflect.flows.library.indexing import asked
from voicereflect.model import Entry
from voicereflect.ports.decks import Decks
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import EntryFiles

HEAVY = "heavy"
OF_NO_DECK = ("", "imported", "talk")
"""What nobody asked for: recordings brought in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Entries, and those that somebody has to mend."""

    lines: tuple[EntryLine, ...]
    entries: tuple[Entry, ...]
    """The same with all their words; only where they were asked for."""
    problems: tuple[EntryUnreadable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsing:
    """Looks through one vault."""

    book: EntryIndex
    pages: EntryFiles
    progress: Progress

    def listing(
        self, wanted: Wanted = EVERYTHING, *, limit: int | None = None, whole: bool = False
    ) -> Listing:
        """List entries, oldest first; of too many the newest. A mangled one hides no other."""

        def question(book: EntryIndex) -> Listing:
            return Listing(
                lines=() if whole else tuple(book.lines(wanted, limit=limit)),
                entries=tuple(book.entries(wanted, limit=limit)) if whole else (),
                problems=tuple(book.problems(self.pages.entries_folder())),
            )

        return asked(self.book, self.pages, self.progress, question)

    def today(self, today: date, decks: Decks) -> tuple[EntryLine, ...]:
        """Entries of a month ago and of this day in earlier years, the newest day first.

        Entries from heavy decks, closed ones, and those that plainly speak of danger
        return only when asked for.
        """

        def question(book: EntryIndex) -> tuple[EntryLine, ...]:
            lines = book.lines(replace(EVERYTHING, until=today))
            of_day: dict[date, list[EntryLine]] = {}
            for line in lines:
                of_day.setdefault(line.day, []).append(line)
            days = same_day_before(today, min(of_day, default=today))
            found = [line for day in days for line in of_day.get(day, ())]
            may_return = _returning(decks, found)
            calm = [line for line in found if not line.closed and may_return(line)]
            grave = {each for day in {line.day for line in calm} for each in _grave(book, day)}
            return tuple(line for line in calm if line.id not in grave)

        return asked(self.book, self.pages, self.progress, question)


def _grave(book: EntryIndex, day: date) -> list[str]:
    """Those of a day in which somebody speaks of danger, by id."""
    entries = book.entries(replace(EVERYTHING, since=day, until=day))
    return [
        each.id for each in entries if any(speaks_of_danger(said.text) for said in each.answers)
    ]


def _returning(decks: Decks, lines: Sequence[EntryLine]) -> Callable[[EntryLine], bool]:
    """Tell which decks' entries may return unasked; one that cannot be read may be heavy."""
    names = set(decks.names()) if lines else set()
    light: Mapping[str, bool] = {
        name: _is_light(decks, name) for name in {line.deck for line in lines} & names
    }
    return lambda line: light.get(line.deck, line.deck in OF_NO_DECK)


def _is_light(decks: Decks, name: str) -> bool:
    try:
        return decks.load(name).depth != HEAVY
    except DeckError:
        return False
