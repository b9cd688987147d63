"""What a person's own themes took, kept between two looks; digests and numbers, and no word.

What is taken of an entry depends on that entry and the themes alone, so only new
and changed entries are looked at.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.store import bounds
from voicereflect.core.themes.claiming import Claim
from voicereflect.core.themes.places import CODE_BITS, PassagePlace

FORMAT: Final = 1
_LARGEST: Final = 1 << CODE_BITS
Rows = list[tuple[int, int, int]]
"""Passage, the theme's number and nearness."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken of each entry, by the entry's digest."""

    basis: str
    """Tells these themes, and the model their examples are read with, from others."""
    names: Sequence[str]
    """Of the themes, by number; not kept."""
    rows: Mapping[str, Rows]

    def dump(self) -> bytes:
        """Write it."""
        table = {"format": FORMAT, "basis": self.basis, "rows": self.rows}
        return json.dumps(table, separators=(",", ":"), sort_keys=True).encode()

    def missing(self, digests: Sequence[str]) -> list[int]:
        """The places of the entries that were not looked at."""
        return [place for place, digest in enumerate(digests) if digest not in self.rows]

    def claims(self, digests: Sequence[str]) -> dict[PassagePlace, Claim]:
        """What is taken of these entries."""
        return {
            PassagePlace(number, passage): Claim(theme=self.names[theme], nearness=nearness)
            for number, digest in enumerate(digests)
            for passage, theme, nearness in self.rows[digest]
        }


def load(data: bytes, basis: str, names: Sequence[str]) -> Taken:
    """Read it; nothing where it rests on something else or is damaged."""
    try:
        table = bounds.json_value(data)
        if (table["format"], table["basis"]) == (FORMAT, basis):
            rows = {
                str(digest): [
                    (_count(passage), _at(theme, names), _count(near))
                    for passage, theme, near in taken
                ]
                for digest, taken in table["rows"].items()
            }
            return Taken(basis, names, rows)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return Taken(basis, names, {})


def _at(number: object, names: Sequence[str]) -> int:
    return bounds.whole(number, 0, len(names) - 1)


def _count(number: object) -> int:
    return bounds.whole(number, 0, _LARGEST)


def up_to_date(
    taken: Taken, digests: Sequence[str], look: Callable[[int], Mapping[PassagePlace, Claim]]
) -> Taken:
    """Look at the entries that are missing, and forget those that are gone."""
    rows = {digest: taken.rows[digest] for digest in digests if digest in taken.rows}
    for number in taken.missing(digests):
        rows[digests[number]] = [
            (place.passage, taken.names.index(claim.theme), claim.nearness)
            for place, claim in look(number).items()
        ]
    return Taken(taken.basis, taken.names, rows)
