"""A vault's bytes, none of them plain: what a sealed vault will do, without the cryptography."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from voicereflect.adapters.vault.files import Files

_FLIP = bytes(each ^ 0x5A for each in range(256))


class XorFiles(Files):
    """Stores every byte XOR-ed, except those that must be readable without a key."""

    def save(self, path: Path, data: bytes) -> None:
        super().save(path, data.translate(_FLIP))

    def read(self, path: Path) -> bytes:
        return super().read(path).translate(_FLIP)

    def append(self, path: Path, record: bytes) -> None:
        super().append(path, record.translate(_FLIP))

    def records(self, path: Path) -> Iterator[bytes]:
        return (record.translate(_FLIP) for record in super().records(path))

    @contextmanager
    def writer(self, path: Path) -> Iterator[BinaryIO]:
        with super().writer(path) as target:
            yield cast("BinaryIO", _Flipped(target))

    @contextmanager
    def reader(self, path: Path) -> Iterator[BinaryIO]:
        with super().reader(path) as source:
            yield cast("BinaryIO", _Flipped(source))


class _Flipped:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, count: int = -1) -> bytes:
        return self._file.read(count).translate(_FLIP)

    def write(self, data: bytes) -> int:
        return self._file.write(data.translate(_FLIP))

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
