"""Keys, typed text and Ctrl-C from a terminal; the only reader of standard input.

A closed terminal (SIGHUP) or SIGTERM counts as two Ctrl-C: keep all, leave at once.
"""

import codecs
import getpass
import os
import re
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType, MappingProxyType
from typing import TextIO

from voicereflect.core.typed.strokes import PASTE_OFF, PASTE_ON, Decoder, EditKey, Stroke

Pressed = Callable[[str], None]
Pieces = Callable[[str], float | None]
"""Takes what came from the terminal; gives how many seconds to wait for more, None for ever.

An empty piece: nothing came in that time.
"""

_NAMED = {
    "\r": "enter",
    "\n": "enter",
    " ": "space",
    "?": "?",
    "+": "+",
    "=": "+",
    "-": "-",
    "_": "-",  # with or without shift, on most layouts
    "\x1b[D": "left",
    "\x1bOD": "left",
    "\xe0K": "left",
}
NO_MORE: Mapping[str, str] = MappingProxyType({})
WALKING: Mapping[str, str] = MappingProxyType(
    {
        "/": "/",
        "?": "?",
        "\x1b": "escape",
        **dict.fromkeys(("\x1b[A", "\x1bOA", "\xe0H"), "up"),
        **dict.fromkeys(("\x1b[B", "\x1bOB", "\xe0P"), "down"),
        **dict.fromkeys(("\x1b[C", "\x1bOC", "\xe0M"), "enter"),
        **dict.fromkeys(("\x1b[1;5C", "\x1b[1;3C", "\x1bf", "\xe0t"), "l"),
        **dict.fromkeys(("\x1b[1;5D", "\x1b[1;3D", "\x1bb", "\xe0s"), "h"),
        **dict.fromkeys(("\x1b[H", "\x1bOH", "\x1b[1~", "\xe0G"), "0"),
        **dict.fromkeys(("\x1b[F", "\x1bOF", "\x1b[4~", "\xe0O"), "end"),
        **dict.fromkeys(("\x1b[5~", "\xe0I"), "pageup"),
        **dict.fromkeys(("\x1b[6~", "\xe0Q"), "pagedown"),
    }
)
"""Further keys of a review."""
_KEY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|\xe0[G-Qst]|.", re.DOTALL)
"""One key: arrows, function keys, Alt and a letter send several, which are no letters of ours."""

_MOUSE = re.compile(r"\x1b\[<(\d+);(\d+);(\d+)M")
"""A button that went down, where a screen asked for it; column and line count from 1."""
_BUTTONS = {"64": "wheelup", "65": "wheeldown"}
NO_LETTER = "\ufffd"
"""Stands for bytes that are no text, as Meta keys or a terminal of another encoding send them."""
_HALVES = re.compile("[\ud800-\udfff]+")
"""What some locales make of such bytes."""
ESCAPE_S = 0.05
"""A terminal sends the rest of a key's sequence sooner than this."""


def attended() -> bool:
    """Whether a person can press keys: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


class Keys:
    """The keys of this process's terminal."""

    def __init__(self, more: Mapping[str, str] = NO_MORE) -> None:
        """`more`: further keys and their names, where letters are not enough."""
        self._more = more

    @contextmanager
    def listen(self, pressed: Pressed) -> Iterator[None]:
        with _signals(pressed), _resizing(pressed if self._more else None):
            if not attended():
                if self._more:
                    pressed("interrupt")  # there was one: who listened meanwhile took its end
                yield
            else:
                with _reading(partial(_report_all, pressed, self._more)):
                    yield


class TypedText:
    """What somebody types into this process's terminal."""

    @contextmanager
    def listen(self, typed: Callable[[Stroke], None]) -> Iterator[None]:
        """Report text and keys while inside; a terminal marks what is pasted meanwhile."""
        with _signals(lambda _: typed(EditKey.INTERRUPT)), _reading(_Typing(typed).take):
            # past the stream that leaves out of texts what would steer a terminal
            out: TextIO = getattr(sys.stdout, "rich_proxied_file", sys.stdout)
            out.write(PASTE_ON)
            out.flush()
            try:
                yield
            finally:
                with suppress(OSError, ValueError):
                    out.write(PASTE_OFF)
                    out.flush()


class _Typing:
    """Turns pieces into strokes; an ESC that nothing follows stands for itself."""

    def __init__(self, typed: Callable[[Stroke], None]) -> None:
        self._typed = typed
        self._decoder = Decoder()

    def take(self, piece: str) -> float | None:
        self._decoder, strokes = self._decoder.fed(piece, last=not piece)
        for stroke in strokes:
            self._typed(stroke)
        return ESCAPE_S if self._decoder.half and not self._decoder.pasting else None


@contextmanager
def _signals(pressed: Pressed) -> Iterator[None]:
    def interrupt(number: int, _frame: FrameType | None) -> None:
        pressed("interrupt")
        if number != signal.SIGINT:
            pressed("interrupt")

    names = ("SIGINT", "SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _resizing(pressed: Pressed | None) -> Iterator[None]:
    """Tell whoever draws of another size of the terminal."""
    number = getattr(signal, "SIGWINCH", None)
    if number is None or pressed is None:
        yield
        return
    before = signal.signal(number, lambda *_: pressed("resized"))
    try:
        yield
    finally:
        signal.signal(number, before)


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _reading(take: Pieces) -> Iterator[None]:
        done = threading.Event()

        def read() -> None:
            while not done.wait(0.03):
                piece = ""
                while msvcrt.kbhit():
                    key = msvcrt.getwch()
                    piece += key + msvcrt.getwch() if key == "\xe0" else key
                if piece and take(piece) is not None:
                    take("")

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        try:
            yield
        finally:
            done.set()
            reader.join()

else:
    import termios
    import tty

    @contextmanager
    def _reading(take: Pieces) -> Iterator[None]:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        wake_read, wake_write = os.pipe()
        letters = codecs.getincrementaldecoder("utf-8")(errors="ignore")

        def read() -> None:
            patience_s: float | None = None
            while True:
                ready, _, _ = select.select([descriptor, wake_read], [], [], patience_s)
                if wake_read in ready:
                    return
                data = os.read(descriptor, 4096) if ready else b""
                if ready and not data:
                    return  # the terminal is gone; SIGHUP says the rest
                piece = letters.decode(data)
                patience_s = take(piece) if piece or not ready else patience_s

        reader = threading.Thread(target=read, daemon=True)
        # keeps Ctrl-C a signal, and keys that were pressed already
        tty.setcbreak(descriptor, termios.TCSADRAIN)
        reader.start()
        try:
            yield
        finally:
            os.write(wake_write, b"x")
            reader.join()
            os.close(wake_read)
            os.close(wake_write)
            with suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _report_all(pressed: Pressed, more: Mapping[str, str], piece: str) -> float | None:
    for key in _KEY.findall(piece):
        letter = key.lower() if len(key) == 1 and key.isalnum() else ""
        if name := more.get(key) or _NAMED.get(key, letter) or _moused(key):
            pressed(name)
    return None


def _moused(key: str) -> str:
    """Name what a mouse did: a wheel, or `click COLUMN LINE`, counted from 0."""
    if (found := _MOUSE.fullmatch(key)) is None:
        return ""
    button, column, line = found.groups()
    return f"click {int(column) - 1} {int(line) - 1}" if button == "0" else _BUTTONS.get(button, "")


def hidden_line(question: str) -> str | None:
    """Ask at the terminal for a line that is not shown; None where there is none, or Ctrl-C."""
    if not attended() or not sys.stderr.isatty():
        return None
    try:
        return getpass.getpass(question, sys.stderr if sys.platform == "win32" else None)
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\n")  # what is told next stands on a line of its own
        return None
    except UnicodeDecodeError:
        return NO_LETTER


def asked_line(words: str) -> str | None:
    """Ask for a line at the terminal, and wait for it."""
    sys.stdout.write(f"{words}: ")
    sys.stdout.flush()
    return typed_line()


def typed_line() -> str | None:
    """Wait for a line and ENTER; None when no more can come: Ctrl-C, or the terminal is gone."""
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        return None
    except UnicodeDecodeError:
        return NO_LETTER
    return _HALVES.sub(NO_LETTER, line.rstrip("\n")) if line else None
