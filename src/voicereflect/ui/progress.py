"""Progress of anything slow, on standard error: a moving line in a terminal, else still lines."""

import sys
from collections.abc import Callable

from voicereflect.ports.screen import Progress
from voicereflect.ui.output import steering

STEP = 0.25


class LineProgress:
    """One line per slow thing."""

    def __init__(self, *, moving: bool | None = None) -> None:
        """`moving`: rewrite the line in place; a terminal's default."""
        self._stream = sys.stderr
        self._moving = self._stream.isatty() if moving is None else moving
        self._what = ""
        self._shown = 0.0

    def step(self, what: str, *, done: float, total: float) -> None:
        share = done / total if total else 1.0
        if what != self._what:
            self._what, self._shown = what, -STEP
        if self._moving:
            end = "\n" if share >= 1 else ""
            self.tidy()
            self._stream.write(f"{what} {share:4.0%}{end}")
        elif share - self._shown >= STEP or (share >= 1 > self._shown):
            self._stream.write(f"{what} {share:.0%}\n")
            self._shown = share
        self._stream.flush()

    def tidy(self) -> None:
        """Take an unfinished moving line away."""
        if self._moving:
            moving = steering(self._stream)
            moving.write("\r\x1b[2K")
            moving.flush()


class ToldProgress:
    """Told to whoever says lines where a person looks."""

    def __init__(self, told: Callable[[str], None]) -> None:
        self._told = told

    def step(self, what: str, *, done: float, total: float) -> None:
        self._told(f"{what} {done / total if total else 1.0:.0%}")


class Leavable:
    """Ends what it tells of, as Ctrl-C does, where somebody leaves meanwhile."""

    def __init__(self, progress: Progress, leaves: Callable[[], bool]) -> None:
        self._progress = progress
        self._leaves = leaves

    def step(self, what: str, *, done: float, total: float) -> None:
        """Say how far it is, or end it.

        Raises:
            KeyboardInterrupt: somebody leaves.
        """
        if self._leaves():
            raise KeyboardInterrupt
        self._progress.step(what, done=done, total=total)


class NoProgress:
    """Shows nothing, for checks that nobody waits for."""

    def step(self, what: str, *, done: float, total: float) -> None:
        """Say nothing."""
