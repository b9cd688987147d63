"""How long a WAV file says it is: PyAV decodes a truncated one without an error."""

import struct
from pathlib import Path

_HEAD = struct.Struct("<4sI")
_UNKNOWN = 0x7FFF_F000
"""Sizes from here on are placeholders: the length was not known when they were written."""


def claimed_s(path: Path) -> float | None:
    """Tell the length the header claims, if the file is a WAV and claims one."""
    bytes_a_second = 0
    with path.open("rb") as file:
        kind, _, form = struct.unpack("<4sI4s", file.read(12).ljust(12, b"\0"))
        if (kind, form) != (b"RIFF", b"WAVE"):
            return None
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            name, size = _HEAD.unpack(head)
            if name == b"data":
                known = bytes_a_second and 0 < size < _UNKNOWN
                return size / bytes_a_second if known else None
            start = file.tell()
            if name == b"fmt ":
                (bytes_a_second,) = struct.unpack("<8xI", file.read(12).ljust(12, b"\0"))
            file.seek(start + size + size % 2)
    return None
