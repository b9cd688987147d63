"""Fits a layer that tells kinds of sentences: the same numbers from the same rows, by numpy alone.

Least squares. While it is fitted the meanings of two sentences are compared in full, by their
likeness and its square; what the square says is then kept as few factors.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words.kinds import Layer
from voicereflect.core.words.numbers import Numbers

SQUARE: Final = 2.0
"""How much the square of a likeness counts beside the likeness itself."""


def fit_squares(
    rows: Numbers, said: Sequence[str], facts: Mapping[str, Any], *, rank: int
) -> Layer:
    """Fit a layer by least squares, in one step: it ends where the best is, and in less time.

    What speaks for a kind is near one where a sentence is of it, and near nothing elsewhere.
    """
    names, wanted, often = _wanted(said)
    held = np.linalg.solve(_regular(rows), wanted - often).astype(np.float32)
    factors = [_factors_of(rows[:, :WIDTH], each, rank) for each in held.T]
    return Layer(
        kinds=names,
        weights=_half(np.vstack([rows.T @ held, held.sum(axis=0) + often.astype(np.float32)])),
        factors=_half(np.vstack(factors)),
        facts=dict(facts),
    )


def left_out(rows: Numbers, said: Sequence[str], *groupings: Sequence[str]) -> list[Numbers]:
    """For each row how much speaks for each kind, by numbers fitted without the row's group.

    One answer for each way to group them, all from one fit: what it gets wrong within a group, by
    the group's own part of the inverse. The squares are whole here, which gains a hundredth at
    most over few directions.
    """
    _, wanted, often = _wanted(said)
    inverse = np.linalg.inv(_regular(rows))
    held = inverse @ (wanted - often)
    found: list[Numbers] = []
    for groups in map(np.asarray, groupings):
        scores = np.zeros_like(wanted)
        for group in sorted(set(groups)):
            own = np.flatnonzero(groups == group)
            missed = np.linalg.solve(inverse[np.ix_(own, own)], held[own])
            scores[own] = wanted[own] - missed
        found.append(scores.astype(np.float32))
    return found


def _wanted(said: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """The kinds, a one for each sentence at its own, and how often each comes."""
    names = sorted(set(said))
    wanted = np.eye(len(names))[np.searchsorted(names, said)]
    return tuple(names), wanted, wanted.mean(axis=0)


def _regular(rows: Numbers) -> np.ndarray:
    """How alike all rows are, and each to itself one more, so that no number grows large."""
    alike = _alike(rows).astype(np.float64)
    alike[np.diag_indices_from(alike)] += 1
    return alike


def _alike(rows: Numbers) -> Numbers:
    meaning = rows[:, :WIDTH] @ rows[:, :WIDTH].T
    every: Numbers = rows @ rows.T + np.float32(SQUARE) * meaning**2 + np.float32(1)
    return every


def _factors_of(meanings: Numbers, held: Numbers, rank: int) -> Numbers:
    """Keep the directions in which the squares say most, for a kind and against it."""
    turned = (meanings * held[:, np.newaxis]).T @ meanings * np.float32(SQUARE)
    sizes, directions = np.linalg.eigh(turned.astype(np.float64))
    for_it, against = np.clip(sizes[::-1][:rank], 0, None), np.clip(-sizes[:rank], 0, None)
    both = np.concatenate([directions[:, ::-1][:, :rank], directions[:, :rank]], axis=1)
    found: Numbers = (both * np.sqrt(np.concatenate([for_it, against]))).T.astype(np.float32)
    return found


def _half(numbers: Numbers) -> Numbers:
    """Round as the file does."""
    rounded: Numbers = numbers.astype(np.float16).astype(np.float32)
    return rounded
