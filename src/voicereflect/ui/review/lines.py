"""A line of a review's screen, and what its columns stand for; knows no place and no terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from voicereflect.core.review.places import Pointed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointable:
    """Some columns of a line, and what they stand for."""

    begin: int
    end: int
    what: "Pointed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLine:
    """One line."""

    text: Text
    spots: tuple[Pointable, ...] = ()
    lit: bool = False
    """Whether the sentence that is looked at stands in it."""

    def fitted(self, width: int) -> Text:
        """The text, exactly so wide."""
        text = self.text.copy()
        text.overflow = "ellipsis"
        text.align("left", width)
        return text

    def moved(self, by: int) -> "ScreenLine":
        """The same, standing further to the right."""
        spots = (replace(e, begin=e.begin + by, end=e.end + by) for e in self.spots)
        return replace(self, spots=tuple(spots))


EMPTY = ScreenLine(text=Text())


def heading(words: str) -> ScreenLine:
    """Words of the program's own, or a question."""
    return ScreenLine(text=Text(words, style="dim"))


def side_by_side(
    ones: Sequence[ScreenLine], others: Sequence[ScreenLine], left: int, gap: int = 1
) -> list[ScreenLine]:
    """Two blocks beside each other, the second one `left` columns further."""
    lines = []
    for one, other in zip_longest(ones, others, fillvalue=EMPTY):
        text = Text().append_text(one.fitted(left - gap)).append(" " * gap)
        text.append_text(other.text)
        spots = (*one.spots, *other.moved(left).spots)
        lines.append(ScreenLine(text=text, spots=spots, lit=one.lit or other.lit))
    return lines
