"""Entries that a sitting left unfinished: a take or a lock still stands in their folder."""

import os
from pathlib import Path

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.answers import answer_files
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.files import translated


def ids(shelves: EntryFolders) -> tuple[str, ...]:
    """Name those entries, oldest first; folders known to hold nothing such are not opened."""
    left = (place for place in shelves.stirred() if _holds_something(shelves.folder(place)))
    return tuple(sorted({entry_id for place in left if (entry_id := shelves.id_at(place))}))


def quiet(shelves: EntryFolders) -> dict[str, str]:
    """Give places and stamps of folders newly found to hold nothing such."""
    stirred = shelves.stirred().items()
    return {
        place: stamp
        for place, stamp in stirred
        if stamp and not _holds_something(shelves.folder(place))
    }


def _holds_something(folder: Path) -> bool:
    with translated(folder):
        names = os.listdir(folder)  # noqa: PTH208 - of ten thousand folders, where none is known
    return locks.LOCK in names or any(map(answer_files.is_of_a_take, names))
