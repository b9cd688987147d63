"""Vectors as they are stored: exact enough in half the room; knows numbers alone.

Light on purpose: the embedding worker loads it, and somebody waits for that.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def to_half(vectors: Sequence[Sequence[float]] | NDArray[np.float32]) -> bytes:
    """Write rows, one after the other."""
    return np.asarray(vectors, dtype="<f2").tobytes()


def from_half(data: bytes, width: int) -> NDArray[np.float32]:
    """Read rows of `width` numbers."""
    return np.frombuffer(data, dtype="<f2").reshape(-1, width).astype(np.float32)
