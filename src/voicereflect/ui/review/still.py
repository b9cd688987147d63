"""A review in still lines, one for each step: for screen readers, pipes and small terminals."""

import sys
import textwrap
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Final, TextIO

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.review.places import MonthRow, NameRow, ThemeRow
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.ui.review.terminal import counted

if TYPE_CHECKING:
    from voicereflect.core.review.places import PlaceInReview, Row

WIDTH: Final = 78
KEYS: Final = """\
J and K, or the arrows: next and the one before. 0: the first.
ENTER: into it; on a sentence its theme, in a theme its entry. LEFT: back.
A: in a theme, a year before. SPACE: hear it from here on.
/ search, T themes, N names of yours, C months.
E mends the sentence, G tags the entry, M moves the sentence to another theme,
or to none, B puts it on the sheet, U takes the last of these back.
O opens what stays closed. Q leaves."""


class StillReview:
    """Prints; the cursor stands on the line that is looked at."""

    def __init__(self, out: TextIO | None = None) -> None:
        """Standard output, unless another is given."""
        self._out = out or sys.stdout

    def shown(self) -> AbstractContextManager[None]:
        """Lines stay where they were printed."""
        return nullcontext()

    def aside(self) -> AbstractContextManager[None]:
        """Others print their lines below."""
        return nullcontext()

    def place(self, place: "PlaceInReview", *, opened: bool) -> None:
        """Show the row that is looked at, and above it the list where that is another."""
        if opened:
            self._say(f"{place.title}: {counted(len(place.rows), 'line')}. ? for keys.")
        if place.row is not None:
            self._say(f"{place.at + 1} of {len(place.rows)}: {line_of(place.row)}")

    def told(self, line: str) -> None:
        """Say one line."""
        self._say(line)

    def asked(self, words: str) -> None:
        """Ask for a line."""
        self._out.write(f"{words}: ")
        self._out.flush()

    def keys(self) -> None:
        """Say what the keys do."""
        self._out.write(f"{KEYS}\n")
        self._out.flush()

    def _say(self, line: str) -> None:
        self._out.write(textwrap.fill(line, WIDTH, break_on_hyphens=False) + "\n")
        self._out.flush()


def line_of(row: "Row") -> str:
    """What a row says."""
    match row:
        case EntryLine():
            return _entry(row)
        case DatedQuote():
            who = f" ({row.speaker})" if row.speaker else ""
            return f"{row.text}{who} {day_in_words(row.day)}."
        case ThemeRow():
            return f"{row.handle} {row.name}, {_days(row)}"
        case NameRow():
            return f"{row.name}, {_days(row)}"
        case MonthRow():
            month = day_in_words(row.first).partition(" ")[2]
            return (
                f"{month}, {counted(row.days, 'day')}, {counted(round(row.seconds / 60), 'minute')}"
            )


def _entry(line: EntryLine) -> str:
    tags = "".join(f" #{tag}" for tag in line.tags)
    spoken = counted(round(line.seconds / 60), "minute")
    opening = "" if line.quiet or line.closed or not line.opening else f" {line.opening}"
    return f"{day_in_words(line.day)}, {line.title}, {spoken}{tags}.{opening}"


def _days(row: ThemeRow | NameRow) -> str:
    if not row.days:
        return "on no day yet"
    return f"{counted(len(row.days), 'day')}, {row.days[0]} to {row.days[-1]}"
