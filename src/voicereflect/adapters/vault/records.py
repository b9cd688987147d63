"""Records in a file one after the other, each with its length before it."""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

_LENGTH = struct.Struct("<I")
_LONGEST_RECORD = 1 << 26


def framed(record: bytes) -> bytes:
    """Give a record as it stands in a file of records."""
    return _LENGTH.pack(len(record)) + record


def records_of(source: BinaryIO) -> Iterator[bytes]:
    """Give the records of a file that is open; a torn last one is left out."""
    while len(head := source.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        # No writer writes such a length: a page of the disk is torn.
        record = source.read(length) if length <= _LONGEST_RECORD else b""
        if len(record) < length:
            return
        yield record


def rest_of(source: BinaryIO) -> int:
    """Tell how many bytes stand behind the last record that can be told from the next."""
    read = sum(_LENGTH.size + len(record) for record in records_of(source))
    return source.seek(0, os.SEEK_END) - read
