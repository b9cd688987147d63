"""A terminal that is put right when whoever drew on it was killed; knows no screen of ours.

A shell of a few lines waits beside us. It reads a pipe that ends when we do, however we end.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_SHELL: Final = Path("/bin/sh")
_WITHIN_S: Final = 2.0
_LEFT: Final = r"\033[?1049l\033[?25h\033[?2004l"
"""The first page again, a cursor, and pasting without marks."""
_WAIT: Final = f"read -r done || printf '{_LEFT}'"


@contextmanager
def guarded() -> Iterator[None]:
    """Have the terminal of standard output put right if this process is killed meanwhile.

    Where there is no such shell, nothing is done.
    """
    if not _SHELL.exists() or not sys.stdout.isatty():
        yield
        return
    guard = subprocess.Popen(
        [str(_SHELL), "-c", _WAIT],
        stdin=subprocess.PIPE,
        stdout=sys.stdout,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C and hanging up do not reach it
    )
    try:
        yield
    finally:
        guard.communicate(b"done\n", timeout=_WITHIN_S)
