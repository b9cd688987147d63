"""Bytes on disk: the one place where the vault's files are written and read.

Knows durability and permissions, not what the bytes mean. For a sealed vault
`sealed_files` stands in its place, and nothing else changes.
"""

import errno
import itertools
import os
import sys
import tempfile
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from voicereflect.adapters import regular
from voicereflect.adapters.vault.condition.known import is_there, missing, place_of
from voicereflect.adapters.vault.records import framed, records_of, rest_of
from voicereflect.adapters.vault.refusals import translated

TEMPORARY = ".tmp"
_BINARY = getattr(os, "O_BINARY", 0)
_OWN = getattr(os, "O_NOFOLLOW", 0)
"""Open a file itself, never what a link leads to."""


class Files:
    """A vault's folder, as names and bytes; folders are 0700 and files 0600."""

    sealed = False
    """Whether what is written can be read with a key alone."""
    private = False
    """Whether nothing about the vault may lie open anywhere, caches included."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._growing: dict[Path, int] = {}
        """Files that are appended to, still open."""
        self._has_written = False

    def save(self, path: Path, data: bytes) -> None:
        """Put `data` in place of the file: wholly or not at all, durable on return."""
        with self._replacing(path) as target:
            target.write(data)

    def read(self, path: Path) -> bytes:
        """Give a file's bytes."""
        with self._translated(path):
            return regular.read(path)

    save_open, read_open = save, read
    """The same for what must be readable without a key, such as whether there is one."""

    def keyed(self, secret: bytes) -> bytes:
        """Give what digests are keyed with, from what everybody may read; here the same."""
        return secret

    def append(self, path: Path, record: bytes) -> None:
        """Add one record; durable after `sync`. After an error the file is as before."""
        self.grow(path)
        with self._translated(path):
            self._append(self._growing[path], framed(record))

    def grow(self, path: Path) -> None:
        """Open a file to be appended to, until it goes; if its folder is moved, it grows on."""
        if path in self._growing:
            return
        with self._inside(path):
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY | _OWN
            self._growing[path] = self._open(path, flags)
            self._sync_folder(path.parent)

    def records(self, path: Path) -> Iterator[bytes]:
        """Give the records of a file one by one; a torn last one is left out."""
        with self._translated(path), regular.opened(path) as source:
            yield from records_of(source)

    def rest(self, path: Path) -> int:
        """Tell how many bytes of a file of records are behind the last that can be read."""
        with self._translated(path), regular.opened(path) as source:
            return rest_of(source)

    def sync(self, path: Path) -> None:
        """Make what was appended, and the file's name, survive a power cut."""
        with self._translated(path):
            if path in self._growing:
                self._fsync(self._growing[path])  # its name was synced when it was opened
                return
            with self._opened(path, os.O_RDWR | _BINARY | _OWN) as descriptor:
                self._fsync(descriptor)
            self._sync_folder(path.parent)

    def grows(self, path: Path) -> bool:
        """Tell whether something was appended to a file that is there, or still open."""
        return path in self._growing or path.exists()

    @contextmanager
    def writer(self, path: Path) -> Iterator[BinaryIO]:
        """Give a seekable file that takes the name, durably, when the block ends well."""
        with self._replacing(path) as target:
            yield target

    @contextmanager
    def reader(self, path: Path) -> Iterator[BinaryIO]:
        """Give a seekable file to read from."""
        with self._translated(path), regular.opened(path) as source:
            yield source

    stored_writer, stored_reader = writer, reader
    """The same for bytes as they lie there, which may be sealed: for a backup."""

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, durable on return."""
        if path.is_dir():
            return
        if path.parent != path:
            self.make_folder(path.parent)
        with self._inside(path):
            self._mkdir(path)
            self._sync_folder(path.parent)

    def move(self, path: Path, target: Path) -> None:
        """Give a file or folder another name inside the vault, durably; nothing is replaced."""
        self.refuse_outside(path / path.name)
        self._let_go(path)
        with self._inside(target):
            if target.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            self._rename(path, target)
            self._sync_folder(target.parent)
            self._sync_folder(path.parent)

    def remove(self, path: Path) -> None:
        """Delete a file, durably; one that is gone already is fine."""
        self._let_go(path)
        with self._inside(path):
            self._unlink(path)
            self._sync_folder(path.parent)

    def refuse_outside(self, path: Path) -> None:
        """Raise VaultUnwritable where a link leads out of the vault on the way to `path`."""
        with self._inside(path):
            pass

    def remove_tree(self, path: Path) -> None:
        """Delete a folder with all that is in it, durably; never what a link leads to."""
        self._let_go(path)
        with translated(path):
            if path.is_symlink() or not path.is_dir():
                self._unlink(path)
            else:
                for each in sorted(path.iterdir()):
                    self.remove_tree(each)
                self._rmdir(path)
            self._sync_folder(path.parent)

    def listed(self, folder: Path) -> list[Path]:
        """List what is in a folder, by name; nothing where there is no folder."""
        with translated(folder):
            return sorted(folder.iterdir()) if folder.is_dir() else []

    def leftovers(self, folder: Path) -> tuple[Path, ...]:
        """List what a save that was killed left in a folder."""
        with translated(folder):
            return tuple(sorted(folder.glob(f".*{TEMPORARY}")))

    def free_place(
        self, folder: Path, name: str, suffix: str = "", *, taken: Set[Path] = frozenset()
    ) -> Path:
        """Name a place in a folder that nothing has yet: `name`, `name-2`, and so on."""
        names = (f"{name}{f'-{n}' if n > 1 else ''}{suffix}" for n in itertools.count(1))
        places = (folder / each for each in names)
        return next(place for place in places if place not in taken and not place.exists())

    def _append(self, descriptor: int, data: bytes) -> None:
        end = os.fstat(descriptor).st_size
        left = memoryview(data)
        try:
            while left:
                left = left[self._write(descriptor, left) :]
        except OSError:
            # A half record would hide every one appended after it.
            os.ftruncate(descriptor, end)
            raise

    @contextmanager
    def _replacing(self, path: Path) -> Iterator[BinaryIO]:
        with self._inside(path):
            temporary, opened = self._temporary(path)
            try:
                with opened as target:
                    yield target
                    target.flush()
                    self._fsync(target.fileno())
                self._rename(temporary, path)
            except BaseException:
                with suppress(OSError):
                    self._unlink(temporary)
                raise
            self._sync_folder(path.parent)
            self._has_written = True

    def _sync_folder(self, folder: Path) -> None:
        if sys.platform == "win32":  # pragma: no cover
            return  # Windows has no such call; its renames are journalled
        with self._opened(folder, os.O_RDONLY | os.O_DIRECTORY) as descriptor:
            self._fsync(descriptor)

    @contextmanager
    def _opened(self, path: Path, flags: int) -> Iterator[int]:
        descriptor = self._open(path, flags)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def _inside(self, path: Path) -> Iterator[None]:
        """Write or delete at `path`, translated; where a link leads out of the vault, nothing."""
        with self._translated(path):
            folder, root = os.path.realpath(path.parent), os.path.realpath(self.root)
            above = path == self.root or path in self.root.parents  # while the vault is made
            if not above and os.path.commonpath((folder, root)) != root:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            yield

    @contextmanager
    def _translated(self, path: Path) -> Iterator[None]:
        """Translate what the system raises; where all of the vault is gone, say that instead."""
        with translated(path):
            try:
                yield
            except FileNotFoundError as error:
                if self._has_written:
                    self.expect(error)
                raise

    def expect(self, error: OSError | None = None) -> None:
        """See that the vault is there; VaultMissing where it is not."""
        if not is_there(self.root):
            raise missing(self.root, self._moved_to()) from error

    def _let_go(self, path: Path) -> None:
        """Close a file, or all below a folder, before it goes from its place."""
        for each in [each for each in self._growing if each.is_relative_to(path)]:
            os.close(self._growing.pop(each))

    def _moved_to(self) -> Path | None:
        """Where the vault is now, told by what is still open in it."""
        for path, descriptor in self._growing.items():
            below, place = path.relative_to(self.root), place_of(descriptor)
            if place is not None and place.parts[-len(below.parts) :] == below.parts:
                return place.parents[len(below.parts) - 1]
        return None

    # What the system does, and may refuse

    def _open(self, path: Path, flags: int) -> int:
        return os.open(path, flags, 0o600)

    def _temporary(self, path: Path) -> tuple[Path, BinaryIO]:
        descriptor, name = tempfile.mkstemp(TEMPORARY, f".{path.name}.", path.parent)
        return Path(name), os.fdopen(descriptor, "w+b")

    def _write(self, descriptor: int, data: memoryview) -> int:
        return os.write(descriptor, data)

    def _fsync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def _rename(self, path: Path, target: Path) -> None:
        path.replace(target)

    def _mkdir(self, path: Path) -> None:
        # exist_ok: another process may make the same month's folder at this moment.
        path.mkdir(mode=0o700, exist_ok=True)

    def _unlink(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def _rmdir(self, path: Path) -> None:
        path.rmdir()
