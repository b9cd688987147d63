"""Which theme each passage belongs to; knows places and numbers, no words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.themes.passages import PassagePlace

NO_THEME: Final = -1
Members = NDArray[np.int64]
"""Passages of one theme in the order they were said, one a row: entry, passage, nearness."""
Rows = NDArray[np.int64]
"""Assignments, one a row: entry, passage, theme, nearness."""
NO_MEMBERS: Final[Members] = np.zeros((0, 3), dtype=np.int64)


class Assignment(NamedTuple):
    """That a passage belongs to a theme."""

    entry: int
    """Its entry's place in the order of ids."""
    passage: int
    theme: int
    nearness: int
    """Cosine to the theme in thousandths."""

    @property
    def place(self) -> PassagePlace:
        """Where the passage stands."""
        return PassagePlace(self.entry, self.passage)


def rows_of(assigned: Sequence[Assignment]) -> Rows:
    """Put assignments into an array."""
    return np.array(assigned, dtype=np.int64).reshape(-1, 4)


def members_by_key(
    rows: Rows,
    keys: Sequence[str],
    chosen: Mapping[PassagePlace, tuple[str | None, int]],
) -> dict[str, Members]:
    """Give the members of each theme that has any.

    `chosen` goes before what was assigned: the key (None: no theme) and nearness of
    each passage that the person put somewhere.
    """
    if chosen:
        rows = rows[[tuple(place) not in chosen for place in rows[:, :2].tolist()]]
    members = {key: rows[rows[:, 2] == number][:, [0, 1, 3]] for number, key in enumerate(keys)}
    put = defaultdict(list)
    for place, (key, nearness) in chosen.items():
        if key is not None:
            put[key].append((*place, nearness))
    for key, more in put.items():
        members[key] = np.concatenate([members.get(key, NO_MEMBERS), more])
    return {key: in_order(found) for key, found in members.items() if len(found)}


def in_order(members: Members) -> Members:
    """Put members in the order they were said."""
    return members[np.lexsort((members[:, 1], members[:, 0]))]


def nearest(members: Members, count: int) -> Members:
    """The nearest ones, still in the order they were said; of equals the earlier."""
    return members[np.sort(np.argsort(-members[:, 2], kind="stable")[:count])]


def drawn(members: Members, most: int) -> Members:
    """Half to all of `most`, evenly; what comes later changes little of it."""
    apart = 1
    while len(members) > most * apart:
        apart *= 2
    return members[::apart]


def places_of(members: Members) -> list[PassagePlace]:
    """Where they stand."""
    return [PassagePlace(entry, passage) for entry, passage in members[:, :2].tolist()]
