"""A session in a terminal that can move: question, meter, clock and live text.

Settled things are printed above and stay; one small region below changes.
"""

import contextlib
import time
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.text import Text

from voicereflect.core.session.state import Phase
from voicereflect.model import Answer, Deck, Entry
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.wording import (
    HELD,
    KEYS_SETTLING,
    answer_line,
    clock,
    deck_line,
    key_rows,
    legend,
    saved_line,
    text_of,
)

REFRESH_S = 0.1
METER_CELLS = 24
METER_FLOOR_DBFS = -60.0
LIVE_LINES = 6
"""How much of the live text stays in view; all of it is kept."""
LAST_LINES = 2
"""How much of the answer before stays in view until its settled text is there."""


class LiveScreen:
    """Draws with rich; called from the session's thread alone."""

    def __init__(self, *, attended: bool, console: PatientConsole | None = None) -> None:
        """`attended`: show the keys."""
        self._attended = attended
        self._console = console or PatientConsole()
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._drawn_at_s = 0.0
        self._answering = 0
        self._meter = Text()
        self._text = ""
        self._before = (0, "")
        """The answer that has just ended, and what is heard of it so far."""
        self._keys = ""

    def opened(self, deck: Deck, source: str) -> None:
        """Title, reason, and what will be heard."""
        self._print(Text(deck_line(deck), style="bold"))
        if deck.why:
            self._print(Text(deck.why, style="dim"))
        self._print(Text(f"Listening to: {source}", style="dim"))
        with contextlib.suppress(OSError, ValueError):
            self._live.start()

    def said(self, words: str) -> None:
        """The opening."""
        self._print(Text())
        self._print(Padding(Text(words), (0, 2)))
        self._show_keys(legend(Phase.OPENING))

    def asked(self, number: int, total: int, words: str) -> None:
        """A question."""
        self._leave_answer()
        self._show_keys("")
        if words:
            self._print(Text())
            self._print(Text(f"{number} of {total}", style="dim"))
            self._print(Padding(Text(words, style="bold"), (0, 2)))
        self._show_keys(legend(Phase.ASKING))

    def offered(self, options: Sequence[str]) -> None:
        """What can be picked."""
        for number, say in enumerate(options, start=1):
            self._print(Padding(Text(f"{number}  {say}"), (0, 4)))
        self._show_keys(legend(Phase.ASKING, len(options)))

    def put(self, words: str, options: Sequence[str]) -> None:
        """A choice about the session."""
        self._leave_answer()
        self._print(Text())
        self._print(Padding(Text(words, style="bold"), (0, 2)))
        for number, say in enumerate(options, start=1):
            self._print(Padding(Text(f"{number}  {say}"), (0, 4)))
        self._show_keys(legend(Phase.CHOOSING, len(options)))

    def quoted(self, intro: str, words: str) -> None:
        """An earlier answer."""
        self._print(Text())
        self._print(Padding(Text(intro, style="dim"), (0, 2)))
        if words:
            self._print(Padding(Text(words, style="italic"), (0, 4)))

    def listening(self, number: int) -> None:
        """The recording begins."""
        self._answering, self._text = number, ""
        self._show_keys(legend(Phase.ANSWERING))

    def paused(self, *, paused: bool) -> None:
        """Nothing is kept for now, or it goes on."""
        self._meter = Text("❚❚ paused, SPACE goes on", style="yellow") if paused else Text()
        self._draw()

    def held(self, others: Sequence[str]) -> None:
        """The device went away."""
        self._leave_answer()
        self._print(Text(HELD, style="yellow"))
        for number, name in enumerate(others, start=1):
            self._print(Padding(Text(f"{number}  {name}"), (0, 4)))
        self._show_keys(legend(Phase.HELD, len(others)))

    def level(self, dbfs: float, elapsed_s: float) -> None:
        """Meter and clock, a few times a second."""
        share = min(1.0, max(0.0, 1 - dbfs / METER_FLOOR_DBFS))
        full = round(share * METER_CELLS)
        self._meter = Text.assemble(
            ("● ", "red"),
            f"{clock(elapsed_s)}  ",
            ("█" * full, "green"),
            ("░" * (METER_CELLS - full), "dim"),
        )
        if time.monotonic() - self._drawn_at_s >= REFRESH_S:
            self._draw()

    def live(self, number: int, text: str) -> None:
        """Text of the answer being spoken, or of the one before; dim until it is settled."""
        if number == self._answering:
            self._text, self._before = text, (0, "")
        elif number == self._before[0]:
            self._before = (number, text)
        else:
            return
        self._draw()

    def read(self, answer: Answer) -> None:
        """An answer's settled text."""
        style = "" if answer.text else "dim"
        if answer.number == self._before[0]:
            self._before = (0, "")
            self._draw()
        self._print(Text())
        self._print(Text(answer_line(answer), style="dim"))
        self._print(Padding(Text(text_of(answer), style=style), (0, 2)))

    def settling(self, *, done_s: float, total_s: float) -> None:
        """A bar, while the last texts are written down."""
        self._leave_answer()
        bar = ProgressBar(total=max(total_s, 0.1), completed=done_s, width=METER_CELLS)
        # the bar ends no line
        keys = Text(f"  {KEYS_SETTLING}" if self._attended else "", style="dim")
        words = Text("Writing down what you said.")
        self._update(Group(*self._last_words(), Text(), words, bar, keys))

    def note(self, line: str) -> None:
        """A remark."""
        self._print(Text(line, style="yellow"))

    def saved(self, entry: Entry) -> None:
        """The end."""
        with contextlib.suppress(OSError, ValueError):
            self._live.stop()
        self._print(Text())
        self._print(Text(saved_line(entry)))

    def close(self) -> None:
        """Take the changing region away."""
        with contextlib.suppress(OSError, ValueError):
            self._live.stop()

    def _leave_answer(self) -> None:
        """What was heard of it stays in view until its settled text is there."""
        if self._answering and self._text:
            self._before = (self._answering, self._text)
        self._answering, self._text, self._meter = 0, "", Text()

    def _last_words(self) -> list[RenderableType]:
        """The end of the answer before, where it is still being worked on."""
        words = Text(f"… {self._before[1]}", style="dim italic")
        wrapped = words.wrap(self._console, self._console.width - 4) if self._before[1] else ()
        return [Padding(line, (0, 2)) for line in wrapped[-LAST_LINES:]]

    def _show_keys(self, keys: str) -> None:
        self._keys = keys if self._attended else ""
        self._draw()

    def _draw(self) -> None:
        lines = self._last_words()
        if self._answering:
            lines.append(Padding(self._meter, (1, 2, 0, 2)))
            wrapped = Text(self._text, style="dim").wrap(self._console, self._console.width - 4)
            lines.extend(Padding(line, (0, 2)) for line in wrapped[-LIVE_LINES:])
        keys = "\n".join(key_rows(self._keys, self._console.width))
        lines.append(Padding(Text(keys, style="dim"), (1, 0, 0, 0)))
        self._update(Group(*lines))

    def _update(self, region: RenderableType) -> None:
        self._drawn_at_s = time.monotonic()
        with contextlib.suppress(OSError, ValueError):
            self._live.update(region, refresh=True)

    def _print(self, what: RenderableType) -> None:
        self._console.tell(what)
