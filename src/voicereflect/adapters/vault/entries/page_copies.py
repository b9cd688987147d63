"""Copies of pages that a cloud, a sync or an editor laid beside them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from voicereflect.adapters.vault.discarded.trash import Trash
from voicereflect.adapters.vault.entries import entry_page
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.files import Files
from voicereflect.core.store.strays import StrayKind, in_entry
from voicereflect.model import Entry

_PAGE: Final = re.compile(r"[.#~_]*entry\b.*\.md.*", re.IGNORECASE)


class PageCopies:
    """The copies beside the pages of one vault."""

    def __init__(self, files: Files, trash: Trash) -> None:
        self._files = files
        self._shelves = EntryFolders(files)
        self._trash = trash

    def all(self) -> Sequence[tuple[str, str]]:
        return [
            (entry_id, path.name)
            for entry_id, folder in self._shelves.all()
            if entry_id
            for path in self._in(folder)
        ]

    def read(self, entry_id: str, name: str) -> Entry:
        return entry_page.read(self._files, self._shelves.find(entry_id), name)

    def discard(self, entry_id: str, name: str) -> None:
        self._trash.put_copy(self._shelves.find(entry_id) / name, entry_id)

    def _in(self, folder: Path) -> list[Path]:
        return [
            path
            for path in self._files.listed(folder)
            if path.is_file()
            and not path.is_symlink()
            and _PAGE.fullmatch(path.name)
            and in_entry(path.name, is_folder=False) is StrayKind.COPY
        ]
