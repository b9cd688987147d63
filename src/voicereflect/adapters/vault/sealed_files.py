"""A vault's bytes of which none is plain: every file and every block of a take is sealed by itself.

Knows which bytes are sealed, not how. Plain bytes are read as they are: while a vault is
being sealed both stand there, and so does what a person puts into it by hand.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.refusals import translated
from voicereflect.ports.sealing import Cipher

_BEGINNING: Final = 64
"""Bytes by which sealed ones are known."""


class SealedFiles(Files):
    """Writes sealed, except what must be readable without a key; reads what is sealed or plain.

    Everything that reads raises VaultUnwritable for what is damaged, and what the cipher
    raises where its key is not to be had.
    """

    sealed = True
    private = True

    def __init__(self, root: Path, cipher: Cipher) -> None:
        super().__init__(root)
        self._cipher = cipher

    def save(self, path: Path, data: bytes) -> None:
        """Put `data`, sealed, in place of the file: wholly or not at all, durable on return."""
        super().save(path, self._cipher.seal(data))

    def read(self, path: Path) -> bytes:
        """Give a file's bytes as they were saved."""
        data = super().read(path)
        with translated(path):
            return self._opened_bytes(data)

    def keyed(self, secret: bytes) -> bytes:
        """Give what digests are keyed with, which nobody can tell without the key."""
        return self._cipher.keyed(secret)

    def append(self, path: Path, record: bytes) -> None:
        """Add one record, sealed; durable after `sync`. After an error the file is as before."""
        super().append(path, self._cipher.seal(record))

    def records(self, path: Path) -> Iterator[bytes]:
        """Give the records of a file one by one; a torn last one is left out."""
        for record in super().records(path):
            with translated(path):
                opened = self._opened_bytes(record)
            yield opened

    @contextmanager
    def writer(self, path: Path) -> Iterator[BinaryIO]:
        """Give a file to write to, sealed piece by piece; it takes the name when all ends well."""
        with super().writer(path) as target, self._cipher.sealing(target) as inner:
            yield inner

    @contextmanager
    def reader(self, path: Path) -> Iterator[BinaryIO]:
        """Give a seekable file to read from."""
        with super().reader(path) as source:
            beginning = source.read(_BEGINNING)
            source.seek(0)
            yield self._cipher.opening(source) if self._cipher.is_sealed(beginning) else source

    def _opened_bytes(self, data: bytes) -> bytes:
        return self._cipher.open(data) if self._cipher.is_sealed(data[:_BEGINNING]) else data


class UnsealingFiles(SealedFiles):
    """Writes plain and reads what is sealed or plain: while a vault is being unsealed."""

    sealed = False
    save = Files.save
    append = Files.append
    writer = Files.writer
