"""The lines of a review's screen, and what each column of them stands for; knows no terminal."""

import textwrap
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import sentences_of
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.ui.library.playing import filled
from voicereflect.ui.review.still import line_of
from voicereflect.ui.wording import clock

if TYPE_CHECKING:
    from voicereflect.core.review.places import PlaceInReview, Pointed, Row

FRAME: Final = 3
"""Lines for title, strip and keys."""
TWO_COLUMNS: Final = 60
"""Columns from which a list and what was said stand side by side."""
LEGEND: Final = "ENTER into · ← back · SPACE hear · / search · T themes · ? keys · Q leave"
NARROW_LEGEND: Final = "SPACE hear · ? keys · Q leave"
LIT: Final = "reverse"
SENTENCE: Final = "bold"
UNSURE: Final = "underline"
_BARS: Final = " ▁▂▃▄▅▆▇"
_WEEKS: Final = 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointable:
    """Some columns of a line, and what they stand for."""

    begin: int
    end: int
    what: "Pointed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLine:
    """One line."""

    text: Text
    spots: tuple[Pointable, ...] = ()

    def fitted(self, width: int) -> Text:
        """The text, exactly so wide."""
        text = self.text.copy()
        text.overflow = "ellipsis"
        text.align("left", width)
        return text


def screen(place: "PlaceInReview", told: str, width: int, height: int) -> list[ScreenLine]:
    """Every line of the screen, from the top."""
    below = textwrap.wrap(told, width, break_on_hyphens=False) or [""]
    room = max(height - FRAME - len(below), 1)
    inside = place.came is not None
    if width >= TWO_COLUMNS:
        left = width * 2 // 5
        listed = _window(place.came or place, left - 1, room)
        body = _side_by_side(listed, _beside(place, width - left, room), left, room)
    else:
        body = _beside(place, width, room) if inside else _window(place, width, room)
        body += [ScreenLine(text=Text())] * (room - len(body))
    where = f"{place.at + 1} of {len(place.rows)}" if place.rows else "nothing yet"
    legend = LEGEND if cell_len(LEGEND) <= width else NARROW_LEGEND
    return [
        ScreenLine(text=Text(f"{place.title} · {where}", style="bold")),
        strip(place.came or place),
        *body,
        *(ScreenLine(text=Text(line)) for line in below),
        ScreenLine(text=Text(legend, style="dim")),
    ]


def under(lines: Sequence[ScreenLine], column: int, line: int) -> "Pointed | None":
    """What stands in a column of a line."""
    spots = lines[line].spots if line < len(lines) else ()
    return next((each.what for each in spots if each.begin <= column < each.end), None)


def _side_by_side(
    listed: Sequence[ScreenLine], beside: Sequence[ScreenLine], left: int, room: int
) -> list[ScreenLine]:
    empty = ScreenLine(text=Text())
    lines = []
    for number in range(room):
        one = listed[number] if number < len(listed) else empty
        other = beside[number] if number < len(beside) else empty
        text = Text().append_text(one.fitted(left - 1)).append(" ")
        text.append_text(other.text)
        moved = (
            Pointable(begin=e.begin + left, end=e.end + left, what=e.what) for e in other.spots
        )
        lines.append(ScreenLine(text=text, spots=(*one.spots, *moved)))
    return lines


def strip(place: "PlaceInReview") -> ScreenLine:
    """The year of what is looked at, a sign for each week in which something was said."""
    if not (isinstance(place.row, EntryLine) or (place.theme and place.row)):
        return ScreenLine(text=Text())
    begin = _day(place.row)
    first = date(begin.year, 1, 1)
    year = slice(*(bisect_left(place.rows, day, key=_day) for day in _around(first)))
    weeks = Counter(_week(each) for each in {_day(row) for row in place.rows[year]})
    text = Text(f"{begin.year} ", style="dim")
    for number in range(_WEEKS):
        text.append(_BARS[weeks[number]], style=LIT if number == _week(begin) else "")
    spots = (
        Pointable(begin=5 + number, end=6 + number, what=first + timedelta(weeks=number))
        for number in range(_WEEKS)
    )
    return ScreenLine(text=text, spots=tuple(spots))


def _around(first: date) -> tuple[date, date]:
    return first, date(first.year + 1, 1, 1)


def _week(day: date) -> int:
    return (day.timetuple().tm_yday - 1) // 7


def _day(row: "Row") -> date:
    return row.day if isinstance(row, EntryLine | DatedQuote) else date.min


def _window(place: "PlaceInReview", width: int, room: int) -> list[ScreenLine]:
    """The rows around the one that is looked at; entries under their months."""
    begin = max(0, place.at - room)
    lines: list[tuple[str, ScreenLine]] = []
    at, above = 0, ""
    for number, row in enumerate(place.rows[begin : place.at + room], start=begin):
        month = f"{row.day:%B %Y}" if isinstance(row, EntryLine) else ""
        if month != above and month:
            lines.append((month, _heading(month)))
        above = month
        at = len(lines) if number == place.at else at
        text = Text(_fitted(_short(row), width), style=LIT if number == place.at else "")
        lines.append((month, _pointing(text, width, number)))
    first = max(0, min(at - room // 2, len(lines) - room))
    seen = [line for _, line in lines[first : first + room]]
    if 0 < first < at and lines[first][0] == lines[first + 1][0] != "":  # its month is above
        seen[0] = _heading(lines[first][0])
    return seen


def _pointing(text: Text, width: int, what: "Pointed") -> ScreenLine:
    return ScreenLine(text=text, spots=(Pointable(begin=0, end=width, what=what),))


def _heading(words: str) -> ScreenLine:
    return ScreenLine(text=Text(words, style="dim"))


def _short(row: "Row") -> str:
    if isinstance(row, DatedQuote):
        return f"{row.day} {row.text}"
    if not isinstance(row, EntryLine):
        return line_of(row)
    tags = "".join(f" #{tag}" for tag in row.tags)
    return f"{row.day.day:>2} {clock(row.seconds):>6}  {row.title}{tags}"


def _beside(place: "PlaceInReview", width: int, room: int) -> list[ScreenLine]:
    """What was said there: the sentence that is looked at, and in it the word."""
    if isinstance(place.row, EntryLine) or place.came:
        lines = [*_entry(place, width)]
    elif isinstance(place.row, DatedQuote):
        who = f", {place.row.speaker}" if place.row.speaker else ""
        lines = [
            _heading(f"{day_in_words(place.row.day)}{who}"),
            *_sentence(place.row, place.spot, place.unsure, width),
        ]
    elif place.row is not None:
        lines = [ScreenLine(text=Text(line)) for line in textwrap.wrap(line_of(place.row), width)]
    else:
        lines = []
    lit = (number for number, line in enumerate(lines) if line.text.style == SENTENCE)
    first = max(0, min(next(lit, 0) - room // 3, len(lines) - room))
    return lines[first : first + room]


def _entry(place: "PlaceInReview", width: int) -> Iterator[ScreenLine]:
    """All that was said in an entry, each answer under its question."""
    if place.entry is None:
        return
    asked = {each.number: each.asked for each in place.entry.answers}
    before: DatedQuote | None = None
    for each in sentences_of(place.entry):
        if before is None or each.answer != before.answer:
            who = f"{each.speaker}: " if each.speaker else ""
            question = f"{who}{asked[each.answer]}"
            if before is not None:
                yield _heading("")
            yield from map(_heading, textwrap.wrap(question, width))
        lit = place.spot if each == place.row else None
        yield from _sentence(each, lit, place.unsure, width)
        before = each


def _sentence(
    said: DatedQuote, lit: Reference | None, unsure: frozenset[tuple[int, int]], width: int
) -> Iterator[ScreenLine]:
    """A sentence, its words with what they are; `lit` is the word one stands on."""
    words = said.text.split()
    for begin, end in filled(words, width):
        text = Text(style=SENTENCE if lit else "")
        spots = []
        for number, word in enumerate(words[begin:end], start=said.word + begin):
            at = text.cell_len
            there = Reference(entry=said.entry, answer=said.answer, word=number)
            doubt = UNSURE if (said.answer, number) in unsure else ""
            text.append(word, style=f"{doubt} {LIT}".strip() if there == lit else doubt)
            spots.append(Pointable(begin=at, end=text.cell_len + 1, what=there))
            text.append(" ")
        text.rstrip()
        yield ScreenLine(text=text, spots=tuple(spots))


def _fitted(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return f"{set_cell_size(text, max(width - 1, 0))}…"
