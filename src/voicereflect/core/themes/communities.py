"""Groups among vectors that belong nowhere yet; knows numbers alone, and repeats exactly."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from networkx import Graph

SEED: Final = 6

Vectors = NDArray[np.float32]


def communities(
    vectors: Vectors, *, neighbours: int, floor: float, resolution: float
) -> list[tuple[int, ...]]:
    """Group the rows that are each other's nearest; groups and rows in ascending order.

    Rows are joined to their nearest `neighbours` where the cosine is `floor` or more.
    """
    # slow to load, and most new entries give no reason to look for groups
    from networkx.algorithms.community import louvain_communities  # noqa: PLC0415

    graph = _graph(vectors, neighbours, floor)
    found: Sequence[set[int]] = louvain_communities(graph, resolution=resolution, seed=SEED)
    return sorted(tuple(sorted(group)) for group in found)


def _graph(vectors: Vectors, neighbours: int, floor: float) -> "Graph[int]":
    from networkx import Graph  # noqa: PLC0415 - as above

    count = len(vectors)
    graph: Graph[int] = Graph()
    graph.add_nodes_from(range(count))
    if count < 2:
        return graph
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    nearest = min(neighbours, count - 1)
    # stable, so that equal cosines (a sentence said twice) come in the order they were said
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :nearest]
    for row in range(count):
        graph.add_weighted_edges_from(
            (row, int(column), round(float(cosines[row, column]), 4))
            for column in order[row]
            if cosines[row, column] >= floor
        )
    return graph
