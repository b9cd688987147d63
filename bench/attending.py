"""Fits what tells kinds of sentences by their words: the same numbers from the same sentences.

Cross-entropy over the kinds, by Adam, in numpy alone. At each step some words, and some numbers
of all words, are left out at random (dropout), so that none is relied on.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words.attention import Attention, Halves, Places, Pooling, States, attend
from voicereflect.core.words.numbers import Numbers

HEADS: Final = 96
EPOCHS: Final = 12
BATCH: Final = 128
LEARNING_RATE: Final = 3e-3
WARM_UP: Final = 50
"""So many steps the rate grows; then it falls to nothing."""
WORD_DROPOUT: Final = 0.25
DROPOUT: Final = 0.1
WEIGHT_DECAY: Final = np.float32(2e-5)
FIRST_QUERIES: Final = 0.5
"""To begin with every head looks at all words nearly alike."""


def fit(states: States, said: Sequence[str], share: Numbers, facts: Mapping[str, Any]) -> Attention:
    """Fit each layer to the kind of each sentence, and to how much it counts."""
    names = sorted(set(said))
    wanted = np.searchsorted(names, said)
    layers = tuple(
        _pooling(layer, states, np.eye(len(names), dtype=np.float32)[wanted], share, seed)
        for seed, layer in enumerate(states.layers)
    )
    return Attention(kinds=tuple(names), layers=layers, facts=dict(facts))


def _pooling(layer: Halves, states: States, wanted: Numbers, share: Numbers, seed: int) -> Pooling:
    dice = np.random.default_rng(seed)
    pooling = _first(dice, wanted.shape[1])
    means, spreads = ([np.zeros_like(each) for each in pooling.arrays] for _ in range(2))
    batches = _batches(len(wanted), dice)
    for step, rows in enumerate(batches, start=1):
        words, starts, lengths = _words(states, rows, dice)
        seen = layer[words].astype(np.float32) * _dropout(dice)
        found = gradients(pooling, (seen, starts, lengths), wanted[rows], share[rows])
        rate = LEARNING_RATE * min(1, step / WARM_UP) * _decay(step, len(wanted))
        for at, gradient in enumerate(found):
            _step(pooling.arrays[at], gradient, (means[at], spreads[at]), step, rate)
    return Pooling(*(each.astype(np.float16).astype(np.float32) for each in pooling.arrays))


def _step(
    numbers: Numbers, gradient: Numbers, known: tuple[Numbers, Numbers], step: int, rate: float
) -> None:
    """Make one step of Adam; `known` are the running means of gradients and of their squares."""
    mean, spread = known
    decayed = gradient + WEIGHT_DECAY * numbers
    mean += np.float32(0.1) * (decayed - mean)
    spread += np.float32(0.001) * (decayed * decayed - spread)
    wide = np.sqrt(spread / np.float32(1 - 0.999**step)) + np.float32(1e-8)
    numbers -= np.float32(rate / (1 - 0.9**step)) * mean / wide


def _first(dice: np.random.Generator, kinds: int) -> Pooling:
    def drawn(rows: int, columns: int) -> Numbers:
        numbers: Numbers = (dice.normal(size=(rows, columns)) * rows**-0.5).astype(np.float32)
        return numbers

    def with_none(numbers: Numbers) -> Numbers:
        return np.vstack([numbers, np.zeros((1, numbers.shape[1]), dtype=np.float32)])

    queries = drawn(WIDTH, HEADS) * np.float32(FIRST_QUERIES)
    return Pooling(queries, with_none(drawn(WIDTH, HEADS)), with_none(drawn(HEADS, kinds)))


def _batches(count: int, dice: np.random.Generator) -> Iterator[Places]:
    """All sentences in another order each round, some at a time."""
    for _ in range(EPOCHS):
        yield from np.array_split(dice.permutation(count), -(-count // BATCH))


def _decay(step: int, count: int) -> float:
    """Fall from one to nothing, slowly at both ends."""
    last = EPOCHS * -(-count // BATCH)
    return float(0.5 + 0.5 * np.cos(np.pi * step / (last + 1)))


def _words(
    states: States, rows: Places, dice: np.random.Generator
) -> tuple[Places, Places, Places]:
    """The words of some sentences that are not left out; where each begins, how many it has."""
    lengths = states.lengths[rows]
    starts = np.cumsum(lengths) - lengths
    words = np.repeat(states.starts[rows] - starts, lengths) + np.arange(lengths.sum())
    stay = dice.random(len(words)) >= WORD_DROPOUT
    stay[starts] = True  # what a model puts before each sentence
    lengths = np.add.reduceat(stay, starts, dtype=np.int64)
    return words[stay], np.cumsum(lengths) - lengths, lengths


def _dropout(dice: np.random.Generator) -> Numbers:
    kept = dice.random(WIDTH) >= DROPOUT
    return kept.astype(np.float32) / np.float32(1 - DROPOUT)


def gradients(
    pooling: Pooling, seen: tuple[Numbers, Places, Places], wanted: Numbers, share: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Give the gradients of the mean error: of queries, values and outputs."""
    states, _, lengths = seen
    weights, values, pooled = attend(pooling, *seen)
    active = np.maximum(pooled, 0)
    logits = active @ pooling.outputs[:-1] + pooling.outputs[-1]
    likely = np.exp(logits - logits.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    wrong = (likely - wanted) * (share / share.sum())[:, np.newaxis]
    pull = (wrong @ pooling.outputs[:-1].T) * (pooled > 0)
    apart = weights * np.repeat(pull, lengths, axis=0)
    turned = apart * (values - np.repeat(pooled - pooling.values[-1], lengths, axis=0))
    return (
        states.T @ turned,
        np.vstack([states.T @ apart, pull.sum(axis=0)]),
        np.vstack([active.T @ wrong, wrong.sum(axis=0)]),
    )
