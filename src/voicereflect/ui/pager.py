"""Long output a screen at a time, where somebody sits before a terminal; knows no command."""

import os
import shutil
import subprocess
import sys
from typing import Final

ROOM: Final = 1
"""Lines that the prompt takes."""
_SAFE: Final = {"LESS": "-FRX", "LESSSECURE": "1", "LESSHISTFILE": "-"}
"""It ends by itself on a short text, starts nothing, writes nothing and keeps no history."""


def show(text: str) -> None:
    """Print a text; in a terminal that it does not fit, with `less` where that is there."""
    less = shutil.which("less")
    height = shutil.get_terminal_size().lines
    if less is None or not sys.stdout.isatty() or text.count("\n") + 1 < height - ROOM:
        sys.stdout.write(f"{text}\n")
        return
    sys.stdout.flush()
    subprocess.run([less], input=text.encode(), env={**os.environ, **_SAFE}, check=False)
