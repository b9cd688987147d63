"""How long a WAV file says it is, and whether more is there; PyAV tells neither.

A truncated one is decoded without an error, and one that claims too little only so far:
sizes above 4 GiB begin again at nothing.
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEAD = struct.Struct("<4sI")
_UNKNOWN = 0x7FFF_F000
"""Sizes from here on are placeholders: the length was not known when they were written."""
_REST_BYTES = 1024
"""So little behind the sound may be anything: in a hundredth of a second nothing is said."""
_KINDS = (b"RIFF", b"RF64", b"BW64")


@dataclass(frozen=True, slots=True, kw_only=True)
class WavLength:
    """What a header claims."""

    claimed_s: float | None = None
    """None where the file is no WAV, or claims nothing."""
    is_short: bool = False
    """Sound goes on behind its claimed end."""


def length(path: Path) -> WavLength:
    """Tell the length the header claims, and whether what follows is more sound."""
    bytes_a_second = size_64 = 0
    with path.open("rb") as file:
        kind, _, form = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
        if kind not in _KINDS or form != b"WAVE":
            return WavLength()
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            name, size = _HEAD.unpack(head)
            start = file.tell()
            if name == b"data":
                known = bytes_a_second and (size_64 or 0 < size < _UNKNOWN)
                return _told(file, start, size_64 or size, bytes_a_second) if known else WavLength()
            if name == b"fmt ":
                (bytes_a_second,) = struct.unpack("<8xI", file.read(12).ljust(12, b"\0"))
            if name == b"ds64":
                (size_64,) = struct.unpack("<8xQ", file.read(16).ljust(16, b"\0"))
            file.seek(start + size + size % 2)
    return WavLength()


def _told(file: BinaryIO, start: int, size: int, bytes_a_second: int) -> WavLength:
    behind = start + size + size % 2
    return WavLength(
        claimed_s=size / bytes_a_second, is_short=not _are_chunks(file, behind, _end(file))
    )


def _end(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _are_chunks(file: BinaryIO, at: int, end: int) -> bool:
    """Tell whether all from a place on is further chunks: a name in letters and a true size.

    Another WAV file behind the first one is more sound.
    """
    while end - at > _REST_BYTES:
        file.seek(at)
        name, size = _HEAD.unpack(file.read(_HEAD.size))
        at += _HEAD.size + size + size % 2
        if name in _KINDS or not all(32 <= letter < 127 for letter in name) or at > end + 1:
            return False
    return True
