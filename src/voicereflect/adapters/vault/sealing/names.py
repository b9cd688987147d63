"""What folders and decks were called before their names had to say nothing: one small sealed file.

Knows paths below the vault. It is written before a name changes, so a kill loses none.
"""

import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.entries import entry_page
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.sealing.key_files import KEY, NAMES
from voicereflect.core.entry.ids import folder_name
from voicereflect.core.sealing.fates import bare_name
from voicereflect.core.store import bounds
from voicereflect.errors import EntryUnreadable, VaultUnwritable

_DECKS: Final = ("decks", "decks/programmes")
_SHUT: Final = 16
"""Letters of a deck's name that says nothing."""


class ShutNames:
    """Names in a sealed vault, and those that stand behind them."""

    def __init__(self, files: Files) -> None:
        """`files` read what is sealed."""
        self._files = files
        self._path = files.root / KEY / NAMES

    def known(self) -> dict[str, str]:
        """What each file or folder was called, by its path as it is now.

        Raises:
            VaultUnwritable: the file is damaged.
        """
        if not self._path.exists():
            return {}
        try:
            table = bounds.json_value(self._files.read(self._path))["names"]
            return {str(path): str(name) for path, name in table.items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise VaultUnwritable(
                f"{self._path}: it does not tell names.",
                hint="Take the file from a backup; without it folders keep the names they have.",
            ) from error

    def shut(self) -> None:
        """Give everything a name that says nothing; call it while nobody else writes."""
        known, planned = self.known(), dict[Path, Path]()
        taken = set[Path]()
        for path in (*self._entries(), *self._decks()):
            target = self._target(path, taken)
            if target != path:
                planned[path] = target
                known[self._below(target)] = path.name
            taken.add(target)
        if planned:
            told = json.dumps({"format": 1, "names": known}, ensure_ascii=False)
            self._files.save(self._path, told.encode())
        for path, target in planned.items():
            self._files.move(path, target)

    def open(self) -> None:
        """Give everything its name again; what is new gets the one it would have had."""
        known = self.known()
        # those that a kill left with their names
        done = {f"{path.rpartition('/')[0]}/{name}" for path, name in known.items()}
        for path in (*self._entries(), *self._decks()):
            if self._below(path) in done:
                continue
            name = known.get(self._below(path)) or self._own_name(path)
            if name and name != path.name:
                self._files.move(path, self._files.free_place(path.parent, name))

    def _entries(self) -> Iterator[Path]:
        root = self._files.root
        for folder in (*root.glob("entries/*/*/*"), *root.glob("trash/*/*")):
            if not folder.is_symlink() and (folder / entry_page.ENTRY).is_file():
                yield folder

    def _decks(self) -> Iterator[Path]:
        for folder in _DECKS:
            for path in self._files.listed(self._files.root / folder):
                if path.suffix == ".toml" and path.is_file() and not path.is_symlink():
                    yield path

    def _target(self, path: Path, taken: set[Path]) -> Path:
        if path.is_dir():
            name = bare_name(path.name) or self._bare_by_page(path)
            if name == path.name:
                return path
            return self._files.free_place(path.parent, name, taken=taken)
        stem = path.stem
        if len(stem) == _SHUT and set(stem) <= set("0123456789abcdef"):
            return path
        return path.with_name(f"{secrets.token_hex(_SHUT // 2)}.toml")

    def _bare_by_page(self, folder: Path) -> str:
        try:
            return folder_name(entry_page.read(self._files, folder), bare=True)
        except (EntryUnreadable, VaultUnwritable):
            return f"entry-{secrets.token_hex(4)}"

    def _own_name(self, path: Path) -> str:
        if not path.is_dir():
            return ""
        try:
            return folder_name(entry_page.read(self._files, path))
        except (EntryUnreadable, VaultUnwritable):
            return ""

    def _below(self, path: Path) -> str:
        return path.relative_to(self._files.root).as_posix()


def sittings(root: Path) -> Iterator[Path]:
    """Give the folders of entries in which a session goes on."""
    for lock in root.glob(f"entries/*/*/*/{locks.LOCK}"):
        if not locks.is_free(lock):
            yield lock.parent
