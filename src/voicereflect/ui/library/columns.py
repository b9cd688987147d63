"""Text in columns, with the place of every word of an answer; knows no entry and no terminal."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from rich.cells import cell_len

GAP = 4
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """One line of a block; lines of an answer's own words carry its number."""

    text: str = ""
    answer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is shown, and where in it the words of each answer stand."""

    text: str
    words: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)


Block = Sequence[ColumnLine]


def wrapped(text: str, width: int, hanging: str = "", *, answer: int = 0) -> list[ColumnLine]:
    """Break a text into lines; a line feed of its own begins a new one."""
    return [
        ColumnLine(text=line, answer=answer)
        for paragraph in text.split("\n")
        for line in textwrap.wrap(
            paragraph, width, subsequent_indent=hanging, break_on_hyphens=False
        )
        or [""]
    ]


def width_of_each(columns: int, count: int) -> int:
    """How wide each of some blocks is, side by side."""
    return (columns - GAP * (count - 1)) // count


def rows(blocks: Sequence[Block], width: int) -> list[list[tuple[int, ColumnLine]]]:
    """Lay blocks side by side: each row holds its lines, and the column each begins at."""
    return [
        [
            (number * (width + GAP), line)
            for number, line in enumerate(together)
            if line is not None and line.text
        ]
        for together in zip_longest(*blocks)
    ]


def page_of(laid: Sequence[Sequence[tuple[int, ColumnLine]]]) -> Page:
    """Join rows to a page."""
    text: list[str] = []
    words: dict[int, list[tuple[int, int]]] = {}
    cursor = 0
    for row in laid:
        shown = ""
        for column, line in row:
            shown += " " * (column - cell_len(shown))
            if line.answer:
                begin = cursor + len(shown)
                words.setdefault(line.answer, []).extend(
                    (begin + word.start(), begin + word.end()) for word in _WORD.finditer(line.text)
                )
            shown += line.text
        text.append(shown)
        cursor += len(shown) + 1
    return Page(text="\n".join(text), words=words)
