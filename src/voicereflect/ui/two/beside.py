"""What was said and what was said back, side by side: shown once, and nothing of it stays.

Two headings, no numbers, no colours.
"""

import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Final, TextIO

from voicereflect.core.words.comparing.sayback import HEADINGS, Sayback
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.wording import WIDTH

COLUMN: Final = 37
LEAVE: Final = "ENTER goes on; this page is not kept."


class BesidePage:
    """Shows it on a screen of its own, which a terminal forgets."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = PatientConsole(file=out or sys.stdout, width=WIDTH + 2)
        self._shown = ExitStack()

    def show(self, found: Sequence[Sayback]) -> None:
        """Show it until `hide`; without a terminal there is no page to forget it, so it is not."""
        if self._out.is_terminal:
            self._shown.enter_context(self._out.screen(hide_cursor=False))
            self._out.tell("\n".join([*page(found), "", LEAVE]))

    def hide(self) -> None:
        self._shown.close()


def page(found: Sequence[Sayback]) -> Iterator[str]:
    """Give the lines of it."""
    said_back, also_said = HEADINGS
    for number, each in enumerate(found):
        if number:
            yield ""
        if each.said_back:
            yield from ("", said_back, "")
            for pair in each.said_back:
                yield from _columns(pair.said, pair.back)
        if each.also_said:
            yield from ("", also_said, "")
            for text in each.also_said:
                yield from textwrap.wrap(text, COLUMN, initial_indent="  ", subsequent_indent="  ")


def _columns(left: str, right: str) -> Iterator[str]:
    one, other = (textwrap.wrap(text, COLUMN - 2) for text in (left, right))
    for number in range(max(len(one), len(other))):
        first = one[number] if number < len(one) else ""
        second = other[number] if number < len(other) else ""
        yield f"  {first:<{COLUMN}}  {second}".rstrip()
    yield ""
