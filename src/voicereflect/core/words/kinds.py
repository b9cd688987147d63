"""Tells of which kind a sentence is, by what it means and by its words; knows no kind itself.

The numbers are fitted by a tool to written sentences, and come with the program as a file.
What a sentence means is looked at in two ways: each number by itself, and, bent, how
numbers stand together, so that "he hit me" and "he hit me once, in 1980" can fall apart.
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
WORDS: Final = 2048
"""So many places for single words and pairs of words; several share one."""
WORD_WEIGHT: Final = 0.7
HALF: Final = 8
"""So many directions add to a kind, and as many take away, unless the file says otherwise."""

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
    bends: Numbers
    """For each kind its directions of meaning, equally many; the latter half takes away."""
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
            **({} if self.half == HALF else {"half": self.half}),
        }
        return dumped(head, (self.weights, self.bends))

    @property
    def half(self) -> int:
        """How many directions add to a kind; as many take away."""
        return len(self.bends) // (2 * len(self.kinds))

    def likely(self, rows: Numbers) -> Numbers:
        """For each row of `rows_of` how much speaks for each kind."""
        shape = (len(rows), len(self.kinds), 2, self.half)
        bent = ((rows[:, :WIDTH] @ self.bends.T) ** 2).reshape(shape).sum(axis=3)
        found: Numbers = rows @ self.weights[:-1] + self.weights[-1] + bent[..., 0] - bent[..., 1]
        return found


def parse(content: bytes) -> Layer:
    """Read the numbers.

    Raises:
        SettingsError: they are none of this format, or damaged.
    """
    return parsed(content, FORMAT, _layer)


def _layer(head: dict[str, Any], numbers: Numbers) -> Layer:
    kinds = tuple(head.pop("kinds"))
    bent = len(kinds) * 2 * int(head.pop("half", HALF)) * WIDTH
    return Layer(
        kinds=kinds,
        weights=numbers[:-bent].reshape(-1, len(kinds)),
        bends=numbers[-bent:].reshape(-1, WIDTH),
        facts=head,
    )


def rows_of(sentences: Sequence[str], vectors: Numbers) -> Numbers:
    """Give one row for each sentence: its vector, then its words; case makes no difference."""
    rows = np.zeros((len(sentences), WIDTH + WORDS), dtype=np.float32)
    rows[:, :WIDTH] = vectors
    words = rows[:, WIDTH:]
    for number, sentence in enumerate(sentences):
        for place, sign in _places(sentence):
            words[number, place] += sign
    words *= WORD_WEIGHT / np.maximum(np.linalg.norm(words, axis=1, keepdims=True), 1)
    return rows


def _places(sentence: str) -> Iterator[tuple[int, int]]:
    """Each word and pair of words once: its place, and the sign it is counted with."""
    words = ["<", *_WORD.findall(_written(sentence.casefold())), ">"]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    for each in sorted({*words, *pairs}):
        code = zlib.crc32(each.encode())
        yield code % WORDS, 1 if code & 0x80000000 else -1


def _written(sentence: str) -> str:
    """Write short forms out."""
    text = _SHORT.sub(lambda found: f"{found[1]} {_LONG[found[2]]}", sentence)
    return _NOT.sub(lambda found: f"{_STEMS.get(found[1], found[1])} not", text)
