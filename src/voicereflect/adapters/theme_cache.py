"""Vectors and the register, kept in the user's cache folder: no word of an entry among them.

Knows bytes under digests. Whatever is damaged or gone is made again.
"""

import contextlib
import os
import struct
import tempfile
from collections.abc import Set
from pathlib import Path

from voicereflect.adapters import regular
from voicereflect.errors import VaultUnwritable

_HEAD = struct.Struct("<16sI")
_VECTORS = "vectors"
_REGISTER = "register"
_CLAIMS = "claims"
_BINARY = getattr(os, "O_BINARY", 0)
_NOT_A_PIPE = getattr(os, "O_NONBLOCK", 0)
"""A pipe that nobody reads is refused at once, instead of waited for."""


def tolerated() -> contextlib.suppress:
    """Let a cache that cannot be read or written be no more than slower."""
    return contextlib.suppress(OSError)


class FolderThemeCache:
    """Three files: rows appended under digests, the last register, and what own themes took."""

    def __init__(self, folder: Path, *, older: Path | None = None) -> None:
        """Remember; nothing is read yet. Folders are 0700, files 0600.

        `older` is where versions before this one kept it: never read, and taken
        away as soon as anything is kept or forgotten.
        """
        self._folder = folder
        self._older = None if older == folder else older
        self._places: dict[str, tuple[int, int]] | None = None

    def vectors(self, digest: str) -> bytes | None:
        """Rows kept under a digest."""
        place = self._known().get(digest)
        if place is None:
            return None
        rows = b""
        with tolerated(), regular.opened(self._folder / _VECTORS) as file:
            file.seek(place[0])
            rows = file.read(place[1])
        return rows if len(rows) == place[1] else None

    def keep_vectors(self, digest: str, rows: bytes) -> None:
        """Append rows under a digest."""
        known = self._known()
        with tolerated():
            self._make_folder()
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY | _NOT_A_PIPE
            handle = os.open(self._folder / _VECTORS, flags, 0o600)
            with open(handle, "ab") as file:  # noqa: PTH123 - a descriptor has no path
                end = file.seek(0, os.SEEK_END)
                file.write(_HEAD.pack(bytes.fromhex(digest), len(rows)) + rows)
            known[digest] = (end + _HEAD.size, len(rows))

    def register(self) -> bytes:
        """The last register that was kept; nothing if there is none."""
        return self._bytes_of(_REGISTER)

    def keep_register(self, data: bytes) -> None:
        """Keep the register in place of the last, wholly or not at all."""
        self._replace(_REGISTER, data)

    def claims(self) -> bytes:
        """What themes of one's own took, as it was kept last; nothing if nothing was."""
        return self._bytes_of(_CLAIMS)

    def keep_claims(self, data: bytes) -> None:
        """Keep it in place of the last, wholly or not at all."""
        self._replace(_CLAIMS, data)

    def forget_all_but(self, digests: Set[str]) -> None:
        """Let go of every row that stands under no digest of these, at once."""
        known = self._known()
        if known.keys() <= digests:
            return
        kept = {each: self.vectors(each) for each in known if each in digests}
        rows = {digest: data for digest, data in kept.items() if data is not None}
        heads = ((_HEAD.pack(bytes.fromhex(d), len(data)), data) for d, data in rows.items())
        self._replace(_VECTORS, b"".join(part for pair in heads for part in pair))
        self._places = None

    def forget(self) -> None:
        """Let go of everything, halves of saves included; it is made again from the vault.

        Raises:
            VaultUnwritable: something of it cannot be removed.
        """
        self._places = None
        for folder in filter(None, (self._older, self._folder)):
            try:
                _empty(folder)
            except OSError as error:
                raise VaultUnwritable(
                    f"{folder} cannot be emptied.", hint="Delete that folder; it is a cache."
                ) from error

    def _bytes_of(self, name: str) -> bytes:
        with tolerated():
            if (path := self._folder / name).exists():
                return regular.read(path)
        return b""

    def _known(self) -> dict[str, tuple[int, int]]:
        if self._places is None:
            self._places = {}
            with tolerated():
                self._scan(self._places)
        return self._places

    def _scan(self, places: dict[str, tuple[int, int]]) -> None:
        """Read heads only; what a crash tore off the end is cut away."""
        path = self._folder / _VECTORS
        size, at = path.stat().st_size, 0
        with regular.opened(path) as file:
            while len(head := file.read(_HEAD.size)) == _HEAD.size:
                digest, length = _HEAD.unpack(head)
                if at + _HEAD.size + length > size:
                    break
                places[digest.hex()] = (at + _HEAD.size, length)
                at = file.seek(length, os.SEEK_CUR)
        if at < size:
            os.truncate(path, at)

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        if self._older is not None:
            _empty(self._older)

    def _replace(self, name: str, data: bytes) -> None:
        with tolerated():
            self._make_folder()
            handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".")  # its mode is 0600
            try:
                with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor has no path
                    file.write(data)
                Path(temporary).replace(self._folder / name)
            finally:
                Path(temporary).unlink(missing_ok=True)


def _empty(folder: Path) -> None:
    """Take a folder of files away."""
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        folder.rmdir()
