"""Which passage comes first, by words and meaning together; numbers in, order out.

Knows neither texts nor an index. The order of its inputs changes nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from voicereflect.core.search.query import Query

RARE_UPTO: Final = 3
"""A word in so few passages may be looked for itself, not for what it means."""
LEAD_FROM: Final = 0.6
"""Names and rare words lead where they carry this share of what the search says."""
COVER_FROM: Final = 0.6
"""Words count for a passage that holds this share of what the search says."""
WORDS_WEIGHT: Final = 1.0
MEANING_WEIGHT: Final = 2.0
RANK_FADE: Final = 60.0
"""The larger, the less a first rank stands above the following ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """In how many passages the words of a search stand."""

    passages: int
    """All there are."""
    in_any_form: Mapping[str, int]
    as_written: Mapping[str, int]


def weights_of(found: Frequencies) -> dict[str, float]:
    """Weight each word of a search: the rarer, the more it counts."""
    return {
        word: math.log((found.passages + 1) / (count + 0.5))
        for word, count in found.in_any_form.items()
    }


def leading(query: Query, found: Frequencies) -> tuple[str, ...]:
    """Give the names and rare words, if they are what the search is about.

    In a long description a rare word is there by chance: measured, letting it
    lead loses a third of what meaning finds.
    """
    weights = weights_of(found)
    lead = tuple(
        word
        for word in query.words
        if found.as_written[word] > 0
        and (found.as_written[word] <= RARE_UPTO or word in query.names)
    )
    share = sum(weights[word] for word in lead) / (sum(weights.values()) or 1.0)
    return lead if share >= LEAD_FROM else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for passages, by their keys."""

    words: Mapping[int, float]
    """How well the words fit, more is better; only where one occurs."""
    meaning: Mapping[int, float]
    """How near the meaning is, more is better; only the nearest."""
    exact: Mapping[int, int] = field(default_factory=dict)
    """How many of the names and rare words stand there."""


def ranked(evidence: Evidence) -> list[tuple[int, float]]:
    """Give keys and scores, best first.

    Passages with more of the names and rare words come before all others;
    among equals the two lists are fused by reciprocal rank, and a tie goes to
    the later passage.
    """
    scores: dict[int, float] = dict.fromkeys(evidence.exact, 0.0)
    for weight, found in ((WORDS_WEIGHT, evidence.words), (MEANING_WEIGHT, evidence.meaning)):
        for key, rank in _ranks(found).items():
            scores[key] = scores.get(key, 0.0) + weight / (RANK_FADE + rank)
    order = sorted(scores, key=lambda key: (-evidence.exact.get(key, 0), -scores[key], -key))
    return [(key, scores[key]) for key in order]


def _ranks(found: Mapping[int, float]) -> dict[int, int]:
    """Rank from 1; equals share the rank of the first of them."""
    firsts: dict[float, int] = {}
    for rank, value in enumerate(sorted(found.values(), reverse=True), start=1):
        firsts.setdefault(value, rank)
    return {key: firsts[value] for key, value in found.items()}
