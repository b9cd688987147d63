"""Lines that break between words where a terminal is narrow; knows nothing of what they say."""

import shutil
import textwrap
from typing import TextIO

NARROW = 20


def fitted(text: str, stream: TextIO, *, indent: int = 0) -> str:
    """Break each line to the width of the terminal behind a stream; elsewhere leave it alone.

    Lines after a break begin further in by `indent`.
    """
    width = shutil.get_terminal_size().columns
    if width < NARROW or not stream.isatty():
        return text
    return "\n".join(
        textwrap.fill(
            line,
            width,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
            replace_whitespace=False,
        )
        for line in text.split("\n")
    )
