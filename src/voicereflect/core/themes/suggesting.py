"""Which two themes may be one; only says so, and knows nearness alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.themes.theme import Theme
from voicereflect.core.themes.vectors import Vectors

NEAR: Final = 0.65
MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two themes whose middles are near each other."""

    one: str
    other: str
    nearness: float


def suggestions(
    themes: Sequence[Theme], keys: Sequence[str], centres: Vectors
) -> tuple[Suggestion, ...]:
    """Give the nearest pairs among the themes that are shown, nearest first."""
    numbers = {key: number for number, key in enumerate(keys)}
    names = {numbers[each.key]: each.name for each in themes if each.shown and each.key in numbers}
    cosines = centres @ centres.T
    found = [
        Suggestion(
            one=names[one], other=names[other], nearness=round(float(cosines[one, other]), 3)
        )
        for one in sorted(names)
        for other in sorted(names)
        if one < other and cosines[one, other] >= NEAR
    ]
    return tuple(sorted(found, key=lambda each: (-each.nearness, each.one, each.other))[:MOST])
