"""Tells whether an answer speaks of danger, by what its sentences mean together with the patterns.

The numbers were fitted to the sentences of `tests/data/calm_voices.tsv` by `tools/calm.py`.
A yes or a no comes out; no score leaves this module. docs/safety.md tells how often it is right.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.safety import calm
from voicereflect.core.words import kinds
from voicereflect.core.words.kinds import Layer, Numbers

ANY: Final = "any"
"""All dangers as one kind, told by least squares: they err elsewhere than the others do."""
SIGNS: Final = 16
"""The first tells whether the patterns find danger."""
SIGN_WEIGHT: Final = 0.3
LONG_WORDS: Final = 20
"""What is plain is said in fewer; each word more speaks for somebody telling a story."""
LONG_WEIGHT: Final = 0.2


def notices(layer: Layer, sentences: Sequence[str], vectors: Numbers) -> bool:
    """Tell whether any sentence speaks of danger.

    `sentences` are those that `calm.sentences` gives, `vectors` what they mean, row by row.
    """
    rows = features(sentences, vectors)
    return bool(np.any(decided(layer, rows, leaning(layer, sentences, rows))))


def decided(layer: Layer, rows: Numbers, scores: Numbers) -> NDArray[np.bool_]:
    """For each row yes or no: what the patterns find as well needs a lower score."""
    plain = rows[:, -SIGNS] > 0
    sure, doubtful = float(layer.facts["sure"]), float(layer.facts["doubtful"])
    yes: NDArray[np.bool_] = (scores >= sure) | (plain & (scores >= doubtful))
    return yes


def leaning(layer: Layer, sentences: Sequence[str], rows: Numbers) -> Numbers:
    """For each row how much more it is like danger than like anything else, less if it is long."""
    likely = layer.likely(rows)
    danger, twice = (np.isin(layer.kinds, each) for each in (layer.facts["dangers"], ANY))
    words = np.array([len(each.split()) for each in sentences], dtype=np.float32)
    more = np.maximum(words - LONG_WORDS, 0) * np.float32(LONG_WEIGHT)
    other = kinds.together(likely[:, ~danger & ~twice])
    again = np.float32(layer.facts["again"]) * (likely[:, twice].sum(axis=1) - np.float32(0.5))
    found: Numbers = kinds.together(likely[:, danger]) - other + again - more
    return found


def features(sentences: Sequence[str], vectors: Numbers) -> Numbers:
    """Give one row for each sentence: its vector, its words, its signs."""
    patterns = calm.patterns()
    signs = np.array([patterns.signs(each) for each in sentences], dtype=np.float32)
    rows = kinds.rows_of([patterns.as_written(each) for each in sentences], vectors)
    return np.hstack([rows, signs.reshape(-1, SIGNS) * np.float32(SIGN_WEIGHT)])
