"""When an entry began, put right by its person; its id and its folder stay as they are."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from voicereflect.core.entry.dates.recording_dates import Here, placed
from voicereflect.core.store.bounds import moment
from voicereflect.errors import SettingsError
from voicereflect.model import Entry

ANYWHERE: Final = timedelta(days=1)
"""So far ahead a clock of somewhere else, or a time of day that was kept, may be."""
AS_IN: Final = "Write 2024-05-03 or 2024-05-03T10:22."


def wished(text: str, entry: Entry, here: Here) -> datetime:
    """Read when an entry began; a date alone leaves it its time of day and its offset.

    Raises:
        SettingsError: it is no date, or one that lies ahead.
    """
    try:
        began = _began(text.strip(), entry, here)
    except ValueError as error:
        raise SettingsError(f"`{text}` is no date.", hint=AS_IN) from error
    if began - here.now > ANYWHERE:
        raise SettingsError(f"`{text}` lies ahead; nothing was said then.", hint=AS_IN)
    return began


def _began(text: str, entry: Entry, here: Here) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return placed(moment(text), here)
    day = moment(f"{text}T12:00").date()
    return entry.started_at.replace(year=day.year, month=day.month, day=day.day)


def redated(entry: Entry, began: datetime) -> Entry:
    """Give an entry another date; what stood first is remembered, however often that is done."""
    if began == entry.started_at:
        return entry
    first = entry.redated_from or entry.started_at.isoformat()
    return replace(entry, started_at=began, redated_from=first)


def with_first_date(entry: Entry) -> Entry:
    """Give back the date that stood first.

    Raises:
        SettingsError: it has no other date, or none that can be read.
    """
    first = _moment(entry.redated_from)
    if first is None:
        raise SettingsError(
            "This entry has the date it was given first.", hint="Nothing was changed."
        )
    return replace(entry, started_at=first, redated_from="")


def _moment(text: str) -> datetime | None:
    try:
        found = moment(text)
    except ValueError:
        return None
    return found if found.utcoffset() is not None else None
