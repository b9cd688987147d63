"""Names of entries: ids, folder names and the day an entry belongs to; knows no disk or clock."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from voicereflect.core.store.bounds import in_calendar
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Entry

_PARTS = re.compile(r"^[0-9]{4}|[0-9]{2}")
ID_PATTERN = re.compile(r"[0-9]{8}T[0-9]{6}Z-[a-z]{4}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SLUG_LIMIT = 40
# What is said at two at night belongs to the evening before.
_DAY_BEGINS_AT = timedelta(hours=4)


class Dice(Protocol):
    """What `random.Random` offers and core may not import."""

    def choice(self, seq: str, /) -> str:
        """Pick one letter."""


def new_id(now: datetime, rng: Dice) -> str:
    """Make an id: the UTC second and four letters; ids sort by time."""
    letters = "".join(rng.choice(_LETTERS) for _ in range(4))
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{letters}"


def second_of(entry_id: str) -> datetime | None:
    """Give the UTC second that an id begins with; None if the text is no id.

    What is no id must never become a path.
    """
    if not ID_PATTERN.fullmatch(entry_id):
        return None
    year, month, day, hour, minute, second = map(int, _PARTS.findall(entry_id))
    try:
        found = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:  # no such day
        return None
    return found if in_calendar(found) else None


def short(entry_id: str) -> str:
    """Give the letters an id ends with: what a person types, and every list shows."""
    return entry_id.rpartition("-")[2] or entry_id


def folder_name(entry: Entry, *, bare: bool = False) -> str:
    """Name an entry's folder for people: local time, deck, letters of the id; `bare`: no deck."""
    at, letters = f"{entry.started_at:%Y-%m-%dT%H%M}", short(entry.id)
    return f"{at}-{letters}" if bare else f"{at}-{slug(entry.deck)}-{letters}"


def slug(name: str) -> str:
    """Turn any name into a short part of a file name that every system takes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:_SLUG_LIMIT].rstrip("-") or "entry"


def day_of(started_at: datetime) -> date:
    """Tell the day an entry belongs to, by its own offset; a day begins at four."""
    return (started_at - _DAY_BEGINS_AT).date()


def same_id(folder: str, first: str) -> EntryUnreadable:
    """Make the error for a second folder that has an entry's id."""
    return EntryUnreadable(
        f"{folder} has the same id as {first}.",
        hint="Keep one of the two folders in the vault and move the other out of it.",
    )
