"""What lies where, by the table of places: counted, never read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Final

from voicereflect.core.store.holdings import HOLDINGS, Root

_OTHERS: Final = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file, as it is seen from outside."""

    path: str
    """Below its root, with slashes."""
    size: int
    mode: int | None
    """Who may read and write it; None where the system does not tell, and of a link."""

    @property
    def is_loose(self) -> bool:
        """Whether other users may read or write it."""
        return bool((self.mode or 0) & _OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlace:
    """All files of one row of the table."""

    root: Root
    folder: str
    folder_mode: int | None
    pattern: str
    """Where they lie below the folder; empty of what no row knows."""
    holds: str
    found: tuple[FoundFile, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes they have together."""
        return sum(each.size for each in self.found)

    @property
    def loose(self) -> int:
        """How many of them are open to other users."""
        return sum(each.is_loose for each in self.found)

    @property
    def modes(self) -> str:
        """Every mode there is among them, the tightest first."""
        known = sorted({each.mode for each in self.found if each.mode is not None})
        return ", ".join(map(mode_text, known))


def mode_text(mode: int | None) -> str:
    """Write a mode as people type it; empty where there is none."""
    return "" if mode is None else f"{mode:04o}"


def sorted_in(
    root: Root, folder: str, found: Iterable[FoundFile], *, folder_mode: int | None = None
) -> Sequence[KeptPlace]:
    """Sort files by the row that knows them most narrowly; what no row knows comes last."""
    place = KeptPlace(
        root=root, folder=folder, folder_mode=folder_mode, pattern="", holds="not of voicereflect"
    )
    rows = [each for each in HOLDINGS if each.root is root]
    sorted_ones: list[list[FoundFile]] = [[] for _ in (*rows, place)]
    for file in found:
        known = [at for at, row in enumerate(rows) if fnmatchcase(file.path, row.pattern)]
        number = max(known, key=lambda at: len(rows[at].pattern), default=len(rows))
        sorted_ones[number].append(file)
    places = [replace(place, pattern=row.pattern, holds=row.holds) for row in rows]
    return [
        replace(each, found=tuple(files))
        for each, files in zip([*places, place], sorted_ones, strict=True)
        if files
    ]
