"""A review on the whole screen: a list, what stands beside it, and the year as a strip.

Only the lines that are seen are drawn, however many there are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import PlaceInReview, sentences_of
from voicereflect.core.words.comparing.alignment import TimedWord, word_at
from voicereflect.ui.console import PlainConsole
from voicereflect.ui.library.playing import KEYS as PLAYING_KEYS
from voicereflect.ui.library.playing import position
from voicereflect.ui.review.layout import screen, under
from voicereflect.ui.review.lines import ScreenLine
from voicereflect.ui.review.still import KEYS

if TYPE_CHECKING:
    from voicereflect.core.review.places import Pointed
    from voicereflect.model import Answer, Entry

MOUSE_ON: Final = "\x1b[?1000h\x1b[?1006h"
MOUSE_OFF: Final = "\x1b[?1006l\x1b[?1000l"
"""Ask a terminal to tell of clicks and wheels, and to leave that again."""


class FullReview:
    """Draws with rich, also what plays; called from one thread."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or PlainConsole(highlight=False)
        self._live = Live(
            console=self._console,
            screen=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._place: PlaceInReview | None = None
        self._told = ""
        self._noted = ""
        self._lines: list[ScreenLine] = []
        self._heard: PlaceInReview | None = None
        self._answer: tuple[Answer, tuple[TimedWord, ...]] | None = None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Take the screen, and give it back as it was."""
        self._live.start()
        self._console.file.write(MOUSE_ON)
        self._console.file.flush()
        try:
            yield
        finally:
            self._console.file.write(MOUSE_OFF)
            self._live.stop()

    def place(self, place: "PlaceInReview", *, opened: bool) -> None:  # noqa: ARG002 - a port
        self._place, self._told, self._noted = place, self._noted, ""
        self._draw()

    def told(self, line: str) -> None:
        """Say one line, until the next step."""
        self._told = line
        self._draw()

    def noted(self, line: str) -> None:
        """Say one line of what goes otherwise, below what is shown next."""
        self._noted = " ".join(line.split())

    def keys(self) -> None:
        """Say what the keys do, in place of the list until the next step."""
        self._live.update(Group(*map(Text, KEYS.splitlines())), refresh=True)

    def under(self, column: int, line: int) -> "Pointed | None":
        return under(self._lines, column, line)

    def opened(self, entry: "Entry") -> None:
        """Something begins to play: lay its entry beside the list."""
        here = self._place
        if here is None or (here.came is not None and here.entry == entry):
            self._heard = here
        else:
            groups = here.groups if here.entry == entry else ()
            rows = sentences_of(entry, groups)
            self._heard = PlaceInReview(
                title=entry.title, rows=rows, entry=entry, groups=groups, came=here
            )

    def answer(self, answer: "Answer", words: tuple[TimedWord, ...]) -> None:
        self._answer = answer, words

    def at(self, at_s: float, *, speed: float, paused: bool) -> None:
        """Light the word that is spoken."""
        if self._heard is None or self._answer is None or self._heard.entry is None:
            return
        answer, words = self._answer
        word = word_at(words, at_s) + 1
        there = Reference(entry=self._heard.entry.id, answer=answer.number, word=word)
        self._heard = self._heard.on(there)
        self._told = f"{position(at_s, answer, speed=speed, paused=paused)} · {PLAYING_KEYS}"
        self._draw()

    def close(self) -> None:
        """Nothing plays any more."""
        self._heard, self._answer, self._told = None, None, ""
        self._draw()

    def _draw(self) -> None:
        if (place := self._heard or self._place) is not None:
            width, height = self._console.size
            self._lines = screen(place, self._told, width, height)
            self._live.update(Group(*(each.fitted(width) for each in self._lines)), refresh=True)
