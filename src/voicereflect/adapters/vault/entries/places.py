"""Names of folders as text, whatever bytes they are; and what a folder tells without being read.

A folder's name may be any bytes, a place is a text: such bytes stand in it as private signs.
"""

import os
from pathlib import Path
from typing import Final

_PRIVATE: Final = 0xF700
_FROM_BYTES: Final = {0xDC00 + byte: _PRIVATE + byte for byte in range(0x80, 0x100)}
_TO_BYTES: Final = {there: here for here, there in _FROM_BYTES.items()}


def place_of(path: str) -> str:
    """Give the place that a path below `entries/` is."""
    return path if path.isascii() else path.translate(_FROM_BYTES)


def path_of(place: str) -> str:
    """Give the path below `entries/` that a place stands for."""
    return place if place.isascii() else place.translate(_TO_BYTES)


def folders_in(path: str) -> list[str]:
    """Name the folders in a folder that are not hidden; none where it is not there."""
    try:
        with os.scandir(path) as found:
            return sorted(each.name for each in found if each.name[0] != "." and each.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def changed_s(path: Path) -> float:
    """When it changed; long ago if it is not there."""
    try:
        return path.stat().st_mtime
    except (FileNotFoundError, NotADirectoryError):
        return 0.0


def has_files(path: str) -> bool:
    """Tell whether a folder holds anything; one that another process moved away holds nothing."""
    try:
        return any(not name.startswith(".") for name in os.listdir(path))  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return False
