"""Arithmetic of sentence vectors; knows numbers and which sentences stand side by side."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.themes.passages import ThemePassage, neighbours

Vectors = NDArray[np.float32]


def unit(vectors: NDArray[np.floating[Any]]) -> Vectors:
    """Scale each row to length one."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(norms, 1e-9)).astype(np.float32)
    return scaled


def smoothed(passages: Sequence[ThemePassage], vectors: Vectors, share: float) -> Vectors:
    """Read each sentence with its neighbours: a share of theirs is added to its own."""
    raw = vectors.astype(np.float32)
    sums = raw.copy()
    for before, after in neighbours(passages):
        sums[before] += share * raw[after]
        sums[after] += share * raw[before]
    return unit(sums)
