"""Which two themes may be one; only says so, and knows nearness and names alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from voicereflect.core.themes.clustering.vectors import Vectors
from voicereflect.core.themes.known import PREFIX
from voicereflect.core.themes.names.naming import share_a_noun
from voicereflect.core.themes.theme import Theme

NEAR: Final = 0.6
"""Least cosine of their middles. At .6 a year of real diaries shows the two pairs there are."""
MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Two themes that may be one; the first came up on more days."""

    one: Theme
    other: Theme
    nearness: float


def suggestions(
    themes: Sequence[Theme], keys: Sequence[str], centres: Vectors
) -> tuple[Suggestion, ...]:
    """Give the nearest pairs among the themes that are shown, nearest first.

    Two of the collection are never one: whoever wrote it meant two. Nor are two that the person
    said are not.
    """
    numbers = {key: number for number, key in enumerate(keys)}
    shown = [each for each in themes if each.shown and each.key in numbers]
    found = []
    for one, other in combinations(shown, 2):
        if one.key.startswith(PREFIX) and other.key.startswith(PREFIX):
            continue
        if _apart(one, other) or _apart(other, one):
            continue
        nearness = round(float(centres[numbers[one.key]] @ centres[numbers[other.key]]), 3)
        if nearness >= NEAR or share_a_noun(one.name, other.name):
            found.append(Suggestion(one=one, other=other, nearness=nearness))
    return tuple(
        sorted(found, key=lambda each: (-each.nearness, each.one.key, each.other.key))[:MOST]
    )


def _apart(one: Theme, other: Theme) -> bool:
    return one.record is not None and other.handle in one.record.apart
