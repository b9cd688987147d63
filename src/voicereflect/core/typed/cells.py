"""How much room letters take in a terminal, and a text broken into rows; knows no terminal."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_JOINER: Final = "\u200d"
_VARIATION: Final = "\ufe0f"


def width_of(letter: str) -> int:
    """Columns of one character: two for a wide one, none for what goes with another."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def columns(text: str) -> int:
    """Columns of a row."""
    return sum(map(width_of, text))


def before(text: str, at: int) -> int:
    """Give where the letter before a place begins, with all that belongs to it."""
    if not at:
        return 0
    at -= 1
    while at and (_goes_with_another(text[at]) or text[at - 1] == _JOINER):
        at -= 1
    return at


def after(text: str, at: int) -> int:
    """Give where the letter at a place ends, with all that belongs to it."""
    if at >= len(text):
        return len(text)
    at += 1
    while at < len(text) and (_goes_with_another(text[at]) or text[at - 1] == _JOINER):
        at += 1
    return at


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidText:
    """A text in rows, and where the cursor stands in them."""

    rows: tuple[str, ...]
    row: int
    column: int


def laid(text: str, at: int, width: int) -> LaidText:
    """Break a text into rows of at most `width` columns, at spaces where there are any."""
    rows, row, column = list[str](), 0, 0
    for start, end in _rows(text, width):
        if start <= at:
            row, column = len(rows), columns(text[start : min(at, end)])
        rows.append(text[start:end])
    if column >= width:  # behind a full row the cursor stands on the next one
        row, column = row + 1, 0
        rows.insert(row, "")
    return LaidText(rows=tuple(rows), row=row, column=column)


def _rows(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Give where each row begins and ends; a space at the end of a row stays in it."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        yield from _broken(text, start, end, width)
        start = end + 1


def _broken(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    while True:
        fits = _that_fit(text, start, end, width)
        if fits == end:
            yield start, end
            return
        space = text.rfind(" ", start, fits)
        cut = space + 1 if space > start else fits
        yield start, cut
        start = cut


def _that_fit(text: str, start: int, end: int, width: int) -> int:
    at, used = start, 0
    while at < end:
        following = min(after(text, at), end)
        used += columns(text[at:following])
        if used > width and at > start:
            return at
        at = following
    return end


def _goes_with_another(letter: str) -> bool:
    return letter in {_JOINER, _VARIATION} or (width_of(letter) == 0 and letter != "\n")
