"""A session as still lines: for pipes, screen readers and plain terminals.

What is asked and said goes to standard output, remarks go to standard error.
"""

import sys
from collections.abc import Sequence
from typing import TextIO

from voicereflect.core.session.state import Phase
from voicereflect.model import Answer, Deck, Entry
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.wording import (
    HELD,
    KEYS_SETTLING,
    answer_line,
    deck_line,
    legend,
    number_keys,
    saved_line,
    text_of,
)

WIDTH = 78
PROGRESS_STEP = 0.25


class StillScreen:
    """Prints a line when something changes, and never moves the cursor."""

    def __init__(
        self,
        *,
        attended: bool,
        out: TextIO | None = None,
        remarks: TextIO | None = None,
    ) -> None:
        """`attended`: say which keys there are."""
        self._attended = attended
        self._out = PatientConsole(file=out or sys.stdout, width=WIDTH, color_system=None)
        self._remarks = PatientConsole(file=remarks or sys.stderr, width=WIDTH, color_system=None)
        self._told = 0.0

    def opened(self, deck: Deck, source: str) -> None:
        """Title, reason, and what will be heard."""
        self._say(deck_line(deck))
        if deck.why:
            self._say(deck.why)
        self._remark(f"Listening to: {source}")

    def said(self, words: str) -> None:
        """The opening."""
        self._say("")
        self._say(words)
        if self._attended:
            self._remark(legend(Phase.OPENING))

    def asked(self, number: int, total: int, words: str) -> None:
        """A question."""
        if words:
            self._say("")
            self._say(f"{number} of {total}: {words}")

    def offered(self, options: Sequence[str]) -> None:
        """What can be picked."""
        for number, say in enumerate(options, start=1):
            self._say(f"  {number}  {say}")
        if self._attended:
            self._remark(f"{number_keys(Phase.ASKING, len(options))}, or answer in your own way.")

    def put(self, words: str, options: Sequence[str]) -> None:
        """A choice about the session."""
        self._say("")
        self._say(words)
        for number, say in enumerate(options, start=1):
            self._say(f"  {number}  {say}")
        if self._attended:
            self._remark(legend(Phase.CHOOSING, len(options)))

    def quoted(self, intro: str, words: str) -> None:
        """An earlier answer."""
        self._say("")
        self._say(intro)
        if words:
            self._say(f"  {words}")

    def listening(self, number: int) -> None:  # noqa: ARG002 - the question stands right above
        """The recording begins."""
        if self._attended:
            self._remark(f"Recording. {legend(Phase.ANSWERING)}")

    def paused(self, *, paused: bool) -> None:
        """Nothing is kept for now, or it goes on."""
        self._remark("Paused. SPACE goes on." if paused else "Recording again.")

    def held(self, others: Sequence[str]) -> None:
        """The device went away."""
        self._remark(HELD)
        for number, name in enumerate(others, start=1):
            self._remark(f"  {number}  {name}")
        self._remark(legend(Phase.HELD, len(others)))

    def level(self, dbfs: float, elapsed_s: float) -> None:
        """A still screen has no meter."""

    def live(self, number: int, text: str) -> None:
        """A still screen shows settled text only."""

    def read(self, answer: Answer) -> None:
        """An answer's text."""
        self._say("")
        self._say(answer_line(answer))
        self._say(text_of(answer))

    def settling(self, *, done_s: float, total_s: float) -> None:
        """Progress, in quarters."""
        if not total_s:
            return
        share = done_s / total_s
        if not self._told:
            key = f" {KEYS_SETTLING.capitalize()}." if self._attended else ""
            self._remark(f"Writing down what you said ({total_s:.0f} s of sound).{key}")
            self._told = 0.01
        elif share - self._told >= PROGRESS_STEP:
            self._remark(f"{share:.0%} of it is written down.")
            self._told = share

    def note(self, line: str) -> None:
        """A remark."""
        self._remark(line)

    def saved(self, entry: Entry) -> None:
        """The end."""
        self._remark("")
        self._remark(saved_line(entry))

    def close(self) -> None:
        """Nothing to give back."""

    def _say(self, line: str) -> None:
        self._out.tell_wrapped(line)

    def _remark(self, line: str) -> None:
        self._remarks.tell_wrapped(line)
