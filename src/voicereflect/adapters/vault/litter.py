"""What a killed process leaves without an answer in it: halves of saves, probes, empty entries."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.discarded.trash import THEMES, TRASH
from voicereflect.adapters.vault.files import Files, translated
from voicereflect.adapters.vault.probing import PROBE

_MONTHS: Final = 2
"""How far back folders are looked at: walking all of them would keep a session waiting."""
_SETTLED_S: Final = 60.0
"""A folder younger than this may be one that a session is just making."""


def sweep(files: Files) -> None:
    """Remove all of it; call it inside the vault's lock."""
    for folder in (files.root, files.root / TRASH / THEMES):
        for path in files.leftovers(folder) if folder.is_dir() else ():
            files.remove(path)
    if (probe := files.root / PROBE).exists():
        files.remove(probe)
    for folder in _unborn(files.root / "entries"):
        if locks.is_free(folder / locks.LOCK):
            files.remove_tree(folder)


def _unborn(entries: Path) -> Iterator[Path]:
    """Give folders that hold nothing but a lock and halves of saves."""
    with translated(entries):
        for month in sorted(entries.glob("*/*"))[-_MONTHS:]:
            for folder in month.iterdir():
                if (folder / "entry.md").exists() or not folder.is_dir():
                    continue
                settled = time.time() - folder.stat().st_mtime > _SETTLED_S
                if settled and all(path.name.startswith(".") for path in folder.iterdir()):
                    yield folder
