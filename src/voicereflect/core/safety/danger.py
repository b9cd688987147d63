"""Tells whether an answer speaks of danger, by what its sentences mean together with the patterns.

One layer of numbers over a sentence's vector, its words and the signs that the patterns
see; it was fitted to the sentences of `tests/data/calm_voices.tsv` by `tools/calm.py`.
A yes or a no comes out; no score leaves this module. docs/safety.md tells how often it is right.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.safety import calm
from voicereflect.core.search.filters import WIDTH
from voicereflect.errors import SettingsError

FORMAT: Final = 1
WORDS: Final = 2048
"""So many places for single words and pairs of words; several share one."""
SIGNS: Final = 16
"""The first tells whether the patterns find danger."""
SIGN_WEIGHT: Final = 0.3
FEATURES: Final = WIDTH + WORDS + SIGNS

Numbers = NDArray[np.float32]

_WORD = re.compile(r"[a-z']+")
_SHORT = re.compile(r"(?<!\w)(i|you|he|she|they|we|it|that|there)'(ll|d|ve|re|m|s)\b")
_LONG: Final = {"ll": "will", "d": "would", "ve": "have", "re": "are", "m": "am", "s": "is"}
_NOT = re.compile(
    r"\b(ca|could|did|do|does|is|was|were|would|should|have|has|had|wo|ai|are|need)n't\b"
)
_STEMS: Final = {"ca": "can", "wo": "will", "ai": "is"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The numbers: one column for each kind of sentence."""

    kinds: tuple[str, ...]
    dangers: tuple[str, ...]
    """Those of the kinds that are dangers."""
    weights: Numbers
    """`FEATURES` rows, then one for what is added always."""
    sure: float
    """From here on a sentence is taken for danger."""
    doubtful: float
    """From here on it is, if the patterns find it as well."""
    data: str
    """SHA-256 of the sentences it was fitted to."""

    def dump(self) -> bytes:
        """Write it: one line of JSON, then the weights in half precision, row by row."""
        rows = self.weights.astype("<f2").tobytes()
        head = {
            "format": FORMAT,
            "kinds": self.kinds,
            "dangers": self.dangers,
            "sure": self.sure,
            "doubtful": self.doubtful,
            "data": self.data,
            "sha256": hashlib.sha256(rows).hexdigest(),
        }
        return json.dumps(head).encode() + b"\n" + rows


def parse(content: bytes) -> Layer:
    """Read the numbers.

    Raises:
        SettingsError: they are none of this format, or damaged.
    """
    try:
        line, rows = content.split(b"\n", 1)
        return _layer(json.loads(line), rows)
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"The numbers of the calm line cannot be read: {error}.",
            hint="Install voicereflect again.",
        ) from error


def _layer(head: dict[str, Any], rows: bytes) -> Layer:
    if head["format"] != FORMAT or head["sha256"] != hashlib.sha256(rows).hexdigest():
        raise ValueError("another format, or damaged")
    kinds = tuple(head["kinds"])
    return Layer(
        kinds=kinds,
        dangers=tuple(head["dangers"]),
        weights=np.frombuffer(rows, dtype="<f2").reshape(FEATURES + 1, len(kinds)).astype("f4"),
        sure=float(head["sure"]),
        doubtful=float(head["doubtful"]),
        data=str(head["data"]),
    )


def notices(layer: Layer, sentences: Sequence[str], vectors: Numbers) -> bool:
    """Tell whether any sentence speaks of danger.

    `sentences` are those that `calm.sentences` gives, `vectors` what they mean, row by row.
    """
    rows = features(sentences, vectors)
    scores = leaning(layer, rows)
    plain = rows[:, WIDTH + WORDS] > 0
    return bool(np.any((scores >= layer.sure) | (plain & (scores >= layer.doubtful))))


def leaning(layer: Layer, rows: Numbers) -> Numbers:
    """For each row how much more it is like danger than like anything else."""
    likely = rows @ layer.weights[:-1] + layer.weights[-1]
    danger = np.isin(layer.kinds, layer.dangers)
    found: Numbers = _together(likely[:, danger]) - _together(likely[:, ~danger])
    return found


def features(sentences: Sequence[str], vectors: Numbers) -> Numbers:
    """Give one row for each sentence: its vector, its words, its signs."""
    rows = np.zeros((len(sentences), FEATURES), dtype=np.float32)
    rows[:, :WIDTH] = vectors
    for row, sentence in zip(rows, sentences, strict=True):
        words = row[WIDTH : WIDTH + WORDS]
        for place, sign in _places(sentence):
            words[place] += sign
        words /= max(1.0, float(np.linalg.norm(words)))
        row[WIDTH + WORDS :] = calm.patterns().signs(sentence)
        row[WIDTH + WORDS :] *= SIGN_WEIGHT
    return rows


def _places(sentence: str) -> Iterator[tuple[int, int]]:
    """Each word and pair of words once: its place, and the sign it is counted with."""
    words = ["<", *_WORD.findall(_written(sentence)), ">"]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    for each in sorted({*words, *pairs}):
        code = zlib.crc32(each.encode())
        yield code % WORDS, 1 if code & 0x80000000 else -1


def _written(sentence: str) -> str:
    """Write short forms out."""
    text = _SHORT.sub(lambda found: f"{found[1]} {_LONG[found[2]]}", sentence)
    text = _NOT.sub(lambda found: f"{_STEMS.get(found[1], found[1])} not", text)
    for said, written in calm.patterns().spoken:
        text = said.sub(written, text)
    return text


def _together(likely: Numbers) -> Numbers:
    most = likely.max(axis=1, keepdims=True)
    both: Numbers = (most + np.log(np.exp(likely - most).sum(axis=1, keepdims=True)))[:, 0]
    return both
