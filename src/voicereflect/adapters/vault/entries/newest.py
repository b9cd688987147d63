"""Finds the newest entries by the names of their folders; knows names, and reads no file."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from heapq import nlargest
from typing import Final

from voicereflect.core.entry.ids import ID_PATTERN

_DATED: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{4}(?=-)", re.ASCII)
"""How the name of an entry's folder begins: its local time."""
_WEST: Final = timedelta(hours=12)
"""No zone is further behind UTC."""
_UNDATED_MOST: Final = 100


def newest(
    places: Iterable[str], count: int, id_at: Callable[[str], str]
) -> tuple[str, ...] | None:
    """List the ids of the newest entries, oldest first; None if too few names tell a time.

    A name with another time than its entry's is believed. `id_at` reads the id of
    a place, and is asked of few: the newest, and those without a time in their name.
    """
    dated, others = _parted(places)
    if len(others) > _UNDATED_MOST:
        return None
    found = {entry_id for place in others if (entry_id := id_at(place))}
    best = nlargest(count, found)
    for local, place in dated:
        if len(best) >= count and local < f"{_utc_of(best[-1]) - _WEST:%Y-%m-%dT%H%M}":
            break
        entry_id = id_at(place)
        if entry_id and entry_id not in found:
            found.add(entry_id)
            best = nlargest(count, [*best, entry_id])
    return tuple(reversed(best))


def named_last(places: Iterable[str], count: int) -> list[str]:
    """List the places whose names tell the latest times."""
    return [place for _, place in _parted(places)[0][:count]]


def _parted(places: Iterable[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Give local times and places of folders that have one in their name; and the others."""
    dated, others = [], []
    for place in places:
        name = _DATED.match(place, place.rfind("/") + 1)
        if name is None:
            others.append(place)
        else:
            dated.append((name[0], place))
    return sorted(dated, reverse=True), others


def _utc_of(entry_id: str) -> datetime:
    """When an entry began, by its id; long ago where the id is of another kind."""
    long_ago = datetime(1000, 1, 1)  # noqa: DTZ001 - compared with local times
    if not ID_PATTERN.fullmatch(entry_id):
        return long_ago
    try:
        return datetime.strptime(entry_id[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007
    except ValueError:
        return long_ago
