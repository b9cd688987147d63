"""What lies where, by the table of places: counted, never read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from voicereflect.core.store.holdings import HOLDINGS, Place, Root


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file, as it is seen from outside."""

    path: str
    """Below its root, with slashes."""
    size: int
    is_loose: bool
    """Whether other users may read or write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlace:
    """All files of one row of the table."""

    root: Root
    folder: str
    pattern: str
    holds: str
    files: int = 0
    size: int = 0
    loose: int = 0


def sorted_in(root: Root, folder: str, found: Iterable[FoundFile]) -> Sequence[KeptPlace]:
    """Count files by the row that knows them most narrowly; what no row knows comes last."""
    rows = [place for place in HOLDINGS if place.root is root]
    places = [_empty(root, folder, row) for row in rows]
    places.append(KeptPlace(root=root, folder=folder, pattern="", holds="not of voicereflect"))
    for file in found:
        known = [at for at, row in enumerate(rows) if fnmatchcase(file.path, row.pattern)]
        number = max(known, key=lambda at: len(rows[at].pattern), default=len(rows))
        place = places[number]
        places[number] = replace(
            place,
            files=place.files + 1,
            size=place.size + file.size,
            loose=place.loose + file.is_loose,
        )
    return [place for place in places if place.files]


def _empty(root: Root, folder: str, row: Place) -> KeptPlace:
    return KeptPlace(root=root, folder=folder, pattern=row.pattern, holds=row.holds)
