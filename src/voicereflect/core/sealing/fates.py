"""What sealing does with each file of a vault, by its path; knows the table of places."""

import re
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final

from voicereflect.core.store.holdings import HOLDINGS, Root, Seal
from voicereflect.core.store.strays import FOLDERS, KEY

_ROOMS: Final = (*FOLDERS, ".doomed")
"""Folders in which everything is sealed, whatever it is."""
_BLOCKS: Final = re.compile(r"[1-9][0-9]{0,5}\.blocks", re.ASCII)
_NAMED: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{4})-.+-([a-z]{4}(?:-[0-9]+)?)", re.ASCII
)
"""A folder's name with a deck in it."""
_BARE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{4}-[a-z]{4}(?:-[0-9]+)?", re.ASCII)


class SealFate(Enum):
    """What becomes of a file."""

    WHOLE = "whole"
    """It is sealed as a whole."""
    BLOCKS = "blocks"
    """Each of its records is."""
    OPEN = "open"
    """It says nothing, or is to be read without a key."""
    HALF = "half"
    """A save that was killed: it goes."""
    OTHER = "other"
    """It is not ours, and is not touched."""


def fate_of(path: str) -> SealFate:
    """Tell what becomes of a file; `path` is below the vault, with slashes.

    Of a folder (a slash stands at its end) it tells whether it is ours.
    """
    top, _, rest = path.partition("/")
    name = PurePosixPath(path).name
    room = top in _ROOMS
    if path.endswith("/"):
        return SealFate.OPEN if room or top.startswith(KEY) else SealFate.OTHER
    if (room or not rest) and name.startswith(".") and name.endswith(".tmp"):
        return SealFate.HALF
    if name == ".lock" or top.startswith(KEY):
        return SealFate.OPEN
    if room and rest:
        return SealFate.BLOCKS if _BLOCKS.fullmatch(name) else SealFate.WHOLE
    seals = (
        place.seal
        for place in HOLDINGS
        if place.root is Root.VAULT and fnmatchcase(path, place.pattern)
    )
    found = next(seals, None)
    if found is None:
        return SealFate.OTHER
    return SealFate.WHOLE if found is Seal.FILE else SealFate.OPEN


def bare_name(name: str) -> str:
    """Give a folder's name without its deck; empty where it tells no time and letters."""
    if _BARE.fullmatch(name):
        return name
    found = _NAMED.fullmatch(name)
    return f"{found[1]}-{found[2]}" if found else ""
