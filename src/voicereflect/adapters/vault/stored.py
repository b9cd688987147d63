"""A vault's files as they lie on the disk, sealed or plain: for backups and comparisons."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.condition.known import LABEL
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.refusals import translated
from voicereflect.core.store.backups import DESTROYED, digest_of, is_safe
from voicereflect.core.store.bounds import readable
from voicereflect.errors import VaultUnwritable

_BLOCK_BYTES: Final = 1 << 20


class StoredBytes:
    """Every file of one vault."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._shelves = EntryFolders(files)

    def vault_id(self) -> str:
        return label.vault_id(self._files)

    def paths(self) -> Sequence[str]:
        found = (path for path, plain in self._walked() if plain)
        # the label last: until it stands there, a restore that broke off begins anew
        return tuple(sorted(found, key=lambda path: path == LABEL))

    def passed_over(self) -> Sequence[str]:
        return tuple(readable(path) for path, plain in self._walked() if not plain)

    def entries(self) -> dict[str, str]:
        root = self._files.root
        return {
            folder.relative_to(root).as_posix(): entry_id
            for entry_id, folder in self._shelves.all()
            if entry_id
        }

    def destroyed(self, entry_id: str) -> bool:
        path = self._files.root / DESTROYED
        if not path.exists():
            return False
        known = self._files.read(path).decode("ascii", "replace").split()
        return digest_of(entry_id, label.secret(self._files)) in known

    @contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        with self._files.stored_reader(self._files.root / path) as source:
            yield source

    def has(self, path: str) -> bool:
        return os.path.lexists(self._files.root / path)

    def keep(self, path: str, source: BinaryIO) -> None:
        target = self._files.root / path
        if not is_safe(path) or self.has(path):
            raise VaultUnwritable(f"{readable(path)}: there already.", hint="It was left alone.")
        self._files.make_folder(target.parent)
        with self._files.stored_writer(target) as file:
            shutil.copyfileobj(source, file, _BLOCK_BYTES)

    def _walked(self) -> Iterator[tuple[str, bool]]:
        """Give paths, and whether each is a plain file; hidden names are nobody's words."""
        root = self._files.root
        with translated(root):
            for folder, folders, names in os.walk(root):
                below = Path(folder).relative_to(root)
                links = [each for each in folders if (Path(folder) / each).is_symlink()]
                folders[:] = sorted(
                    each for each in folders if not each.startswith(".") and each not in links
                )
                for name in sorted([*names, *links]):
                    path = (below / name).as_posix()
                    whole = Path(folder) / name
                    if not name.startswith("."):
                        plain = whole.is_file() and not whole.is_symlink() and is_safe(path)
                        yield path, plain
