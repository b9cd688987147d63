"""Which entry a reference means, also where a page does not even tell whose it is."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from typing import Final

from voicereflect.core.entry import refs
from voicereflect.core.entry.ids import day_of
from voicereflect.core.search.dates import Days
from voicereflect.errors import EntryNotFound, EntryUnreadable
from voicereflect.ports.vault import EntryReader

_LOCAL: Final = "%Y-%m-%dT%H%M"
_LOCAL_LETTERS: Final = 15


def pointed(vault: EntryReader, reference: str, also: Collection[str] = ()) -> refs.Reference:
    """Find the entry a reference means; `last` and `-2` ask for the newest entries alone.

    `also`: ids that can be meant besides.

    Raises:
        EntryNotFound: it names no entry, or several.
        EntryUnreadable: what it names is there, and does not tell its id any more.
    """
    back = refs.steps_back(reference)
    if back:
        for folder, problem in vault.unnamed(newest=back):
            if not any(each.endswith(_letters(folder)) for each in also):
                raise problem  # and not an older entry in its place
        newest = vault.newest(back)
        return refs.resolve(reference, sorted({*newest, *also}) if also else newest)
    try:
        return refs.resolve(reference, sorted({*vault.ids(), *also}))
    except EntryNotFound:
        letters = _letters(refs.parse(reference).entry.lower())
        for folder, problem in vault.unnamed():
            if _letters(folder) == letters:
                raise problem from None
        raise


def unnamed_within(vault: EntryReader, wanted: Days) -> Iterator[EntryUnreadable]:
    """Find pages of a time that do not tell their id; their folders tell the day."""
    for folder, problem in vault.unnamed():
        day = _day_of(folder)
        if day is not None and wanted.first <= day <= wanted.last:
            yield problem


def _letters(name: str) -> str:
    """Give the letters that an id and the name of its folder end with."""
    return name.rpartition("-")[2]


def _day_of(folder: str) -> date | None:
    try:
        return day_of(datetime.strptime(folder[:_LOCAL_LETTERS], _LOCAL).replace(tzinfo=UTC))
    except ValueError:
        return None
