"""Fits what tells kinds of sentences by their words: the same numbers from the same sentences.

Softmax over the kinds, and small steps down its slope (Adam), by numpy alone. At each step some
words and some numbers of all words are left out at random, so that none is relied on.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words.attention import Attention, Halves, Places, Pooling, States, attend
from voicereflect.core.words.numbers import Numbers

UNITS: Final = 96
ROUNDS: Final = 12
BATCH: Final = 128
PACE: Final = 3e-3
FIRST_STEPS: Final = 50
"""So long the pace grows; then it falls to nothing."""
WORDS_LEFT_OUT: Final = 0.25
NUMBERS_LEFT_OUT: Final = 0.1
SHRINK: Final = np.float32(2e-5)
LOOKS: Final = 0.5
"""To begin with every unit looks at all words nearly alike."""


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
    pooling = _begun(dice, wanted.shape[1])
    means, spreads = ([np.zeros_like(each) for each in pooling.numbers] for _ in range(2))
    batches = _batches(len(wanted), dice)
    for step, rows in enumerate(batches, start=1):
        words, starts, lengths = _words(states, rows, dice)
        seen = layer[words].astype(np.float32) * _numbers_left(dice)
        down = slopes(pooling, (seen, starts, lengths), wanted[rows], share[rows])
        pace = PACE * min(1, step / FIRST_STEPS) * _still_to_go(step, len(wanted))
        for at, slope in enumerate(down):
            _step(pooling.numbers[at], slope, (means[at], spreads[at]), step, pace)
    return Pooling(*(each.astype(np.float16).astype(np.float32) for each in pooling.numbers))


def _step(
    numbers: Numbers, slope: Numbers, known: tuple[Numbers, Numbers], step: int, pace: float
) -> None:
    """Move numbers down; `known` are the mean of their slopes so far, and of the squares."""
    mean, spread = known
    down = slope + SHRINK * numbers
    mean += np.float32(0.1) * (down - mean)
    spread += np.float32(0.001) * (down * down - spread)
    wide = np.sqrt(spread / np.float32(1 - 0.999**step)) + np.float32(1e-8)
    numbers -= np.float32(pace / (1 - 0.9**step)) * mean / wide


def _begun(dice: np.random.Generator, kinds: int) -> Pooling:
    def drawn(rows: int, columns: int) -> Numbers:
        numbers: Numbers = (dice.normal(size=(rows, columns)) * rows**-0.5).astype(np.float32)
        return numbers

    def with_none(numbers: Numbers) -> Numbers:
        return np.vstack([numbers, np.zeros((1, numbers.shape[1]), dtype=np.float32)])

    looks = drawn(WIDTH, UNITS) * np.float32(LOOKS)
    return Pooling(looks, with_none(drawn(WIDTH, UNITS)), with_none(drawn(UNITS, kinds)))


def _batches(count: int, dice: np.random.Generator) -> Iterator[Places]:
    """All sentences in another order each round, some at a time."""
    for _ in range(ROUNDS):
        yield from np.array_split(dice.permutation(count), -(-count // BATCH))


def _still_to_go(step: int, count: int) -> float:
    """Fall from one to nothing, slowly at both ends."""
    last = ROUNDS * -(-count // BATCH)
    return float(0.5 + 0.5 * np.cos(np.pi * step / (last + 1)))


def _words(
    states: States, rows: Places, dice: np.random.Generator
) -> tuple[Places, Places, Places]:
    """The words of some sentences that are not left out; where each begins, how many it has."""
    lengths = states.lengths[rows]
    starts = np.cumsum(lengths) - lengths
    words = np.repeat(states.starts[rows] - starts, lengths) + np.arange(lengths.sum())
    stay = dice.random(len(words)) >= WORDS_LEFT_OUT
    stay[starts] = True  # what a model puts before each sentence
    lengths = np.add.reduceat(stay, starts, dtype=np.int64)
    return words[stay], np.cumsum(lengths) - lengths, lengths


def _numbers_left(dice: np.random.Generator) -> Numbers:
    kept = dice.random(WIDTH) >= NUMBERS_LEFT_OUT
    return kept.astype(np.float32) / np.float32(1 - NUMBERS_LEFT_OUT)


def slopes(
    pooling: Pooling, seen: tuple[Numbers, Places, Places], wanted: Numbers, share: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """How steeply the mean error rises with each number."""
    states, _, lengths = seen
    near, taken, pooled = attend(pooling, *seen)
    lit = np.maximum(pooled, 0)
    likely = lit @ pooling.says[:-1] + pooling.says[-1]
    likely = np.exp(likely - likely.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    wrong = (likely - wanted) * (share / share.sum())[:, np.newaxis]
    pull = (wrong @ pooling.says[:-1].T) * (pooled > 0)
    apart = near * np.repeat(pull, lengths, axis=0)
    turned = apart * (taken - np.repeat(pooled - pooling.takes[-1], lengths, axis=0))
    return (
        states.T @ turned,
        np.vstack([states.T @ apart, pull.sum(axis=0)]),
        np.vstack([lit.T @ wrong, wrong.sum(axis=0)]),
    )
