"""Entries that a sitting left unfinished: a take or a lock still stands in their folder."""

import os
from pathlib import Path

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.answers import answer_files
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.refusals import translated
from voicereflect.core.store.strays import in_entry


def ids(shelves: EntryFolders) -> tuple[str, ...]:
    """Name the unfinished entries, oldest first; a folder known to be finished is not opened."""
    left = (place for place in shelves.stirred() if is_abandoned(shelves.folder(place)))
    return tuple(sorted({entry_id for place in left if (entry_id := shelves.id_at(place))}))


def quiet(shelves: EntryFolders) -> dict[str, str]:
    """Give places and stamps of folders newly found with nothing to finish and nothing unread."""
    found = {}
    for place, stamp in shelves.stirred().items():
        names = _names(shelves.folder(place)) if stamp else []
        if stamp and not _is_left(names) and not any(map(_is_unread, names)):
            found[place] = stamp
    return found


def is_abandoned(folder: Path) -> bool:
    """Tell whether a sitting left something there, and does not live any more."""
    if not _is_left(_names(folder)):
        return False
    lock = folder / locks.LOCK
    return not lock.exists() or locks.is_free(lock)


def _names(folder: Path) -> list[str]:
    with translated(folder):
        return os.listdir(folder)  # noqa: PTH208 - of ten thousand folders, where none is known


def _is_left(names: list[str]) -> bool:
    return locks.LOCK in names or any(map(answer_files.is_of_a_take, names))


def _is_unread(name: str) -> bool:
    return in_entry(name, is_folder=False) is not None
