"""When a recording was made, by what its file says of itself or by its name; no file is read.

A moment without a zone is the wall clock of wherever it was recorded.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from voicereflect.core.store.bounds import moment
from voicereflect.errors import SettingsError

_EARLIEST = datetime(1980, 1, 2, tzinfo=UTC)
"""Devices whose clock was never set write 1904, 1970 or the first of 1980."""
_AHEAD = timedelta(days=1)
NOON = time(12)
"""Stands for a time that is not known."""

_NAME = re.compile(
    r"""(?<!\d)
    (?P<year>(?:19[89]|20\d)\d) (?P<sep>[-._ ]?)
    (?P<month>0[1-9]|1[0-2]) (?P=sep)
    (?P<day>0[1-9]|[12]\d|3[01])
    (?= \D | $ | \d{6}(?!\d) )
    (?: (?:[T_, -]+|\s+at\s+|\s+um\s+)?
        (?P<hour>\d{1,2}) (?P<tick>[-.:_h]?) (?P<minute>[0-5]\d)
        (?: [-.:_]? (?P<second>[0-5]\d) )? (?!\d)
        (?: \s* (?P<half>[ap])\.?m\b )?
    )?""",
    re.VERBOSE | re.IGNORECASE,
)
_TAGS = (
    "com.apple.quicktime.creationdate",  # with the offset of the place; so it goes first
    "creation_time",
    "recorded_date",
    "date",
)


def from_name(stem: str) -> datetime | None:
    """Find the moment in a file's name, as phones, recorders and messengers write it.

    Without a time of day it is noon.
    """
    for found in _NAME.finditer(stem):
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        return datetime.combine(day, _time(found) or NOON)
    return None


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
        if _EARLIEST <= aware <= now + _AHEAD:
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


def _time(found: re.Match[str]) -> time | None:
    if found["hour"] is None or (len(found["hour"]) == 1 and not found["tick"]):
        return None
    hour = int(found["hour"])
    if half := found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 23:
        return None
    return time(hour, int(found["minute"]), int(found["second"] or 0))
