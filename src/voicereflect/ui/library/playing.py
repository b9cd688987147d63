"""An answer being heard again: its words lit as they are spoken, or told in still lines."""

import sys
import textwrap
from collections.abc import Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.text import Text

from voicereflect.core.entry.days import day_and_time
from voicereflect.core.entry.ids import short
from voicereflect.core.words.comparing.alignment import TimedWord, word_at
from voicereflect.core.words.mending import sentences
from voicereflect.model import Answer, Entry
from voicereflect.ui.console import PlainConsole
from voicereflect.ui.output import steering
from voicereflect.ui.wording import WIDTH, clock, text_of

LINES_BEFORE = 2
LINES_AFTER = 4
KEYS = "SPACE pause · ← back ten seconds · + - speed · S stop"
SPOKEN, LIT, TO_COME = "", "bold reverse", "dim"


class LivePlaying:
    """Draws with rich; called from one thread."""

    def __init__(self, *, attended: bool) -> None:
        """`attended`: show the keys."""
        self._attended = attended
        self._console = PlainConsole(highlight=False)
        self._live = Live(
            console=self._console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,  # what stands between would have its moves cleaned away
            redirect_stderr=False,
        )
        self._answer: Answer | None = None
        self._words: tuple[TimedWord, ...] = ()
        self._lines: list[tuple[int, int]] = []
        self._width = 0

    def opened(self, entry: Entry) -> None:
        self._console.print(Text(entry.title, style="bold"))
        self._console.print(Text(_heading(entry), style="dim"))
        self._live.start()

    def answer(self, answer: Answer, words: tuple[TimedWord, ...]) -> None:
        self._answer, self._words, self._width = answer, words, 0
        self._console.print()
        if answer.asked:
            self._console.print(Padding(Text(answer.asked, style="bold"), (0, 2)))
        if not words:
            self._console.print(Padding(Text(text_of(answer), style="dim"), (0, 2)))

    def at(self, at_s: float, *, speed: float, paused: bool) -> None:
        """Draw the lines around the word being spoken, and the clock."""
        if self._answer is None:
            return
        if self._width != self._console.width:
            self._width = self._console.width
            self._lines = filled([word.text for word in self._words], self._width - 4)
        lines: list[RenderableType] = [Text()]
        lines += [Padding(line, (0, 2)) for line in self._shown(word_at(self._words, at_s))]
        where = position(at_s, self._answer, speed=speed, paused=paused)
        lines.append(Padding(Text(where), (1, 2, 0, 2)))
        if self._attended:
            lines.append(Text(KEYS, style="dim"))
        self._live.update(Group(*lines), refresh=True)

    def close(self) -> None:
        self._live.stop()

    def _shown(self, lit: int) -> list[Text]:
        here = next((i for i, (_, end) in enumerate(self._lines) if lit < end), 0)
        first = max(0, here - LINES_BEFORE)
        return [self._line(*line, lit) for line in self._lines[first : here + LINES_AFTER + 1]]

    def _line(self, begin: int, end: int, lit: int) -> Text:
        line = Text()
        for position in range(begin, end):
            style = LIT if position == lit else SPOKEN if position < lit else TO_COME
            line.append(self._words[position].text, style=style)
            line.append(" ")
        return line


class StillPlaying:
    """Prints each sentence as it begins to be spoken; nothing that was printed changes."""

    def __init__(
        self,
        *,
        attended: bool,
        heading: bool = True,
        follow: bool = False,
        out: TextIO | None = None,
    ) -> None:
        """`attended`: say which keys there are; `follow`: the cursor stands on what is spoken.

        Without `heading` neither entry nor question is told.
        """
        self._attended = attended
        self._heading = heading
        self._out = out or sys.stdout
        self._cursor = WordCursor(self._out) if follow else None
        self._words: tuple[TimedWord, ...] = ()
        self._sentences: list[tuple[int, int]] = []
        self._begun = False

    def opened(self, entry: Entry) -> None:
        if not self._heading:
            return
        self._put(self._out, entry.title)
        self._put(self._out, _heading(entry))
        if self._attended:
            self._put(sys.stderr, KEYS)

    def answer(self, answer: Answer, words: tuple[TimedWord, ...]) -> None:
        self._words, self._sentences, self._begun = words, list(sentences(words)), False
        if self._heading:
            self._put(self._out, "")
        if self._heading and answer.asked:
            self._put(self._out, answer.asked)
        if not words:
            self._put(self._out, text_of(answer))

    def at(self, at_s: float, *, speed: float, paused: bool) -> None:  # noqa: ARG002 - a port
        """Print the sentences that have begun, once each."""
        position = word_at(self._words, at_s) + 1
        if not self._begun:
            self._begun = True
            self._sentences = [each for each in self._sentences if each[1] >= position]
        while self._sentences and position >= self._sentences[0][0]:
            first, last = self._sentences.pop(0)
            words = [word.text for word in self._words[first - 1 : last]]
            self._put(self._out, " ".join(words))
            if self._cursor:
                self._cursor.printed(words, first)
        if self._cursor:
            self._cursor.on(position)

    def close(self) -> None:
        """Leave what was printed above the cursor."""
        if self._cursor:
            self._cursor.below()

    def _put(self, stream: TextIO, line: str) -> None:
        if self._cursor:
            self._cursor.below()
        stream.write(textwrap.fill(line, WIDTH, break_on_hyphens=False) + "\n")
        stream.flush()


class WordCursor:
    """The terminal's cursor on a word of the sentence above it: Braille lines follow it."""

    def __init__(self, out: TextIO) -> None:
        self._out = steering(out)
        self._places: dict[int, tuple[int, int]] = {}
        self._up = 0

    def printed(self, words: Sequence[str], first: int) -> None:
        """A sentence stands above the cursor, its words counted from `first`."""
        lines = textwrap.wrap(" ".join(words), WIDTH, break_on_hyphens=False)
        self._places = {}
        for row, line in enumerate(lines):
            column = 0
            for word in line.split(" "):
                self._places[first + len(self._places)] = len(lines) - row, column
                column += cell_len(word) + 1

    def on(self, position: int) -> None:
        """Stand on a word of it."""
        if position in self._places:
            up, column = self._places[position]
            self.below()
            self._out.write(f"\x1b[{up}A" + (f"\x1b[{column}C" if column else ""))
            self._out.flush()
            self._up = up

    def below(self) -> None:
        """Stand below it again."""
        if self._up:
            self._out.write(f"\x1b[{self._up}B\r")
            self._out.flush()
        self._up = 0


def position(at_s: float, answer: Answer, *, speed: float, paused: bool) -> str:
    """Where the playing is, in one line."""
    sign = "‖" if paused else "▶"
    pace = "" if speed == 1 else f" · speed {speed:g}"
    return f"{sign} {clock(at_s)} of {clock(answer.duration_s)}{pace}"


def filled(words: list[str], width: int) -> list[tuple[int, int]]:
    """Fill lines of `width` cells with words; each line as its first position and its end."""
    lines: list[tuple[int, int]] = []
    begin = used = 0
    for position, word in enumerate(words):
        cells = cell_len(word)
        if used and used + cells > width:
            lines.append((begin, position))
            begin, used = position, 0
        used += cells + 1
    return [*lines, (begin, len(words))] if words else []


def _heading(entry: Entry) -> str:
    return f"{day_and_time(entry.started_at)} · {short(entry.id)}"
