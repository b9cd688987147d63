"""Tells whether an answer speaks of danger, by the words of its sentences and the patterns.

The numbers were fitted to the sentences of `tests/data/calm_voices.tsv` by `tools/calm.py`.
A yes or a no comes out; no score leaves this module. docs/safety.md tells how often it is right.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.safety import calm
from voicereflect.core.words.attention import Attention, States
from voicereflect.core.words.numbers import Numbers

LONG_WORDS: Final = 20
"""What is plain is said in fewer; each word more speaks for somebody telling a story."""
LONG_WEIGHT: Final = 0.4


def notices(numbers: Attention, sentences: Sequence[str], states: States) -> bool:
    """Tell whether any sentence speaks of danger.

    `sentences` are those that `calm.sentences` gives, `states` those of their words.
    """
    return bool(decided(numbers, sentences, scores_of(numbers, sentences, states)).any())


def decided(numbers: Attention, sentences: Sequence[str], scores: Numbers) -> NDArray[np.bool_]:
    """For each sentence yes or no: what the patterns find as well needs a lower score."""
    patterns = calm.patterns()
    plain = np.array([patterns.find(each) for each in sentences], dtype=bool)
    sure, doubtful = float(numbers.facts["sure"]), float(numbers.facts["doubtful"])
    yes: NDArray[np.bool_] = (scores >= sure) | (plain & (scores >= doubtful))
    return yes


def scores_of(numbers: Attention, sentences: Sequence[str], states: States) -> Numbers:
    """For each how much more it is like danger than like anything else, less if it is long."""
    danger = np.isin(numbers.kinds, numbers.facts["dangers"])
    found = [
        _together(logits[:, danger]) - _together(logits[:, ~danger])
        for logits in numbers.logits(states)
    ]
    words = np.array([len(each.split()) for each in sentences], dtype=np.float32)
    more = np.maximum(words - LONG_WORDS, 0) * np.float32(LONG_WEIGHT)
    scores: Numbers = np.mean(found, axis=0) - more
    return scores


def _together(logits: Numbers) -> Numbers:
    """For each sentence how much speaks for any of several kinds."""
    most = logits.max(axis=1, keepdims=True)
    both: Numbers = (most + np.log(np.exp(logits - most).sum(axis=1, keepdims=True)))[:, 0]
    return both
