"""What is longer than the screen, page by page; knows `less`, and leaves no trace of what it shows.

No other pager: of `less` it is known that it runs no shell, logs nothing and keeps no history
when it is told so.
"""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from voicereflect.core.words.steering import cleaned

NONE: Final = ("", "cat")
"""Values of PAGER with which nobody wants one."""
_SAFE: Final = {"LESSHISTFILE": "-", "LESSSECURE": "1", "LESS": "FRX"}
_UNSAFE: Final = ("LESSOPEN", "LESSCLOSE", "LESSEDIT")
_STYLE: Final = re.compile(r"\x1b\[[0-9;]*m")


class _Held(io.StringIO):
    """Keeps what is printed; styles are printed into it as into the terminal."""

    def isatty(self) -> bool:
        return True


@contextmanager
def paged() -> Iterator[None]:
    """Hold what is printed inside; show it by pages if the terminal is too low for it.

    Standard output must be a terminal.
    """
    terminal, held = sys.stdout, _Held()
    sys.stdout = held
    try:
        yield
    finally:
        sys.stdout = terminal
        text = held.getvalue()
        if not (_is_longer(text) and _show(text)):
            terminal.write(text)
            terminal.flush()


def _is_longer(text: str) -> bool:
    columns, rows = shutil.get_terminal_size()
    lines = (len(_STYLE.sub("", line)) for line in text.splitlines())
    return sum(max(1, -(-length // max(1, columns))) for length in lines) >= rows


def _show(text: str) -> bool:
    """Have less show it; False where there is none."""
    less = shutil.which("less")
    if less is None or os.environ.get("PAGER") in NONE:
        return False
    kept = {name: value for name, value in os.environ.items() if name not in _UNSAFE}
    with subprocess.Popen([less], stdin=subprocess.PIPE, env={**kept, **_SAFE}) as process:
        # Ctrl-C belongs to whoever reads
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            with suppress(BrokenPipeError):  # left before the end
                process.communicate(cleaned(text).encode("utf-8", "replace"))
        finally:
            signal.signal(signal.SIGINT, before)
    return True
