"""A review on the whole screen: a list, what stands beside it, and the year as a strip.

Only the lines that are seen are drawn, however many there are.
"""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.search.filters import EntryLine
from voicereflect.ui.review.still import KEYS, line_of
from voicereflect.ui.wording import clock

if TYPE_CHECKING:
    from datetime import date

    from voicereflect.core.review.places import PlaceInReview, Row

FRAME: Final = 4
"""Lines for title, strip, what was told, and keys."""
LEGEND: Final = "ENTER into · ← back · SPACE hear · / search · T themes · ? keys · Q leave"
LIT: Final = "reverse"
_BARS: Final = " ▁▂▃▄▅▆▇"


class FullReview:
    """Draws with rich; called from one thread."""

    def __init__(self, console: Console | None = None) -> None:
        """Nothing is drawn before `shown`."""
        self._console = console or Console(highlight=False)
        self._live = Live(
            console=self._console,
            screen=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._place: PlaceInReview | None = None
        self._told = ""

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Take the screen, and give it back as it was."""
        self._live.start()
        try:
            yield
        finally:
            self._live.stop()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Give the screen to somebody else for a while."""
        self._live.stop()
        try:
            yield
        finally:
            self._live.start()
            self._draw()

    def place(self, place: "PlaceInReview", *, opened: bool) -> None:  # noqa: ARG002 - a port
        """Show where one stands."""
        self._place, self._told = place, ""
        self._draw()

    def told(self, line: str) -> None:
        """Say one line, until the next step."""
        self._told = line
        self._draw()

    def asked(self, words: str) -> None:
        """Ask for a line."""
        self._console.print(f"{words}: ", end="")

    def keys(self) -> None:
        """Say what the keys do, in place of the list until the next step."""
        self._live.update(Group(*map(Text, KEYS.splitlines())), refresh=True)

    def _draw(self) -> None:
        if self._place is not None:
            size = self._console.size
            lines = screen(self._place, self._told, size.width, size.height)
            self._live.update(Group(*lines), refresh=True)


def screen(place: "PlaceInReview", told: str, width: int, height: int) -> list[Text]:
    """Every line of the screen, each as wide as it is."""
    room = max(height - FRAME, 1)
    left = width * 2 // 5 if width >= 60 else width
    rows = _window(place, left - 1, room)
    beside = _beside(place, width - left - 1, room) if left < width else []
    body = []
    for number in range(room):
        line = rows[number] if number < len(rows) else Text(" " * (left - 1))
        line.append(" ")
        if number < len(beside):
            line.append_text(beside[number])
        body.append(line)
    where = f"{place.at + 1} of {len(place.rows)}" if place.rows else "nothing yet"
    return [
        Text(_fitted(f"{place.title} · {where}", width), style="bold"),
        Text(_fitted(strip(place), width), style="dim"),
        *body,
        Text(_fitted(told, width)),
        Text(_fitted(LEGEND, width), style="dim"),
    ]


def strip(place: "PlaceInReview") -> str:
    """The year of what is looked at, a sign for each week in which something was said."""
    day = _day(place.row)
    if day is None:
        return ""
    days = {each for each in map(_day, place.rows) if each is not None and each.year == day.year}
    weeks = Counter((each.timetuple().tm_yday - 1) // 7 for each in days)
    return f"{day.year} " + "".join(_BARS[weeks[number]] for number in range(53))


def _day(row: "Row | None") -> "date | None":
    return row.day if isinstance(row, EntryLine | DatedQuote) else None


def _window(place: "PlaceInReview", width: int, room: int) -> list[Text]:
    """The rows around the one that is looked at; entries under their months."""
    begin = max(0, place.at - room)
    lines: list[tuple[str, Text]] = []
    at, above = 0, ""
    for number, row in enumerate(place.rows[begin : place.at + room], start=begin):
        month = f"{row.day:%B %Y}" if isinstance(row, EntryLine) else ""
        if month != above and month:
            lines.append((month, _heading(month, width)))
        above = month
        at = len(lines) if number == place.at else at
        style = LIT if number == place.at else ""
        lines.append((month, Text.assemble((_fitted(_short(row), width), style))))
    first = max(0, min(at - room // 2, len(lines) - room))
    seen = [line for _, line in lines[first : first + room]]
    if 0 < first < at and lines[first][0]:  # its month is above what is seen
        seen[0] = _heading(lines[first][0], width)
    return seen


def _heading(month: str, width: int) -> Text:
    return Text(_fitted(month, width), style="dim")


def _short(row: "Row") -> str:
    return f"{row.day} {row.text}" if isinstance(row, DatedQuote) else _dated(row)


def _dated(row: "Row") -> str:
    if not isinstance(row, EntryLine):
        return line_of(row).partition(", ")[0]
    return f"{row.day.day:>2} {clock(row.seconds):>6}  {row.title}"


def _beside(place: "PlaceInReview", width: int, room: int) -> list[Text]:
    """What was said there, the sentence that is looked at lit."""
    if isinstance(place.row, DatedQuote) and place.theme:
        return _wrapped([place.row], None, width)[:room]
    if place.row is not None and not isinstance(place.row, EntryLine | DatedQuote):
        return [Text(line) for line in textwrap.wrap(line_of(place.row), width)]
    said = place.beside or [each for each in place.rows if isinstance(each, DatedQuote)]
    lit = place.row if isinstance(place.row, DatedQuote) else None
    lines = _wrapped(said, lit, width)
    at = next((number for number, line in enumerate(lines) if line.style == LIT), 0)
    first = max(0, min(at - room // 3, len(lines) - room))
    return lines[first : first + room]


def _wrapped(said: Sequence[DatedQuote], lit: DatedQuote | None, width: int) -> list[Text]:
    lines = []
    before: DatedQuote | None = None
    for each in said:
        if before is None or (each.entry, each.answer) != (before.entry, before.answer):
            who = f", {each.speaker}" if each.speaker else ""
            lines.append(Text(_fitted(f"{day_in_words(each.day)}{who}", width), style="dim"))
        style = LIT if each == lit else ""
        lines += [Text(line, style=style) for line in textwrap.wrap(each.text, width) or [""]]
        before = each
    return lines


def _fitted(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return f"{set_cell_size(text, max(width - 1, 0))}…"
