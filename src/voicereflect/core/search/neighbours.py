"""All vectors of a vault, and which are nearest to one; knows neither texts nor an index."""

from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.search.filters import BYTES_PER_VECTOR, ORDINAL_BITS, WIDTH
from voicereflect.core.search.float16 import from_half


class VectorTable:
    """All vectors of a vault, widened once from the half precision they are stored in."""

    def __init__(self, blobs: Iterable[tuple[int, bytes]]) -> None:
        """Take each entry's key and the vectors of its passages."""
        pairs = [(entry, blob) for entry, blob in blobs if blob]
        sizes = np.array([len(blob) // BYTES_PER_VECTOR for _, blob in pairs], dtype=np.int64)
        entries = np.array([entry for entry, _ in pairs], dtype=np.int64)
        begins = np.repeat(np.cumsum(sizes) - sizes, sizes)
        ordinals = np.arange(int(sizes.sum()), dtype=np.int64) - begins
        self._keys: NDArray[np.int64] = (np.repeat(entries, sizes) << ORDINAL_BITS) + ordinals
        self._vectors = from_half(b"".join(blob for _, blob in pairs), WIDTH)

    def __len__(self) -> int:
        """Count the passages."""
        return len(self._keys)

    def nearest(
        self, query: bytes, count: int, *, among: Set[int] | None = None
    ) -> dict[int, float]:
        """Give the `count` passages nearest to a vector; others than `among` do not count."""
        if not len(self):
            return {}
        near: NDArray[np.float32] = self._vectors @ from_half(query, WIDTH)[0]
        if among is not None:
            allowed = np.fromiter(among, dtype=np.int64, count=len(among))
            near[~np.isin(self._keys, allowed)] = -np.inf
        count = min(count, len(near))
        # all that are as near as the last one, or the cut would depend on their order
        least = np.partition(near, len(near) - count)[len(near) - count]
        chosen = np.flatnonzero((near >= least) & np.isfinite(near))
        return {int(self._keys[at]): float(near[at]) for at in chosen}
