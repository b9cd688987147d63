"""Groups among vectors that belong nowhere yet; knows numbers alone, and repeats exactly."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

SEED: Final = 6

Vectors = NDArray[np.float32]


def communities(
    vectors: Vectors, *, neighbours: int, floor: float, resolution: float
) -> list[tuple[int, ...]]:
    """Group the rows that are each other's nearest; groups and rows in ascending order.

    Rows are joined to their nearest `neighbours` where the cosine is `floor` or more.
    """
    import networkx as nx  # noqa: PLC0415 - slow to load, and most entries bring no look

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(vectors)))
    graph.add_weighted_edges_from(_edges(vectors, neighbours, floor))
    found: Sequence[set[int]] = nx.community.louvain_communities(
        graph, resolution=resolution, seed=SEED
    )
    return sorted(tuple(sorted(group)) for group in found)


def _edges(vectors: Vectors, neighbours: int, floor: float) -> Iterator[tuple[int, int, float]]:
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    nearest = max(min(neighbours, len(vectors) - 1), 0)
    # stable, so that equal cosines (a sentence said twice) come in the order they were said
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :nearest]
    for row in range(len(vectors)):
        for column in order[row]:
            if cosines[row, column] >= floor:
                yield row, int(column), round(float(cosines[row, column]), 4)
