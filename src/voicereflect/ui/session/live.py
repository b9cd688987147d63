"""A session in a terminal that can move: the question stays above meter, clock and live text.

What is settled goes above it, with its own question; nothing is in the scrollback until the
session is over, and then all that was asked and said is.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from rich.padding import Padding
from rich.text import Text

from voicereflect.core.session.offers import ShownKey
from voicereflect.model import Answer, Deck, Entry
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.session.canvas import Canvas
from voicereflect.ui.session.view import NOTHING, Line, Pinned, View
from voicereflect.ui.session.words import (
    HELD,
    PAUSED,
    answer_line,
    awaiting_line,
    deck_line,
    key_list,
    picked_now,
    saved_lines,
)
from voicereflect.ui.wording import clock, picked_line, text_of

REFRESH_S = 0.1
METER_CELLS = 24
METER_FLOOR_DBFS = -60.0
SAME_KEY_S = 0.5
"""A question that comes so soon after a key came by it, and leaves its line there."""
PICK, ALL_KEYS = "pick", "all keys"
"""What can be taken away again."""


class LiveScreen:
    """Draws a whole window; called from the session's thread alone."""

    def __init__(self, *, attended: bool, console: PatientConsole | None = None) -> None:
        """`attended`: show the keys."""
        self._attended = attended
        self._console = console or PatientConsole()
        self._canvas = Canvas(self._console, self._draw)
        self._drawn_at_s = 0.0
        self._view = View()
        self._printed = 0
        """How much of what stays is on the terminal's first page."""
        self._of: dict[int, Pinned] = {}
        """What each answer answers."""
        self._answering = 0
        self._before = 0
        """The answer that has just ended and is not settled."""
        self._did_at_s = 0.0

    def opened(self, deck: Deck, source: str) -> None:
        self._stays(deck_line(deck), style="bold")
        if deck.why:
            self._stays(deck.why, style="dim")
        self._stays(f"Listening to: {source}", style="dim")
        self._canvas.open()
        self._draw()

    def said(self, words: str) -> None:
        if words:
            self._stays("")
            self._stays(words, 2)

    def asked(self, number: int, total: int, words: str) -> None:
        self._leave_answer()
        self._view.asked = Pinned(f"{number} of {total}" if words else "", words)
        if time.monotonic() - self._did_at_s > SAME_KEY_S:
            self._view.did = ""
        self._take_away(ALL_KEYS)
        self._draw()

    def offered(self, options: Sequence[str]) -> None:
        self._view.asked = replace(self._view.asked, options=tuple(options))
        self._draw()

    def put(self, words: str, options: Sequence[str]) -> None:
        self._leave_answer()
        self._view.asked = Pinned("", words, tuple(options))
        self._draw()

    def quoted(self, intro: str, words: str) -> None:
        self._stays("")
        self._stays(intro, 2, style="dim")
        self._stays(words, 4, style="italic")

    def listening(self, number: int) -> None:
        self._leave_answer()
        self._answering = number
        self._of[number] = self._view.asked
        self.level(METER_FLOOR_DBFS, 0.0)
        self._draw()

    def paused(self, *, paused: bool) -> None:
        self._view.meter = Text.assemble((f"❚❚ {PAUSED}", "yellow")) if paused else NOTHING
        self._draw()

    def held(self, others: Sequence[str]) -> None:
        self._leave_answer()
        self._stays(HELD, style="yellow")
        self.offered(others)

    def restored(self, number: int) -> None:
        self._leave_answer()
        self._view.asked = self._of.get(number, self._view.asked)
        self._draw()

    def level(self, dbfs: float, elapsed_s: float) -> None:
        if not self._answering:
            return  # the last blocks of a take that has ended
        cells = max(0, min(METER_CELLS, self._canvas.width - 14))
        full = round(min(1.0, max(0.0, 1 - dbfs / METER_FLOOR_DBFS)) * cells)
        self._view.meter = Text.assemble(
            ("● ", "red"),
            f"{clock(elapsed_s)}  ",
            ("█" * full, "green"),
            ("░" * (cells - full), "dim"),
        )
        if time.monotonic() - self._drawn_at_s >= REFRESH_S:
            self._draw()

    def live(self, number: int, text: str) -> None:
        """Text of the answer being spoken, or of the one before; dim until it is settled."""
        if number == self._answering:
            self._view.text = text
        elif number == self._before:
            self._view.before = (self._view.before[0], text)
        else:
            return
        self._draw()

    def read(self, answer: Answer) -> None:
        if answer.number == self._before:
            self._before, self._view.before = 0, ("", "")
        key, style = f"answer {answer.number}", "" if answer.text else "dim"
        self._take_away(key)
        self._stays("", key=key)
        label = self._of.get(answer.number, Pinned()).label
        if heading := answer_line(answer, label):
            self._stays(heading, key=key, style="dim")
        said, picked = text_of(answer), picked_line(answer)
        if picked not in ("", said):
            self._stays(picked, 2, key=key, style="dim")
        self._stays(said, 2, key=key, style=style)

    def keyed(self, keys: Sequence[ShownKey]) -> None:
        self._view.keys = keys if self._attended else ()
        self._draw()

    def all_keys(self, keys: Sequence[ShownKey]) -> None:
        self._take_away(ALL_KEYS)
        self._stays("", key=ALL_KEYS)
        for line in key_list(keys):
            self._stays(line, 2, key=ALL_KEYS, style="dim")

    def did(self, line: str) -> None:
        self._view.did, self._did_at_s = line, time.monotonic()
        self._take_away(ALL_KEYS)
        self._draw()

    def picked(self, words: str) -> None:
        """A choice from a menu; beside an answer it is shown with that."""
        if not self._answering:
            asked = self._view.asked
            self._stays("", key=PICK)
            self._stays(f"{asked.label} · {asked.words}", key=PICK, style="dim")
            self._stays(f"Picked: {words}", 2, key=PICK, style="dim")
        self.did(picked_now(words))

    def unpicked(self) -> None:
        self._take_away(PICK)
        self._draw()

    def warned(self, line: str) -> None:
        self._view.warning = line
        self._draw()

    def awaiting_texts(self, *, done_s: float, total_s: float, saved: bool) -> None:
        """A bar, while the last texts are written down."""
        self._leave_answer()
        self._view.asked = Pinned()
        full = round(METER_CELLS * min(1.0, done_s / total_s)) if total_s else 0
        bar = Text.assemble(("━" * full, "green"), ("━" * (METER_CELLS - full), "dim"))
        self._view.awaiting_texts = [Text.assemble(awaiting_line(saved=saved)), bar]
        self._draw()

    def note(self, line: str) -> None:
        self._stays(line, style="yellow")

    def saved(self, entry: Entry, set_aside: int) -> None:
        self._stays("")
        for line in saved_lines(entry, set_aside):
            self._stays(line)
        self.close()

    def forget(self) -> None:
        del self._view.history[self._printed :]

    def close(self) -> None:
        """Give the terminal back, and leave on it what was asked and said."""
        self._canvas.close()
        self._take_away(ALL_KEYS)
        self._print()

    def _stays(self, words: str, indent: int = 0, *, style: str = "", key: str = "") -> None:
        self._view.history.append(Line(words, style, indent, key))
        if self._canvas.is_open:
            self._draw()
        else:
            self._print()

    def _take_away(self, key: str) -> None:
        """Take away what has a key and is not printed yet."""
        history = self._view.history
        kept = [line for line in history[self._printed :] if line.key != key]
        history[self._printed :] = kept

    def _print(self) -> None:
        for line in self._view.history[self._printed :]:
            self._console.tell(Padding(Text(line.words, style=line.style), (0, 0, 0, line.indent)))
        self._printed = len(self._view.history)

    def _leave_answer(self) -> None:
        """What was heard of it stays in view until its settled text is there."""
        if self._answering and self._view.text:
            label = self._of[self._answering].label
            self._before, self._view.before = self._answering, (label, self._view.text)
        self._answering = 0
        self._view.text, self._view.meter, self._view.warning = "", None, ""

    def _draw(self) -> None:
        self._drawn_at_s = time.monotonic()
        if self._canvas.is_open:
            canvas = self._canvas
            canvas.draw(self._view.rows(self._console, canvas.width, canvas.height))
