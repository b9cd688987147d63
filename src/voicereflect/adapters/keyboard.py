"""Single keys and Ctrl-C from a terminal; the only reader of standard input.

A closed terminal (SIGHUP) or SIGTERM counts as two Ctrl-C: keep all, leave at once.
"""

import os
import re
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

Pressed = Callable[[str], None]

_NAMED = {
    "\r": "enter",
    "\n": "enter",
    " ": "space",
    "+": "+",
    "=": "+",
    "-": "-",
    "_": "-",  # with or without shift, on most layouts
    "\x1b[D": "left",
    "\x1bOD": "left",
    "\xe0K": "left",
}
_KEY = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?|.", re.DOTALL)
"""One key: arrows, function keys, Alt and a letter send several, which are no letters of ours."""


def attended() -> bool:
    """Whether a person can press keys: standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


class Keys:
    """The keys of this process's terminal."""

    @contextmanager
    def listen(self, pressed: Pressed) -> Iterator[None]:
        """Report keys while inside; without a terminal only `interrupt`."""
        with _signals(pressed):
            if not attended():
                yield
            elif sys.platform == "win32":
                with _windows_keys(pressed):
                    yield
            else:
                with _posix_keys(pressed):
                    yield


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


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def _windows_keys(pressed: Pressed) -> Iterator[None]:
        done = threading.Event()

        def read() -> None:
            while not done.wait(0.03):
                while msvcrt.kbhit():
                    key = msvcrt.getwch()
                    _report(key + msvcrt.getwch() if key == "\xe0" else key, pressed)

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
    def _posix_keys(pressed: Pressed) -> Iterator[None]:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        wake_read, wake_write = os.pipe()

        def read() -> None:
            while True:
                ready, _, _ = select.select([descriptor, wake_read], [], [])
                if wake_read in ready:
                    return
                data = os.read(descriptor, 64)
                if not data:
                    return  # the terminal is gone; SIGHUP says the rest
                for key in _KEY.findall(data.decode(errors="ignore")):
                    _report(key, pressed)

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


def _report(key: str, pressed: Pressed) -> None:
    letter = key.lower() if len(key) == 1 and key.isalnum() else ""
    if name := _NAMED.get(key, letter):
        pressed(name)


def typed_line() -> str | None:
    """Wait for a line and ENTER; None when no more can come: Ctrl-C, or the terminal is gone."""
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        return None
    return line.rstrip("\n") if line else None
