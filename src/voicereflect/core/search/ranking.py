"""Which passage comes first: words and meaning laid together; numbers in, order out.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """In how many passages the words of a search stand."""

    passages: int
    """All there are."""
    in_any_form: Mapping[str, int]
    as_written: Mapping[str, int]


def weights_of(found: Frequencies) -> dict[str, float]:
    """Say how much each word of a search tells: the seldomer, the more."""
    return {
        word: math.log((found.passages + 1) / (count + 0.5))
        for word, count in found.in_any_form.items()
    }


def leading(query: Query, found: Frequencies) -> tuple[str, ...]:
    """Give the names and rare words, if they are what the search is about.

    A seldom word in a long description is an accident: measured, letting it
    lead costs a third of what meaning finds.
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
class Weights:
    """How much each list counts in the fusion, and how fast its lower ranks fade."""

    words: float = 1.0
    meaning: float = 2.0
    fade: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for passages, by their keys."""

    words: Mapping[int, float]
    """How well the words fit, more is better; only where one occurs."""
    meaning: Mapping[int, float]
    """How near the meaning is, more is better; only the nearest."""
    exact: Mapping[int, int] = field(default_factory=dict)
    """How many of the names and rare words stand there."""


def ranked(evidence: Evidence, weights: Weights | None = None) -> list[tuple[int, float]]:
    """Give keys and scores, best first.

    Passages with more of the names and rare words come before all others;
    among equals the two lists are fused by reciprocal rank, and a tie goes to
    the later passage.
    """
    weights = weights or Weights()
    scores: dict[int, float] = dict.fromkeys(evidence.exact, 0.0)
    for weight, found in (
        (weights.words, evidence.words),
        (weights.meaning, evidence.meaning),
    ):
        for key, rank in _ranks(found).items():
            scores[key] = scores.get(key, 0.0) + weight / (weights.fade + rank)
    order = sorted(scores, key=lambda key: (-evidence.exact.get(key, 0), -scores[key], -key))
    return [(key, scores[key]) for key in order]


def _ranks(found: Mapping[int, float]) -> dict[int, int]:
    """Rank from 1; equals share the rank of the first of them."""
    ranks: dict[int, int] = {}
    last: tuple[float, int] | None = None
    for position, key in enumerate(sorted(found, key=lambda key: -found[key]), start=1):
        rank = last[1] if last is not None and found[key] == last[0] else position
        ranks[key] = rank
        last = (found[key], rank)
    return ranks
