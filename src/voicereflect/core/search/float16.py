"""Vectors as they are stored, in half precision; knows numbers alone.

Imports little on purpose: the embedding worker loads it while a person waits.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

BYTES: Final = 2
"""Of one number."""


def to_half(vectors: Sequence[Sequence[float]] | NDArray[np.float32]) -> bytes:
    """Write rows, one after the other."""
    return np.asarray(vectors, dtype="<f2").tobytes()


def from_half(data: bytes, width: int) -> NDArray[np.float32]:
    """Read rows of `width` numbers."""
    return np.frombuffer(data, dtype="<f2").reshape(-1, width).astype(np.float32)
