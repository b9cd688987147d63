"""Groups by average linkage: the same as joining the nearest pair again and again."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.themes.clustering.grouping import groups
from voicereflect.core.themes.clustering.vectors import Vectors, unit


def rows(seed: int, count: int) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(count, 4)))


def joined_nearest_first(vectors: Vectors, linked: float) -> list[tuple[int, ...]]:
    """The definition, word for word."""
    cosines = vectors @ vectors.T
    found: list[tuple[int, ...]] = [(row,) for row in range(len(vectors))]
    while len(found) > 1:
        mean, one, other = max(
            (float(cosines[np.ix_(a, b)].mean()), a, b) for a, b in combinations(found, 2)
        )
        if mean < linked:
            break
        found = [each for each in found if each not in (one, other)]
        found.append(tuple(sorted(one + other)))
    return sorted(found)


@given(st.integers(0, 10_000), st.integers(0, 14), st.sampled_from([-0.5, 0.0, 0.2, 0.4, 0.8]))
def test_groups_are_those_of_the_definition(seed: int, count: int, linked: float) -> None:
    vectors = rows(seed, count)
    assert groups(vectors, linked=linked) == joined_nearest_first(vectors, linked)


@given(st.integers(0, 10_000), st.integers(1, 30))
def test_every_row_is_in_one_group(seed: int, count: int) -> None:
    vectors = rows(seed, count)
    found = groups(vectors, linked=0.2)
    assert sorted(row for group in found for row in group) == list(range(count))


@given(st.integers(0, 10_000), st.integers(2, 12))
def test_rows_that_are_the_same_are_one_group(seed: int, copies: int) -> None:
    vectors = np.repeat(rows(seed, 3), copies, axis=0)
    for group in groups(vectors, linked=0.99):
        assert len(group) % copies == 0
