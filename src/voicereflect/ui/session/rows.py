"""Which rows of a screen give way where the window is small; knows rows, not what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rich.console import Console
from rich.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some rows that belong together."""

    rows: Sequence[Text]
    rank: int
    """The lowest gives way first."""
    least: int = 0
    """So many rows stay as long as anything else can go."""
    tail: bool = False
    """What gives way is its beginning."""


def fitted(sections: Sequence[Section], height: int) -> list[Text]:
    """Put sections below each other, no more rows than there is room for."""
    kept = [len(section.rows) for section in sections]
    excess = sum(kept) - height
    for place in sorted(range(len(sections)), key=lambda each: sections[each].rank):
        gone = max(0, min(excess, kept[place] - sections[place].least))
        kept[place] -= gone
        excess -= gone
    rows: list[Text] = []
    for section, count in zip(sections, kept, strict=True):
        first = len(section.rows) - count if section.tail else 0
        rows.extend(section.rows[first : first + count])
    return rows[:height]


@lru_cache(maxsize=512)
def wrapped(
    console: Console, words: str, width: int, *, style: str = "", indent: int = 0
) -> tuple[Text, ...]:
    """Break words into rows, each that far from the left; nothing is written into them."""
    rows = Text(words, style=style).wrap(console, max(1, width - indent))
    return tuple(Text.assemble(" " * indent, row) for row in rows)


def last_words(words: str, width: int) -> str:
    """The end of a text on one row; whole words."""
    plain = " ".join(words.split())
    if Text(plain).cell_len <= width:
        return plain
    rest = plain[-width:].partition(" ")[2]
    while rest and Text(f"… {rest}").cell_len > width:
        rest = rest.partition(" ")[2]
    return f"… {rest}" if rest else "…"
