"""A copy to give away: a new folder of texts and sounds outside the vault; replaces nothing."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from voicereflect.errors import VaultUnwritable

Encode = Callable[[Iterator[bytes], BinaryIO, int], int]
"""Writes blocks of whole samples at a rate in Hz; gives the number of samples."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the operating system raises into one line with a hint."""
    try:
        yield
    except OSError as error:
        there = error.errno == errno.EEXIST
        raise VaultUnwritable(
            f"{path}: {'there already' if there else (error.strerror or 'refused').lower()}.",
            hint="Name another folder; nothing is replaced."
            if there
            else "Name a folder that can be written.",
        ) from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class CopyFolder:
    """One copy, in a new folder of its own."""

    def __init__(self, root: Path, encode: Encode) -> None:
        self._folder = self._root = root
        self._encode = encode

    def begin(self, name: str) -> str:
        """Make a new folder, open to its owner alone; give where it is.

        Raises:
            VaultUnwritable: there is one already, or none can be made.
        """
        self._folder = self._root / name
        with translated(self._folder):
            self._root.mkdir(parents=True, exist_ok=True)
            self._folder.mkdir(mode=0o700)
        return str(self._folder)

    def text(self, name: str, text: str) -> None:
        self.texts(name, (text,))

    def texts(self, name: str, parts: Iterable[str]) -> None:
        path = self._folder / name
        with translated(path), open(path, "xb", opener=_private) as target:
            target.writelines(each.encode("utf-8", "surrogatepass") for each in parts)

    def sound(self, name: str, blocks: Iterator[bytes], rate_hz: int) -> None:
        path = self._folder / name
        with translated(path), open(path, "x+b", opener=_private) as target:
            self._encode(blocks, target, rate_hz)

    def file(self, name: str, source: BinaryIO) -> None:
        path = self._folder / name
        with translated(path), open(path, "xb", opener=_private) as target:
            shutil.copyfileobj(source, target)
