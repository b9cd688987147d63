"""A session as still lines: for pipes, screen readers and plain terminals.

What is asked and said goes to standard output, remarks go to standard error. A screen that is
read aloud says nothing while the microphone is open: its lines come when it is not.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TextIO

from voicereflect.core.session.offers import GO_ON, ShownKey
from voicereflect.core.sound.levels import LevelTrouble
from voicereflect.model import Answer, Deck, Entry
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.session.words import (
    ANSWER_KEYS,
    HELD,
    answer_line,
    awaiting_line,
    deck_line,
    key_list,
    legend,
    picked_now,
    saved_lines,
)
from voicereflect.ui.wording import WIDTH, picked_line, text_of

PROGRESS_STEP = 0.25
SOUND_AGAIN = "Now there is sound."


class StillScreen:
    """Prints a line when something changes, and never moves the cursor."""

    def __init__(
        self,
        *,
        attended: bool,
        quiet: bool = False,
        out: TextIO | None = None,
        remarks: TextIO | None = None,
    ) -> None:
        """`attended`: say which keys there are; `quiet`: it is read aloud."""
        self._attended = attended
        self._quiet = quiet
        self._out = PatientConsole(file=out or sys.stdout, width=WIDTH, color_system=None)
        self._remarks = PatientConsole(file=remarks or sys.stderr, width=WIDTH, color_system=None)
        self._told = 0.0
        self._told_keys: set[tuple[str, str]] = set()
        self._label = ""
        self._of: dict[int, str] = {}
        """Which question each answer answers."""
        self._open = False
        """The microphone would hear what is read aloud now."""
        self._later: list[Callable[[], None]] = []
        self._did_later = ""
        self._warned = ""

    def opened(self, deck: Deck, source: str) -> None:
        self._say(*filter(None, (deck_line(deck), deck.why)))
        self._remark(f"Listening to: {source}")

    def said(self, words: str) -> None:
        """The opening, and the keys that cannot be told later."""
        if words:
            self._say("", words)
        if self._attended and self._quiet:
            self._remark(f"A tone means that it records. From then on: {legend(ANSWER_KEYS)}.")
            self._told_keys.update((each.key, each.label) for each in ANSWER_KEYS)

    def asked(self, number: int, total: int, words: str) -> None:
        self._shut()
        self._label = f"{number} of {total}" if words else ""
        if words:
            self._say("", f"{self._label}: {words}")

    def offered(self, options: Sequence[str]) -> None:
        self._say(*(f"  {number}  {say}" for number, say in enumerate(options, start=1)))

    def put(self, words: str, options: Sequence[str]) -> None:
        self._shut()
        self._say("", words)
        self.offered(options)

    def quoted(self, intro: str, words: str) -> None:
        self._shut()
        self._say("", intro, f"  {words}")

    def listening(self, number: int) -> None:
        self._of[number] = self._label
        if self._attended and not self._quiet:
            self._remark("Recording.")
        self._open = self._quiet

    def paused(self, *, paused: bool) -> None:
        """Nothing is kept for now, or it goes on; the key's own line says so."""
        if paused:
            self._told_keys.add((GO_ON.key, GO_ON.label))
            self._shut()
        else:
            self._open = self._quiet

    def held(self, others: Sequence[str]) -> None:
        self._shut()
        self._remark(HELD, *(f"  {number}  {name}" for number, name in enumerate(others, start=1)))

    def restored(self, number: int) -> None:
        self._shut()
        self._label = self._of.get(number, self._label)

    def level(self, dbfs: float, elapsed_s: float) -> None:
        """A still screen has no meter."""

    def live(self, number: int, text: str) -> None:
        """A still screen shows settled text only."""

    def read(self, answer: Answer) -> None:
        said, picked = text_of(answer), picked_line(answer)
        chosen = [picked] if picked not in ("", said) else []
        heading = answer_line(answer, self._of.get(answer.number, ""))
        self._say("", *filter(None, (heading, *chosen, said)))

    def keyed(self, keys: Sequence[ShownKey]) -> None:
        """What can be pressed now; each key is told once."""
        fresh = [each for each in keys if (each.key, each.label) not in self._told_keys]
        if fresh and self._attended:
            self._told_keys.update((each.key, each.label) for each in fresh)
            self._remark(legend(fresh))

    def all_keys(self, keys: Sequence[ShownKey]) -> None:
        self._remark(*key_list(keys))

    def did(self, line: str) -> None:
        """What the key just pressed did; of several, the last one is told later."""
        if self._open:
            self._did_later = line
        else:
            self._remark(line)

    def picked(self, words: str) -> None:
        self._remark(picked_now(words))

    def unpicked(self) -> None:
        """The key's own line says so."""

    def warned(self, line: str) -> None:
        """Something is wrong with the sound; a microphone that hears nothing hears no line."""
        before, self._warned = self._warned, line
        if line == LevelTrouble.SILENT:
            self._remarks.tell_wrapped(line)
        elif line or before:
            self._remark(line or SOUND_AGAIN)

    def awaiting_texts(self, *, done_s: float, total_s: float, saved: bool) -> None:
        """Progress, in quarters."""
        self._shut()
        if not total_s or not saved:
            return
        share = done_s / total_s
        if not self._told:
            self._remark(f"{awaiting_line(saved=saved)} That is {total_s:.0f} s of sound.")
            self._told = 0.01
        elif share - self._told >= PROGRESS_STEP:
            self._remark(f"{share:.0%} of it is written down.")
            self._told = share

    def note(self, line: str) -> None:
        self._remark(line)

    def saved(self, entry: Entry, set_aside: int) -> None:
        self._shut()
        self._remark("", *saved_lines(entry, set_aside))

    def forget(self) -> None:
        """What was printed is printed."""

    def close(self) -> None:
        """Nothing to give back."""
        self._shut()

    def _shut(self) -> None:
        """The microphone is closed, or nothing of it is kept: say what had to wait."""
        self._open = False
        waiting, self._later = self._later, []
        did, self._did_later = self._did_later, ""
        if did:
            self._remark(did)
        for line in waiting:
            line()

    def _say(self, *lines: str) -> None:
        self._tell(self._out, lines)

    def _remark(self, *lines: str) -> None:
        self._tell(self._remarks, lines)

    def _tell(self, console: PatientConsole, lines: Sequence[str]) -> None:
        if self._open:
            self._later += [partial(console.tell_wrapped, line) for line in lines]
        else:
            for line in lines:
                console.tell_wrapped(line)
