"""What an import brings; and the lines of `imports.jsonl`, by which one step undoes it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from voicereflect.core.journals.values import Arrival, Program
from voicereflect.core.store import bounds

PAGE: Final = "imports.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMade:
    """One import; no word of an entry."""

    made: datetime
    name: str
    """The file or folder it came from, without folders."""
    digest: str
    """What is the same when the same export is read again."""
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an import would bring; nothing is done yet."""

    name: str
    program: Program
    digest: str
    new: tuple[Arrival, ...]
    doubles: int
    """Those that are in the vault already, or twice in the export."""
    with_sound: tuple[str, ...] = ()
    """Entries among the doubles that have recordings: their texts may still be to come."""
    left_out: Mapping[str, int]
    """Why parts of it are no entries, and how many those are."""

    @property
    def sounds(self) -> int:
        """How many recordings it brings."""
        return sum(len(each.sounds) for each in self.new)

    @property
    def files(self) -> int:
        """How many pictures and other files."""
        return sum(len(each.files) for each in self.new)


@dataclass(slots=True, kw_only=True)
class Brought:
    """What an import brought."""

    entries: int = 0
    pending: list[tuple[str, int]] = field(default_factory=list)
    """Recordings that wait for their text: entry and number."""
    problems: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What was taken back."""

    made: ImportMade
    """The import, or the last part of one that was broken off and done again."""
    entries: int
    busy: int
    """Entries that another process has; the same command takes them back later."""


def added(page: str, one: ImportMade) -> str:
    """Add one more."""
    table = {
        "made": one.made.isoformat(),
        "name": one.name,
        "digest": one.digest,
        "entries": one.entries,
    }
    before = page if not page or page.endswith("\n") else f"{page}\n"
    return f"{before}{json.dumps(table)}\n"


def newest(page: str) -> Sequence[ImportMade]:
    """Give the newest import: one that was broken off and done again is one with its beginning."""
    made = [each for each in map(_read, page.split("\n")) if each is not None]
    return [each for each in made if each.digest == made[-1].digest]


def without(page: str, gone: Sequence[ImportMade]) -> str:
    """Take imports out; a line that cannot be read stays."""
    return "".join(line for line in page.splitlines(keepends=True) if _read(line) not in gone)


def _read(line: str) -> ImportMade | None:
    try:
        table = bounds.json_value(line)
        return ImportMade(
            made=bounds.moment(table["made"]),
            name=str(table["name"]),
            digest=str(table["digest"]),
            entries=tuple(map(str, table["entries"])),
        )
    except (ValueError, KeyError, TypeError):
        return None
