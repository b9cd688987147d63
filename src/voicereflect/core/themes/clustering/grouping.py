"""Groups among vectors that belong nowhere yet; knows numbers alone, and repeats exactly."""

from typing import Final

import numpy as np

from voicereflect.core.themes.clustering.vectors import Vectors

GONE: Final = -np.inf
"""Stands where two rows can no longer be joined."""


def groups(vectors: Vectors, *, linked: float) -> list[tuple[int, ...]]:
    """Join the two nearest groups of rows until no two have a mean cosine of `linked`.

    Average linkage, found along chains of nearest neighbours (Murtagh 1983): the
    number of rows squared in time and room. Groups and rows in ascending order.
    """
    cosines = np.round((vectors @ vectors.T).astype(np.float64), 4)
    np.fill_diagonal(cosines, GONE)
    open_groups = {row: [row] for row in range(len(vectors))}
    done: list[tuple[int, ...]] = []
    chain: list[int] = []
    while open_groups:
        chain = chain or [next(iter(open_groups))]
        last, before = chain[-1], chain[-2:-1]
        nearest = int(cosines[last].argmax())
        if before and cosines[last, before[0]] >= cosines[last, nearest]:
            nearest = before[0]  # of equals the one we came from, or the chain would go in circles
        if cosines[last, nearest] < linked:
            done.append(tuple(sorted(open_groups.pop(last))))
            cosines[last] = cosines[:, last] = GONE
            chain.pop()
        elif nearest in before:
            del chain[-2:]
            size, other = len(open_groups[last]), len(open_groups[nearest])
            both = (cosines[last] * size + cosines[nearest] * other) / (size + other)
            open_groups[nearest] += open_groups.pop(last)
            cosines[nearest] = cosines[:, nearest] = both
            cosines[last] = cosines[:, last] = GONE
        else:
            chain.append(nearest)
    return sorted(done)
