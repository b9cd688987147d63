"""A review in still lines, one for each step: for screen readers, pipes and small terminals."""

import sys
import textwrap
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Final, TextIO

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.review.places import MonthRow, NameRow, ThemeRow
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.ui.counting import counted, spoken_for
from voicereflect.ui.wording import WIDTH, picked_line

if TYPE_CHECKING:
    from voicereflect.core.decks.laying import Laid
    from voicereflect.core.review.places import PlaceInReview, Row

KEYS: Final = """\
J and K, or the arrows: next and the one before. PAGE keys: twenty at once.
0 or HOME: the first. END: the last. H and L, or CTRL with ← →: word by word.
ENTER: into it; on a sentence its theme, in a theme its entry. LEFT: back.
A: in a theme, a year before. SPACE: hear it from this word on; S stops there.
/ search, T themes, N names of yours, C months.
E mends the sentence, G tags the entry, M moves the sentence to another theme,
or to none, B puts it on the sheet, X keeps two themes apart that may be one,
U takes the last of these back. O opens what stays closed. Q leaves.
A click goes there, a second one into it; SHIFT and drag selects text.
ESC shows again where you are."""


class StillReview:
    """Prints; the cursor stands on the line that is looked at."""

    def __init__(self, out: TextIO | None = None) -> None:
        """Standard output, unless another is given."""
        self._out = out or sys.stdout
        self._was: PlaceInReview | None = None

    def shown(self) -> AbstractContextManager[None]:
        """Lines stay where they were printed."""
        return nullcontext()

    def place(self, place: "PlaceInReview", *, opened: bool) -> None:
        """Show the row that is looked at, and above it the list where that is another."""
        if opened:
            self._say(f"{place.title}: {counted(len(place.rows), 'line')}. ? for keys.")
        was, self._was = self._was, place
        self._asked(place, None if opened else was)
        same = not opened and was is not None and (was.title, was.at) == (place.title, place.at)
        by_words = bool(place.word or (same and was is not None and was.word))
        if place.row is not None and not (same and by_words):
            said = line_of(place.row, dated=place.came is None)
            self._say(f"{place.at + 1} of {len(place.rows)}: {said}")
        if isinstance(place.row, DatedQuote) and by_words:
            word = place.row.text.split()[place.word]
            self._say(f"{word}, word {place.word + 1} of {place.row.words}")

    def _asked(self, place: "PlaceInReview", was: "PlaceInReview | None") -> None:
        """Say what was asked, where another answer begins."""
        row, before = place.row, was.row if was is not None else None
        if not isinstance(row, DatedQuote) or (laid := place.laid(row)) is None:
            return
        if not isinstance(before, DatedQuote) or before.answer != row.answer:
            for line in asked_in(laid, row.speaker):
                self._say(line)

    def told(self, line: str) -> None:
        self._say(line)

    def under(self, column: int, line: int) -> None:
        """Lines that were printed are no places."""

    def keys(self) -> None:
        self._out.write(f"{KEYS}\n")
        self._out.flush()

    def _say(self, line: str) -> None:
        self._out.write(textwrap.fill(line, WIDTH, break_on_hyphens=False) + "\n")
        self._out.flush()


def line_of(row: "Row", *, dated: bool = True) -> str:
    """What a row says; a sentence without its day where that is known."""
    match row:
        case EntryLine():
            return _entry(row)
        case DatedQuote():
            who = f" ({row.speaker})" if row.speaker else ""
            return f"{row.text}{who}" + (f" {day_in_words(row.day)}." if dated else "")
        case ThemeRow():
            twin = f"; may be one with {row.twin}" if row.twin else ""
            return f"{row.handle} {row.name}, {_days(row)}{twin}"
        case NameRow():
            return f"{row.name}, {_days(row)}"
        case MonthRow():
            month = day_in_words(row.first).partition(" ")[2]
            return _listed(month, counted(row.days, "day"), spoken_for(row.seconds))


def asked_in(laid: "Laid", speaker: str) -> list[str]:
    """What stands above an answer: what its deck calls it, who speaks, and the question."""
    question = f"{speaker}: {laid.answer.asked}" if speaker else laid.answer.asked
    picked = picked_line(laid.answer)
    return [each for each in (laid.heading, question, picked) if each.strip(": ")]


def _entry(line: EntryLine) -> str:
    tags = "".join(f" #{tag}" for tag in line.tags)
    cut = "" if line.opening.endswith((".", "!", "?", "…")) else "…"
    opening = "" if line.quiet or line.closed or not line.opening else f" {line.opening}{cut}"
    what = _listed(day_in_words(line.day), line.title, spoken_for(line.seconds))
    return f"{what}{tags}.{opening}"


def _listed(*what: str) -> str:
    return ", ".join(filter(None, what))


def _days(row: ThemeRow | NameRow) -> str:
    if not row.days:
        return "on no day yet"
    last = "" if len(row.days) == 1 else f" to {row.days[-1]}"
    return f"{counted(len(row.days), 'day')}, {row.days[0]}{last}"
