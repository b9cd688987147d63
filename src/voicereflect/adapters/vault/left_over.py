"""Entries that a sitting did not close: with a take, or with a lock that nobody took away."""

import os
from pathlib import Path

from voicereflect.adapters.vault import answer_files, locks
from voicereflect.adapters.vault.files import translated
from voicereflect.adapters.vault.shelves import Shelves


def ids(shelves: Shelves) -> tuple[str, ...]:
    """Name those entries, oldest first; folders known to be quiet are not looked into."""
    left = (place for place in shelves.stirred() if _holds_something(shelves.folder(place)))
    return tuple(sorted({entry_id for place in left if (entry_id := shelves.id_at(place))}))


def quiet(shelves: Shelves) -> dict[str, str]:
    """Give stamps of folders in which nothing is left, of those not known to be so yet."""
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
