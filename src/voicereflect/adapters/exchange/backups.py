"""A backup: a plain tar archive of a vault's files with their digests; knows tar, and no vault.

Nothing is unpacked by tarfile. Names are only compared with the manifest, and members
that are no plain files are refused.
"""

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, Final

from voicereflect.adapters import regular
from voicereflect.core.store import backups
from voicereflect.core.store.backups import MANIFEST, Manifest, StoredFile
from voicereflect.core.store.bounds import readable
from voicereflect.errors import BackupDamaged, VaultUnwritable

_BELOW: Final = "vault/"
_BLOCK_BYTES: Final = 1 << 20
_HEAD_MOST: Final = 1 << 26
"""Bytes that are read at once: a header that claims more is none of ours."""
_MANIFEST_MOST: Final = 1 << 30
_HALF: Final = ".part"

Opener = Callable[[], AbstractContextManager[BinaryIO]]


class _Sparing(io.BufferedReader):
    """A file of which no header can make us read more than fits into memory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _HEAD_MOST:
            raise tarfile.ReadError("a header is too large")
        return super().read(size)


class _Hashing:
    """Hands a file's bytes on, as many as were promised, and hashes them."""

    def __init__(self, source: BinaryIO, size: int) -> None:
        self._source = source
        self._left = size
        self.told = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        size = self._left if size < 0 else min(size, self._left)
        data = self._source.read(size)
        self._left -= len(data)
        self.told.update(data)
        return data


class TarBackup:
    """One backup."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = readable(str(path.absolute()))

    def write(
        self,
        files: Iterable[tuple[str, Opener]],
        manifest: Callable[[dict[str, StoredFile]], Manifest],
    ) -> Manifest:
        half = self._path.with_name(f".{self._path.name}{_HALF}")
        with self._writing():
            if self._path.exists():
                raise FileExistsError
            descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with self._writing(), os.fdopen(descriptor, "wb") as target:
                made = _written(target, files, manifest)
                target.flush()
                os.fsync(target.fileno())
            TarBackup(half).compare(made)
            with self._writing():
                if self._path.exists():
                    raise FileExistsError
                half.rename(self._path)
        finally:
            with suppress(OSError):
                half.unlink(missing_ok=True)
        return made

    def verified(self) -> Manifest:
        with self._reading(), _opened(self._path) as archive:
            manifest = _manifest(archive)
        self.compare(manifest)
        return manifest

    def files(self) -> Iterator[tuple[str, BinaryIO]]:
        with self._reading(), _opened(self._path) as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isreg() else None
                if content is not None and member.name != MANIFEST:
                    yield member.name.removeprefix(_BELOW), content  # type: ignore[misc]

    def compare(self, manifest: Manifest) -> None:
        """Read every member; raises BackupDamaged where one is not what the manifest says."""
        left = dict(manifest.files)
        with self._reading(), _opened(self._path) as archive:
            for member in archive:
                if member.name == MANIFEST and member.isreg():
                    continue
                name = member.name.removeprefix(_BELOW)
                known = left.pop(name, None) if member.name.startswith(_BELOW) else None
                content = archive.extractfile(member) if member.isreg() else None
                if known is None or content is None:
                    raise self._damaged("it holds something that it does not list")
                if _digest(content) != known.sha256:
                    raise self._damaged(f"{name} in it is not what it was")
        if left:
            raise self._damaged(f"{next(iter(left))} is missing in it")

    def _damaged(self, problem: str) -> BackupDamaged:
        return BackupDamaged(
            f"{self.name}: {problem}.", hint="Nothing was changed. Try another backup."
        )

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (tarfile.TarError, EOFError, ValueError, RecursionError) as error:
            told = str(error) if type(error) is ValueError else "it is no backup, or not whole"
            raise self._damaged(told) from error
        except OSError as error:
            raise self._damaged((error.strerror or "it cannot be read").lower()) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except FileExistsError as error:
            raise VaultUnwritable(
                f"{self.name}: there already.", hint="Name another file; nothing is replaced."
            ) from error
        except OSError as error:
            raise VaultUnwritable(
                f"{self.name}: {(error.strerror or 'refused').lower()}.",
                hint="Nothing was left there. Name a place that has room and can be written.",
            ) from error


def _written(
    target: BinaryIO,
    files: Iterable[tuple[str, Opener]],
    manifest: Callable[[dict[str, StoredFile]], Manifest],
) -> Manifest:
    stored: dict[str, StoredFile] = {}
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, opener in files:
            with opener() as source:
                size = os.fstat(source.fileno()).st_size
                hashing = _Hashing(source, size)
                _add(archive, f"{_BELOW}{path}", hashing, size)
                stored[path] = StoredFile(path=path, size=size, sha256=hashing.told.hexdigest())
        made = manifest(stored)
        data = "".join(backups.written(made)).encode()
        _add(archive, MANIFEST, _Hashing(io.BytesIO(data), len(data)), len(data))
    return made


def _add(archive: tarfile.TarFile, name: str, source: _Hashing, size: int) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    archive.addfile(member, source)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    with (
        regular.opened(path) as plain,
        _Sparing(plain.raw) as source,
        tarfile.open(fileobj=source, mode="r:") as archive,
    ):
        yield archive


def _manifest(archive: tarfile.TarFile) -> Manifest:
    last = None
    for member in archive:
        if member.name == MANIFEST and member.isreg():
            last = member
    content = archive.extractfile(last) if last is not None else None
    if content is None or last is None or last.size > _MANIFEST_MOST:
        raise ValueError("it is no backup of this program")
    return backups.read(io.TextIOWrapper(content, "utf-8"))


def _digest(content: IO[bytes]) -> str:
    told = hashlib.sha256()
    while block := content.read(_BLOCK_BYTES):
        told.update(block)
    return told.hexdigest()
