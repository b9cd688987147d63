"""When a recording was made, by its person, its name or what it says of itself; no file is read.

A moment without a zone is the wall clock of wherever it was recorded. One with the offset of
the place keeps it; UTC is of no place, and is told in this machine's zone.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from voicereflect.core.entry.dates.dates_in_names import NOON, from_name
from voicereflect.core.store.bounds import moment
from voicereflect.errors import SettingsError

_UNSET = tuple(datetime(year, 1, 1, tzinfo=UTC) for year in (1904, 1970, 1980))
"""What devices write whose clock was never set."""
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_NEAR = timedelta(days=1, hours=14)
_AHEAD = timedelta(days=1)
_TAGS = (
    "com.apple.quicktime.creationdate",  # with the offset of the place; so it goes first
    "creation_time",
    "recorded_date",
    "date",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What this machine knows of time."""

    now: datetime
    in_zone: Callable[[datetime], datetime]
    """A moment in this machine's zone at that time; without a zone it is that zone's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a recording was made, and what told it."""

    moment: datetime
    by: str
    """`--date`, `file name`, `metadata` or `last change of the file`."""


def dated(
    *,
    wished: datetime | None,
    name: str,
    tags: Mapping[str, str],
    changed_at: datetime,
    here: Here,
) -> Dated:
    """Take the person's word before the name, that before the metadata, that before the change.

    A name that tells no time of day, or no zone, has it from metadata of the same day.
    """
    told = from_tags(tags, now=here.now)
    named = from_name(name, now=here.now)
    if wished is not None:
        return Dated(moment=placed(wished, here), by="--date")
    if named is not None:
        return _by_name(named, told, here)
    if told is not None:
        return Dated(moment=_local(told, here), by="metadata")
    return Dated(moment=placed(here.in_zone(changed_at), here), by="last change of the file")


def _by_name(found: tuple[datetime, bool], told: datetime | None, here: Here) -> Dated:
    named, has_time = found
    there = None if told is None else _local(told, here)
    if there is not None and named.tzinfo is None and there.date() == named.date():
        if not has_time:
            return Dated(moment=there, by="metadata")
        if told is not None and told.tzinfo not in (None, UTC):
            named = named.replace(tzinfo=there.tzinfo)
    return Dated(moment=_local(named, here), by="file name")


def _local(found: datetime, here: Here) -> datetime:
    """Give what a device told; UTC is told in this machine's zone."""
    return placed(here.in_zone(found) if found.tzinfo is UTC else found, here)


def placed(found: datetime, here: Here) -> datetime:
    """Give it an offset in whole minutes: the one it has, or this machine's at that time."""
    there = found if found.tzinfo else here.in_zone(found)
    offset = there.utcoffset() or timedelta()
    whole = timezone(timedelta(minutes=round(offset.total_seconds() / 60)))
    return there.replace(microsecond=0, tzinfo=whole)


def from_tags(tags: Mapping[str, str], *, now: datetime) -> datetime | None:
    """Find the moment in a file's metadata; one that cannot be true is ignored."""
    known = {key.lower(): value.strip() for key, value in tags.items()}
    clock = known.get("creation_time", "")
    if re.fullmatch(r"\d\d:\d\d:\d\d", clock) and "date" in known:
        known["creation_time"] = f"{known['date']}T{clock}"  # broadcast WAV parts the two
    for tag in _TAGS:
        found = _moment(known.get(tag, ""))
        if found is None:
            continue
        aware = found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
        unset = any(abs(aware - each) < _NEAR for each in _UNSET)
        if _EARLIEST <= aware <= now + _AHEAD and not unset:
            return found
    return None


def from_person(text: str) -> datetime:
    """Read a date, or a date and a time, that a person typed; noon if there is no time.

    Raises:
        SettingsError: it is neither.
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
            return moment(f"{text.strip()}T{NOON}")
        return moment(text)
    except ValueError as error:
        raise SettingsError(
            f"--date: `{text}` is no date.", hint="Write 2024-05-03 or 2024-05-03T10:22."
        ) from error


def _moment(text: str) -> datetime | None:
    """Read a moment with a time of day; a date alone is that of a release, not of a recording."""
    if not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text):
        return None
    try:
        return moment(text)
    except ValueError:
        return None
