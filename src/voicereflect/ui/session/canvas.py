"""A terminal's whole window, drawn row by row; knows rows of text, and nothing of a session.

It has the terminal's second page to itself, so nothing that changes ever stands in the
scrollback, whatever size the window takes meanwhile.
"""

import contextlib
import signal
import threading
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any, Final

from rich.text import Text

from voicereflect.ui.console import PatientConsole

_BEGIN: Final = "\x1b[?1049h\x1b[?25l\x1b[2J\x1b[H"
_END: Final = "\x1b[2J\x1b[H\x1b[?25h\x1b[?1049l"
_RESIZED: Final = getattr(signal, "SIGWINCH", None)


class Canvas:
    """Draws rows from the lowest one up; called from one thread alone."""

    def __init__(self, console: PatientConsole, draw: Callable[[], None]) -> None:
        """`draw` is called when the window has another size."""
        self.console = console
        self.is_open = False
        self._redraw = draw
        self._size = (0, 0)
        self._rows: list[Text] = []
        self._before: Any = None
        self._drawing = False
        self._again = False

    @property
    def width(self) -> int:
        """Columns that may be written on: the last one is left free."""
        return max(1, self.console.width - 1)

    @property
    def height(self) -> int:
        """Rows."""
        return max(1, self.console.height)

    def open(self) -> None:
        """Take the window."""
        self.is_open = True
        self._write(_BEGIN)
        if _RESIZED is not None and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(_RESIZED, self._resized)

    def close(self) -> None:
        """Give it back as it was."""
        if not self.is_open:
            return
        self.is_open = False
        if _RESIZED is not None and self._before is not None:
            signal.signal(_RESIZED, self._before)
            self._before = None
        self._write(_END)

    def draw(self, rows: Sequence[Text]) -> None:
        """Show these rows, no more than fit; only those that changed are written."""
        if not self.is_open:
            return
        self._drawing = True
        size = (self.console.width, self.height)
        is_new = size != self._size
        full = [Text()] * (size[1] - len(rows)) + list(rows[-size[1] :])
        before = [None] * size[1] if is_new else self._rows
        changed = [
            f"\x1b[{place};1H\x1b[2K{self._coded(row)}"
            for place, (row, old) in enumerate(zip(full, before, strict=True), start=1)
            if row != old
        ]
        self._size, self._rows = size, full
        if changed:
            self._write("".join(["\x1b[2J" if is_new else "", *changed]))
        self._drawing = False
        if self._again:
            self._again = False
            self._redraw()

    def _resized(self, _number: int, _frame: FrameType | None) -> None:
        if self._drawing:
            self._again = True
        else:
            self._redraw()

    def _coded(self, row: Text) -> str:
        with self.console.capture() as captured:
            self.console.print(row, end="", markup=False, highlight=False, no_wrap=True, crop=True)
        return captured.get()

    def _write(self, codes: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # the terminal is gone
            self.console.file.write(codes)
            self.console.file.flush()
