"""Which passage comes first: words and meaning laid together; numbers in, order out.

Knows neither texts nor an index. The order of its inputs changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

WIDTH = 384
"""Values of one vector."""
BYTES_PER_VECTOR = WIDTH * 2
ORDINAL_BITS = 16
"""A passage's key is its entry's key and, in so many bits, its place among the entry's."""


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


class Meanings:
    """All vectors of a vault; half precision, as they are stored."""

    def __init__(self, blobs: Iterable[tuple[int, bytes]]) -> None:
        """Take each entry's key and the vectors of its passages."""
        pairs = [(entry, blob) for entry, blob in blobs if blob]
        sizes = np.array([len(blob) // BYTES_PER_VECTOR for _, blob in pairs], dtype=np.int64)
        entries = np.array([entry for entry, _ in pairs], dtype=np.int64)
        begins = np.repeat(np.cumsum(sizes) - sizes, sizes)
        ordinals = np.arange(int(sizes.sum()), dtype=np.int64) - begins
        self._keys: NDArray[np.int64] = (np.repeat(entries, sizes) << ORDINAL_BITS) + ordinals
        joined = b"".join(blob for _, blob in pairs)
        self._half = np.frombuffer(joined, dtype="<f2").reshape(-1, WIDTH)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._keys)

    def nearest(
        self, query: bytes, count: int, *, among: Set[int] | None = None
    ) -> dict[int, float]:
        """Give the `count` passages nearest to a vector, of those `among`."""
        if not len(self):
            return {}
        near = self._nearness(np.frombuffer(query, dtype="<f2").astype(np.float32))
        if among is not None:
            allowed = np.fromiter(among, dtype=np.int64, count=len(among))
            near[~np.isin(self._keys, allowed)] = -np.inf
        count = min(count, len(near))
        # all that are as near as the last one, or the cut would depend on their order
        least = np.partition(near, len(near) - count)[len(near) - count]
        chosen = np.flatnonzero((near >= least) & np.isfinite(near))
        return {int(self._keys[at]): float(near[at]) for at in chosen}

    def _nearness(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        near = np.empty(len(self), dtype=np.float32)
        step = 4096  # stays in the processor's cache while it is widened to single precision
        for begin in range(0, len(self), step):
            block = self._half[begin : begin + step].astype(np.float32)
            near[begin : begin + step] = block @ query
        return near


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


def half(vectors: Sequence[Sequence[float]] | NDArray[np.float32]) -> bytes:
    """Give vectors as they are stored."""
    return np.asarray(vectors, dtype="<f2").tobytes()
