"""The lines of a review's screen, and what each column of them stands for; knows no terminal."""

import textwrap
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.review.places import ON_A_KEY, ON_ENTER, NameRow, ThemeRow
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.ui.counting import counted
from voicereflect.ui.review.lines import EMPTY, Pointable, ScreenLine, heading, side_by_side
from voicereflect.ui.review.still import line_of
from voicereflect.ui.review.transcript import LIT, sentence, transcript, wants_it_all
from voicereflect.ui.wording import clock

if TYPE_CHECKING:
    from voicereflect.core.review.places import PlaceInReview, Pointed, Row

FRAME: Final = 3
"""Lines for title, strip and keys."""
TWO_COLUMNS: Final = 60
"""Columns from which a list and what was said stand side by side."""
LEGENDS: Final = (
    "ENTER into · ← back · SPACE hear · / search · T themes · ? keys · Q leave",
    "ENTER into · ← back · SPACE hear · ? keys · Q leave",
    "SPACE hear · ? keys · Q leave",
)
"""The first that fits."""
_BARS: Final = " ▁▂▃▄▅▆▇"
_WEEKS: Final = 53


def screen(place: "PlaceInReview", told: str, width: int, height: int) -> list[ScreenLine]:
    """Every line of the screen, from the top."""
    below = textwrap.wrap(told, width, break_on_hyphens=False) or [""]
    room = max(height - FRAME - len(below), 1)
    inside = place.came is not None
    left = width * 2 // 5
    if width >= TWO_COLUMNS and not (inside and wants_it_all(place, width - left, width)):
        listed = _window(place.came or place, left - 1, room)
        body = side_by_side(listed, _beside(place, width - left, room), left)
    else:
        body = _beside(place, width, room) if inside else _window(place, width, room)
    body += [EMPTY] * (room - len(body))
    where = f"{place.at + 1} of {len(place.rows)}" if place.rows else "nothing yet"
    legend = next((each for each in LEGENDS if cell_len(each) <= width), LEGENDS[-1])
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


def strip(place: "PlaceInReview") -> ScreenLine:
    """The year of what is looked at, a sign for each week in which something was said."""
    if not (isinstance(place.row, EntryLine) or (place.theme and place.row)):
        return EMPTY
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
            lines.append((month, heading(month)))
        above = month
        at = len(lines) if number == place.at else at
        text = Text(_fitted(_short(row), width), style=LIT if number == place.at else "")
        lines.append((month, _pointing(text, width, number)))
    first = max(0, min(at - room // 2, len(lines) - room))
    seen = [line for _, line in lines[first : first + room]]
    if 0 < first < at and lines[first][0] == lines[first + 1][0] != "":  # its month is above
        seen[0] = heading(lines[first][0])
    return seen


def _pointing(text: Text, width: int, what: "Pointed") -> ScreenLine:
    return ScreenLine(text=text, spots=(Pointable(begin=0, end=width, what=what),))


def _short(row: "Row") -> str:
    if isinstance(row, DatedQuote):
        return f"{row.day} {row.text}"
    if isinstance(row, ThemeRow):
        return f"{row.handle:<4} {len(row.days):>4}  {row.name}"
    if not isinstance(row, EntryLine):
        return line_of(row)
    tags = "".join(f" #{tag}" for tag in row.tags)
    return f"{row.day.day:>2} {clock(row.seconds):>6}  {row.title}{tags}"


def _beside(place: "PlaceInReview", width: int, room: int) -> list[ScreenLine]:
    """What was said there: the sentence that is looked at, and in it the word."""
    row = place.row
    if isinstance(row, EntryLine) and place.entry is None:
        lines = _wrapped(ON_A_KEY if row.quiet or row.closed else ON_ENTER, width)
    elif isinstance(row, EntryLine) or place.came:
        lines = [*transcript(place, width)]
    elif isinstance(row, DatedQuote):
        who = f", {row.speaker}" if row.speaker else ""
        said = sentence(row, place.spot, place.unsure, width)
        lines = [heading(f"{day_in_words(row.day)}{who}"), *said]
    elif isinstance(row, ThemeRow | NameRow):
        lines = [*_wrapped(line_of(row), width), *_over_time(row.days)]
    else:
        lines = _wrapped(line_of(row), width) if row is not None else []
    lit = (number for number, line in enumerate(lines) if line.lit)
    first = max(0, min(next(lit, 0) - room // 3, len(lines) - room))
    return lines[first : first + room]


def _wrapped(words: str, width: int) -> list[ScreenLine]:
    return [ScreenLine(text=Text(line)) for line in textwrap.wrap(words, width)]


def _over_time(days: Collection[date]) -> Iterator[ScreenLine]:
    """The years in which something came up, a sign for each month."""
    if not days:
        return
    months = Counter((each.year, each.month) for each in days)
    most = max(months.values())
    yield EMPTY
    yield heading("     J F M A M J J A S O N D")
    for year in range(min(days).year, max(days).year + 1):
        counts = [months[year, month] for month in range(1, 13)]
        bars = " ".join(_BARS[-(-count * (len(_BARS) - 1) // most)] for count in counts)
        yield ScreenLine(text=Text(f"{year} {bars}"))
    yield heading(f"at most {counted(most, 'day')} in a month")


def _fitted(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return f"{set_cell_size(text, max(width - 1, 0))}…"
