"""Whether an MP4 file (M4A, MOV) has another one behind it: FFmpeg reads the first alone."""

import struct
from pathlib import Path

_HEAD = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
_BEGINS = b"ftyp"


def holds_another(path: Path) -> bool:
    """Tell whether a second file begins among its outermost boxes (ISO/IEC 14496-12, 4.2)."""
    begun = at = 0
    with path.open("rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            size, kind = _HEAD.unpack(head)
            begun += kind == _BEGINS
            if begun > 1:
                return True
            if size == 1:  # the true size follows
                (size,) = _LONG.unpack(file.read(_LONG.size).ljust(_LONG.size, b"\0"))
            if not begun or size < _HEAD.size:  # no such file, or this box goes to the end
                return False
            at += size
            file.seek(at)
    return False
