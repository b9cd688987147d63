"""Where each passage stands: what the register decided, and over it what the person did.

Knows places and groups as numbers and keys; no words. Holds arrays, since a long
diary has a hundred thousand passages and a person touches a few of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.themes.places import CODE_BITS, PassagePlace

Numbers = NDArray[np.int64]
NOWHERE: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the fold decided when it came to one entry."""

    id: str
    digest: str
    """Of what was folded; another digest asks for another decision."""
    themes: tuple[int, ...]
    """For each passage the theme's number, or `NOWHERE`."""
    cosines: tuple[int, ...]
    """To the nearest theme, in thousandths."""
    joined: tuple[tuple[int, int, int, int], ...] = ()
    """Earlier passages taken in now: entry's place, passage's, theme, cosine."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Passages and how near each is to its theme, in the order they were said."""

    codes: Numbers
    nearness: Numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self.codes)

    @property
    def entries(self) -> Numbers:
        """For each passage its entry's place in the fold."""
        return self.codes >> CODE_BITS

    def nearest(self, count: int) -> "Standing":
        """The nearest ones, still in the order they were said; of equals the earlier."""
        if len(self.codes) <= count:
            return self
        chosen = np.sort(np.argsort(-self.nearness, kind="stable")[:count])
        return Standing(self.codes[chosen], self.nearness[chosen])

    def drawn(self, most: int) -> "Standing":
        """Half to all of `most`, evenly; what comes later changes little of it."""
        apart = 1
        while len(self.codes) > most * apart:
            apart *= 2
        return Standing(self.codes[::apart], self.nearness[::apart])

    def places(self) -> list[PassagePlace]:
        """All of them."""
        return [PassagePlace.of(code) for code in self.codes.tolist()]

    def together(self, other: "Standing") -> "Standing":
        """Both, in the order they were said."""
        return in_order([*self.codes, *other.codes], [*self.nearness, *other.nearness])


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Every passage that belongs to a theme of the register; codes in ascending order."""

    codes: Numbers
    themes: Numbers
    nearness: Numbers

    def as_mapping(self) -> dict[PassagePlace, tuple[int, int]]:
        """For each place the theme's number and the cosine in thousandths."""
        rows = zip(self.codes.tolist(), self.themes.tolist(), self.nearness.tolist(), strict=True)
        return {PassagePlace.of(code): (theme, near) for code, theme, near in rows}


def members_of(log: Sequence[Decided]) -> Members:
    """Put together what was decided about each entry."""
    sizes = np.array([len(decided.themes) for decided in log], dtype=np.int64)
    entries = np.repeat(np.arange(len(sizes)), sizes)
    passages = np.arange(len(entries)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    themes = _flat(decided.themes for decided in log)
    cosines = _flat(decided.cosines for decided in log)
    now = themes != NOWHERE
    later = np.array([row for decided in log for row in decided.joined], dtype=np.int64)
    later = later.reshape(-1, 4)
    codes = np.concatenate([entries[now], later[:, 0]]) << CODE_BITS
    codes += np.concatenate([passages[now], later[:, 1]])
    order = np.argsort(codes, kind="stable")
    return Members(
        codes[order],
        np.concatenate([themes[now], later[:, 2]])[order],
        np.concatenate([cosines[now], later[:, 3]])[order],
    )


def _flat(rows: Iterable[Sequence[int]]) -> Numbers:
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64)


class Board:
    """All groups by key, and where each passage stands now."""

    def __init__(self, members: Members, keys: Sequence[str]) -> None:
        """Nothing was put anywhere yet."""
        self._members = members
        self._keys = keys
        self._put: dict[int, tuple[str | None, int]] = {}

    def home(self, place: PassagePlace) -> str | None:
        """The key of the group a passage is in."""
        if place.code in self._put:
            return self._put[place.code][0]
        codes = self._members.codes
        at = int(np.searchsorted(codes, place.code))
        if at < len(codes) and int(codes[at]) == place.code:
            return self._keys[int(self._members.themes[at])]
        return None

    def put(self, place: PassagePlace, key: str | None, nearness: int) -> None:
        """Take a passage from wherever it is, and put it into a group or into none."""
        self._put[place.code] = (key, nearness)

    def standings(self) -> dict[str, Standing]:
        """What is in each group that holds anything."""
        members, found = self._members, dict[str, Standing]()
        stays = ~np.isin(members.codes, np.array(list(self._put), dtype=np.int64))
        order = np.argsort(members.themes[stays], kind="stable")
        codes, near = members.codes[stays][order], members.nearness[stays][order]
        ends = np.searchsorted(members.themes[stays][order], np.arange(len(self._keys) + 1))
        for key, (first, end) in zip(self._keys, pairwise(ends.tolist()), strict=True):
            if first < end:
                found[key] = Standing(codes[first:end], near[first:end])
        for key, put in self._put_by_key().items():
            found[key] = found[key].together(put) if key in found else put
        return found

    def _put_by_key(self) -> dict[str, Standing]:
        rows: dict[str, list[tuple[int, int]]] = {}
        for code, (key, nearness) in self._put.items():
            if key is not None:
                rows.setdefault(key, []).append((code, nearness))
        return {key: in_order(*zip(*each, strict=True)) for key, each in rows.items()}


def in_order(codes: Sequence[Any], nearness: Sequence[Any]) -> Standing:
    """Put passages in the order they were said."""
    which = np.array(codes, dtype=np.int64)
    order = np.argsort(which, kind="stable")
    return Standing(which[order], np.array(nearness, dtype=np.int64)[order])
