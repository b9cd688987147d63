"""What a killed process leaves without an answer in it: halves of saves, probes, empty entries."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.condition.probing import PROBE
from voicereflect.adapters.vault.discarded.trash import THEMES, TRASH
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.refusals import translated

_MONTHS: Final = 2
"""How far back folders are looked at: walking all of them would keep a session waiting."""
_SETTLED_S: Final = 60.0
"""A folder without our lock that is younger may be one that is just being copied here."""


def sweep(files: Files) -> None:
    """Remove all of it; call it inside the vault's lock."""
    for folder in (files.root, files.root / TRASH / THEMES):
        for path in files.leftovers(folder) if folder.is_dir() else ():
            files.remove(path)
    if (probe := files.root / PROBE).exists():
        files.remove(probe)
    for folder in _unborn(files):
        if locks.is_free(folder / locks.LOCK):
            files.remove_tree(folder)


def _unborn(files: Files) -> Iterator[Path]:
    """Give folders of entries that were never saved: a lock and halves of saves, or nothing.

    A session makes folder, lock and page inside the vault's lock, so one of ours is dead.
    """
    entries = files.root / "entries"
    with translated(entries):
        for month in sorted(entries.glob("*/*"))[-_MONTHS:]:
            for folder in month.iterdir():
                if folder.is_dir() and _is_unborn(files, folder):
                    yield folder


def _is_unborn(files: Files, folder: Path) -> bool:
    there = set(folder.iterdir())
    if (lock := folder / locks.LOCK) in there:
        return there <= {lock, *files.leftovers(folder)}
    settled = time.time() - folder.stat().st_mtime > _SETTLED_S
    return settled and all(path.name.startswith(".") for path in there)
