"""Lines that break between words where a terminal is narrow; knows nothing of what they say."""

import shutil
import textwrap
from typing import TextIO

NARROW = 20
_TIE = "\x1f"
"""Stands in place of a space at which no line may break."""


def tied(text: str) -> str:
    """Keep words of a line together, such as those of a date, until `untied`."""
    return text.replace(" ", _TIE)


def untied(text: str) -> str:
    """Give the spaces back once lines are broken."""
    return text.replace(_TIE, " ")


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
