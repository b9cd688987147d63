"""An entry named by its day, in plain words: `yesterday`, `2026-11-28/2`; knows no command."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.ids import day_of, second_of, short
from voicereflect.core.search.dates import Days, days
from voicereflect.errors import EntryNotFound, EntryUnreadable, SettingsError
from voicereflect.flows.library.pointing import unnamed_within
from voicereflect.ports.vault import EntryReader

KEYWORD: Final = "last"
LISTED: Final = 8
FURTHEST: Final = timedelta(days=2)
"""A day by its own clock, and one that begins at four, lies so near to that in UTC."""

Moment = tuple[str, datetime]


def with_id(vault: EntryReader, reference: str, today: date) -> str:
    """Put an entry's id where a reference names its day; any other reference stays as it is.

    Letters that an id ends with are those of that entry, also where they spell a month.

    Raises:
        EntryNotFound: that day has no entry, or several, which are listed.
        EntryUnreadable: the day's one page does not tell its id any more.
    """
    name, slash, rest = reference.strip().partition("/")
    meant = None if name.lower() == KEYWORD else _days(name, today)
    if meant is None:
        return reference
    ids = vault.ids()
    if any(short(each) == name.lower() for each in ids):
        return reference
    found = list(_within(vault, ids, meant))
    if len(found) == 1:
        return f"{found[0][0]}{slash}{rest}"
    if len(found) > LISTED:
        raise EntryNotFound(
            f"`{name}` means {len(found)} entries.", hint=f"`voicereflect list {name}` shows them."
        )
    if found:
        raise EntryNotFound(
            f"`{name}` means {len(found)} entries: {', '.join(map(_shown, found))}.",
            hint="Type the letters of the one you mean.",
        )
    for problem in unnamed_within(vault, meant):
        raise problem
    raise EntryNotFound(
        f"There is no entry of `{name}` ({_span(meant)}).",
        hint=f'`voicereflect list --until "{name}"` shows those before.',
    )


def _days(name: str, today: date) -> Days | None:
    try:
        return days(name, today)
    except SettingsError:
        return None


def _within(vault: EntryReader, ids: Sequence[str], wanted: Days) -> Iterator[Moment]:
    for each in ids:
        second = second_of(each)
        if second is None or not _is_near(second.date(), wanted):
            continue
        moment = second
        with suppress(EntryUnreadable):  # by its id alone; whoever opens it is told
            moment = vault.load(each).started_at
        if wanted.first <= day_of(moment) <= wanted.last:
            yield each, moment


def _is_near(day: date, wanted: Days) -> bool:
    return day - wanted.last <= FURTHEST and wanted.first - day <= FURTHEST


def _shown(moment: Moment) -> str:
    entry_id, at = moment
    return f"{short(entry_id)} ({day_in_words(at.date())}, {at:%H:%M})"


def _span(meant: Days) -> str:
    first, last = day_in_words(meant.first), day_in_words(meant.last)
    return first if first == last else f"{first} to {last}"
