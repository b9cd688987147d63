"""Files of a person's own in the folders of entries: pictures and the like, by name."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Final

from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.files import Files
from voicereflect.core.store.bounds import readable
from voicereflect.core.store.strays import StrayKind, in_entry
from voicereflect.errors import EntryNotFound

_BLOCK_BYTES: Final = 1 << 20
_LONGEST_NAME: Final = 120
_FORBIDDEN: Final = frozenset('<>:"/\\|?*')


class BesideEntries:
    """What lies beside the pages of one vault and is none of ours."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._entries = EntryFolders(files)

    def names(self, entry_id: str) -> Sequence[str]:
        return [each.name for each in self._others(self._entries.find(entry_id))]

    def keep(self, entry_id: str, name: str, source: BinaryIO) -> None:
        folder, harmless = self._entries.find(entry_id), Path(_harmless(name))
        target = self._files.free_place(folder, harmless.stem, harmless.suffix)
        with self._files.writer(target) as file:
            shutil.copyfileobj(source, file, _BLOCK_BYTES)

    def opened(self, entry_id: str, name: str) -> AbstractContextManager[BinaryIO]:
        for each in self._others(self._entries.find(entry_id)):
            if each.name == name:
                return self._files.reader(each)
        raise EntryNotFound(
            f"{entry_id} has no such file beside it.", hint="`voicereflect open` shows the folder."
        )

    def _others(self, folder: Path) -> Iterator[Path]:
        for each in self._files.listed(folder):
            plain = each.is_file() and not each.is_symlink() and readable(each.name) == each.name
            if plain and in_entry(each.name, is_folder=False) is StrayKind.OTHER:
                yield each


def _harmless(name: str) -> str:
    """Give a name that every system takes and that nothing of ours has."""
    plain = "".join("-" if c in _FORBIDDEN or not c.isprintable() else c for c in readable(name))
    stem, dot, suffix = plain.strip(". ").rpartition(".")
    short = f"{stem[:_LONGEST_NAME]}{dot}{suffix[:10]}" or "file"
    is_ours = in_entry(short, is_folder=False) is not StrayKind.OTHER
    return f"file-{short}" if is_ours else short
