"""Tells of which kind a sentence is, by what it means and by its words; knows no kind itself.

The numbers are fitted by a tool to written sentences, and come with the program as a file.
A kind's score is linear in the numbers of a sentence's meaning and in its words, which are
hashed into buckets, and quadratic in its meaning, at a low rank: how numbers stand together
counts too, so that "he hit me" and "he hit me once, in 1980" can fall apart.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words.numbers import Numbers, dumped, parsed

FORMAT: Final = 2
BUCKETS: Final = 2048
"""For single words and pairs of words; several share one."""
WORD_WEIGHT: Final = 0.7
RANK: Final = 8
"""So many factors add to a kind, and as many take away, unless the file says otherwise."""

_WORD = re.compile(r"[a-z']+")
_SHORT = re.compile(r"(?<!\w)(i|you|he|she|they|we|it|that|there)'(ll|d|ve|re|m|s)\b")
_LONG: Final = {"ll": "will", "d": "would", "ve": "have", "re": "are", "m": "am", "s": "is"}
_NOT = re.compile(
    r"\b(ca|could|did|do|does|is|was|were|would|should|have|has|had|wo|ai|are|need)n't\b"
)
_STEMS: Final = {"ca": "can", "wo": "will", "ai": "is"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The numbers: how much speaks for each kind."""

    kinds: tuple[str, ...]
    weights: Numbers
    """A row for each number of a sentence, then one for what is added always."""
    factors: Numbers
    """For each kind its directions of meaning, as rows; the latter half takes away."""
    facts: Mapping[str, Any]
    """What else the tool wrote down: bounds, and a digest of the sentences."""

    @property
    def digest(self) -> str:
        """Tell these numbers from others."""
        return hashlib.sha256(self.dump()).hexdigest()

    def dump(self) -> bytes:
        """Write it."""
        head = {
            "format": FORMAT,
            "kinds": self.kinds,
            **self.facts,
            **({} if self.rank == RANK else {"half": self.rank}),
        }
        return dumped(head, (self.weights, self.factors))

    @property
    def rank(self) -> int:
        """How many factors add to a kind; as many take away."""
        return len(self.factors) // (2 * len(self.kinds))

    def scores(self, rows: Numbers) -> Numbers:
        """For each row of `features` how much speaks for each kind."""
        shape = (len(rows), len(self.kinds), 2, self.rank)
        squares = ((rows[:, :WIDTH] @ self.factors.T) ** 2).reshape(shape).sum(axis=3)
        linear = rows @ self.weights[:-1] + self.weights[-1]
        found: Numbers = linear + squares[..., 0] - squares[..., 1]
        return found


def parse(content: bytes) -> Layer:
    """Read the numbers.

    Raises:
        SettingsError: they are none of this format, or damaged.
    """
    return parsed(content, FORMAT, _layer)


def _layer(head: dict[str, Any], numbers: Numbers) -> Layer:
    kinds = tuple(head.pop("kinds"))
    quadratic = len(kinds) * 2 * int(head.pop("half", RANK)) * WIDTH
    return Layer(
        kinds=kinds,
        weights=numbers[:-quadratic].reshape(-1, len(kinds)),
        factors=numbers[-quadratic:].reshape(-1, WIDTH),
        facts=head,
    )


def features(sentences: Sequence[str], vectors: Numbers) -> Numbers:
    """Give one row for each sentence: its vector, then its words; case makes no difference."""
    rows = np.zeros((len(sentences), WIDTH + BUCKETS), dtype=np.float32)
    rows[:, :WIDTH] = vectors
    words = rows[:, WIDTH:]
    for number, sentence in enumerate(sentences):
        for bucket, sign in _buckets(sentence):
            words[number, bucket] += sign
    words *= WORD_WEIGHT / np.maximum(np.linalg.norm(words, axis=1, keepdims=True), 1)
    return rows


def _buckets(sentence: str) -> Iterator[tuple[int, int]]:
    """Each word and pair of words once: its bucket, and the sign it is counted with."""
    words = ["<", *_WORD.findall(_written(sentence.casefold())), ">"]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    for each in sorted({*words, *pairs}):
        code = zlib.crc32(each.encode())
        yield code % BUCKETS, 1 if code & 0x80000000 else -1


def _written(sentence: str) -> str:
    """Write short forms out."""
    text = _SHORT.sub(lambda found: f"{found[1]} {_LONG[found[2]]}", sentence)
    return _NOT.sub(lambda found: f"{_STEMS.get(found[1], found[1])} not", text)
