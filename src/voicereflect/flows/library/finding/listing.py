"""Lists of entries, and those of this day in earlier years."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from voicereflect.core.entry.decisions import is_closed
from voicereflect.core.safety.returning import may_return
from voicereflect.core.search.dates import same_day_before
from voicereflect.core.search.filters import EVERYTHING, EntryLine, Wanted
from voicereflect.errors import EntryUnreadable
from voicereflect.flows.library.finding.indexing import asked
from voicereflect.model import Entry
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import EntryFiles


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

    index: EntryIndex
    pages: EntryFiles
    depth: Callable[[str], str | None]
    """Of a deck, by name; None if it cannot be read."""
    progress: Progress

    def listing(
        self, wanted: Wanted = EVERYTHING, *, limit: int | None = None, whole: bool = False
    ) -> Listing:
        """List entries, oldest first; with a `limit` the newest. A mangled one hides no other.

        A line whose words may not return unasked is quiet; a `whole` entry that only its name
        brings back has no texts.
        """

        def question(index: EntryIndex) -> Listing:
            return Listing(
                lines=() if whole else tuple(map(self._line, index.lines(wanted, limit=limit))),
                entries=tuple(map(_asked_for, index.entries(wanted, limit=limit))) if whole else (),
                problems=tuple(index.problems(self.pages.entries_folder())),
            )

        return asked(self.index, self.pages, self.progress, question)

    def today(self, today: date) -> tuple[EntryLine, ...]:
        """Entries of a month ago and of this day in earlier years, the newest day first.

        Only those that may return unasked (`core.safety.returning`).
        """

        def question(index: EntryIndex) -> tuple[EntryLine, ...]:
            lines = index.lines(replace(EVERYTHING, until=today))
            of_day: dict[date, list[EntryLine]] = {}
            for line in lines:
                of_day.setdefault(line.day, []).append(line)
            days = same_day_before(today, min(of_day, default=today))
            found = [line for day in days for line in of_day.get(day, ())]
            said = _said_on(index, {line.day for line in found})
            return tuple(line for line in found if self._returns(line, said.get(line.id, ())))

        return asked(self.index, self.pages, self.progress, question)

    def _line(self, line: EntryLine) -> EntryLine:
        return line if self._returns(line) else replace(line, quiet=True)

    def _returns(self, line: EntryLine, texts: Iterable[str] = ()) -> bool:
        depth = self.depth(line.deck)
        return may_return(deck=line.deck, depth=depth, closed=line.closed, texts=texts)


def _asked_for(entry: Entry) -> Entry:
    """Leave out the texts of an entry that only its name brings back."""
    if may_return(deck=entry.deck, depth=None, closed=is_closed(entry), asked=True):
        return entry
    return replace(entry, answers=tuple(replace(each, text="") for each in entry.answers))


def _said_on(index: EntryIndex, days: Collection[date]) -> dict[str, list[str]]:
    """Give the texts of every entry of these days, by its id."""
    entries = (
        entry for day in days for entry in index.entries(replace(EVERYTHING, since=day, until=day))
    )
    return {entry.id: [answer.text for answer in entry.answers] for entry in entries}
