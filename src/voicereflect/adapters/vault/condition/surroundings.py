"""What stands around the entries: what nothing reads, and what is still to be destroyed."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from voicereflect.adapters.vault.discarded.doomed import DoomedFolder
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.entries.entry_page import ENTRY
from voicereflect.adapters.vault.refusals import translated
from voicereflect.core.store import strays
from voicereflect.core.store.bounds import readable
from voicereflect.core.store.strays import Stray, StrayKind

_SHELVES: Final = 3
"""Folders above an entry: `entries`, year, month."""

Rule = Callable[..., StrayKind | None]
"""Takes a name, and `is_folder`."""


class AroundEntries:
    """A vault's folder."""

    def __init__(self, root: Path, entries: EntryFolders, doom: DoomedFolder) -> None:
        self._root = root
        self._entries = entries
        self._doom = doom

    def doomed(self) -> int:
        return len(self._doom.names())

    def strays(self, entries: Mapping[str, frozenset[int] | None]) -> tuple[Stray, ...]:
        found = _seen(self._root, strays.in_root)
        for folder in (self._root / "decks", self._root / "decks" / "programmes"):
            found += _seen(folder, strays.in_decks)
        found += self._on_shelves(self._root / "entries", _SHELVES)
        for place, numbers in entries.items():
            folder = self._entries.folder(place)
            if (folder / ENTRY).exists():
                seen = _seen(folder, partial(strays.in_entry, answers=numbers))
                # files of a person's own lie beside an entry: `show` names them
                found += [
                    each for each in seen if each[1] is not StrayKind.OTHER or each[0].is_dir()
                ]
        told = {readable(path.relative_to(self._root).as_posix()): kind for path, kind in found}
        return tuple(Stray(path=path, kind=kind) for path, kind in sorted(told.items()))

    def stirred(self) -> tuple[Stray, ...]:
        """Name the same, but look into no entry folder that is as it was when nothing was found."""
        return self.strays(dict.fromkeys(self._entries.stirred()))

    def _on_shelves(self, folder: Path, levels: int) -> Iterator[tuple[Path, StrayKind]]:
        """Look at `entries/`, years and months; a folder that is an entry is told as a whole."""
        if (folder / ENTRY).exists():
            yield folder, StrayKind.ENTRY
            return
        yield from _seen(folder, strays.in_shelf)
        if levels > 1:
            for each in _folders(folder):
                yield from self._on_shelves(each, levels - 1)


def _seen(folder: Path, rule: Rule) -> list[tuple[Path, StrayKind]]:
    """Give what the rule names in a folder; a folder with entries in it is told as one."""
    if not folder.is_dir():
        return []
    with translated(folder):
        found = []
        for each in sorted(folder.iterdir()):
            kind = rule(each.name, is_folder=each.is_dir())
            if kind is StrayKind.OTHER and each.is_dir() and any(each.rglob(ENTRY)):
                kind = StrayKind.ENTRY
            if kind is not None:
                found.append((each, kind))
        return found


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    with translated(folder):
        return [p for p in sorted(folder.iterdir()) if p.is_dir() and not p.name.startswith(".")]
