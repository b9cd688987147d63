"""Which entry a reference means, also where a page does not even tell whose it is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from voicereflect.core.entry import refs
from voicereflect.core.entry.ids import day_of
from voicereflect.core.search.dates import Days
from voicereflect.errors import EntryNotFound, EntryUnreadable
from voicereflect.ports.vault import EntryReader

_LOCAL: Final = "%Y-%m-%dT%H%M"
_LOCAL_LETTERS: Final = 15


def pointed(vault: EntryReader, reference: str) -> refs.Reference:
    """Find the entry a reference means; `last` and `-2` ask for the newest entries alone.

    Raises:
        EntryNotFound: it names no entry, or several.
        EntryUnreadable: what it names is there, and does not tell its id any more.
    """
    back = refs.steps_back(reference)
    if back:
        for _, problem in vault.unnamed(newest=back):
            raise problem  # and not an older entry in its place
        return refs.resolve(reference, vault.newest(back))
    try:
        return refs.resolve(reference, vault.ids())
    except EntryNotFound:
        letters = refs.parse(reference).entry.lower().rpartition("-")[2]
        for folder, problem in vault.unnamed():
            if folder.lower().endswith(f"-{letters}"):
                raise problem from None
        raise


def unnamed_within(vault: EntryReader, wanted: Days) -> Iterator[EntryUnreadable]:
    """Find pages of a time that do not tell their id; their folders tell the day."""
    for folder, problem in vault.unnamed():
        day = _day_of(folder)
        if day is not None and wanted.first <= day <= wanted.last:
            yield problem


def _day_of(folder: str) -> date | None:
    try:
        return day_of(datetime.strptime(folder[:_LOCAL_LETTERS], _LOCAL).replace(tzinfo=UTC))
    except ValueError:
        return None
