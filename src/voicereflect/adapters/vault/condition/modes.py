"""Who may read what is kept: files and folders that are open to others, and closing them."""

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from voicereflect.core.store.bounds import readable

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class FileModes:
    """The modes of everything in some folders, themselves included; links are left alone."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def loose(self) -> tuple[str, ...]:
        return tuple(readable(str(path)) for path in self._loose())

    def close(self) -> tuple[str, ...]:
        for path in self._loose():
            with suppress(OSError):  # then it is named by the second look
                path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS)
        return self.loose()

    def _loose(self) -> Iterator[Path]:
        if sys.platform == "win32":  # pragma: no cover
            return  # its modes tell nothing of others
        for top in self._folders:
            for here, _, files in os.walk(top):
                for path in (Path(here), *(Path(here, name) for name in sorted(files))):
                    mode = _mode(path)
                    if not stat.S_ISLNK(mode) and mode & _OTHERS:
                        yield path


def _mode(path: Path) -> int:
    """Give a file's mode; 0 if it went away at this moment."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return 0
