"""What themes are made from again, kept in the user's cache folder: no word of an entry in it.

Knows bytes under names. Whatever is damaged or gone is made again.
"""

import contextlib
from collections.abc import Set
from pathlib import Path

from voicereflect.adapters import regular
from voicereflect.adapters.caches.files import put
from voicereflect.errors import VaultUnwritable
from voicereflect.ports.sealing import Cipher

_VECTORS = "vectors"
_REGISTER = "register"
_CLAIMS = "claims"


def tolerated() -> contextlib.suppress:
    """Let a cache that cannot be read or written be no more than slower."""
    return contextlib.suppress(OSError)


class FolderThemeCache:
    """A file for the clusterer, one for the claims of own themes, one for each set of vectors.

    A file is replaced wholly or not at all.
    """

    def __init__(
        self, folder: Path, *, older: Path | None = None, cipher: Cipher | None = None
    ) -> None:
        """Remember; nothing is read yet. Folders are 0700, files 0600; sealed with a cipher.

        `older` is where versions before this one kept it: never read, and taken
        away as soon as anything is kept or forgotten.
        """
        self._folder = folder
        self._older = None if older == folder else older
        self._cipher = cipher

    def vectors(self, digest: str) -> bytes:
        return self._bytes_of(f"{_VECTORS}-{digest}")

    def keep_vectors(self, digest: str, rows: bytes) -> None:
        self._replace(f"{_VECTORS}-{digest}", rows)

    def clusterer(self) -> bytes:
        return self._bytes_of(_REGISTER)

    def keep_clusterer(self, data: bytes) -> None:
        self._replace(_REGISTER, data)

    def claims(self) -> bytes:
        return self._bytes_of(_CLAIMS)

    def keep_claims(self, data: bytes) -> None:
        self._replace(_CLAIMS, data)

    def forget_all_but(self, digests: Set[str]) -> None:
        wanted = {f"{_VECTORS}-{digest}" for digest in digests}
        with tolerated():
            for path in self._folder.glob(f"{_VECTORS}*"):
                if path.name not in wanted:
                    path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Let go of everything, halves of saves included; it is made again from the vault.

        Raises:
            VaultUnwritable: something of it cannot be removed.
        """
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
                data = regular.read(path)
                return self._cipher.open(data) if self._cipher else data
        return b""

    def _replace(self, name: str, data: bytes) -> None:
        with tolerated():
            if self._older is not None:
                _empty(self._older)
            sealed = self._cipher.seal(data) if self._cipher else data
            put(self._folder / name, sealed, durable=False)  # what is torn is made again


def _empty(folder: Path) -> None:
    """Take a folder of files away."""
    if folder.is_dir():
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        folder.rmdir()
