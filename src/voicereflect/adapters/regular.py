"""Opens and reads plain files, and nothing that would wait or never end; known to all adapters.

A pipe waits for a writer for ever, a device may never end, and a file of any size
would fill the memory: each is an OSError here, which every adapter tells in its words.
"""

import errno
import hashlib
import io
import os
import stat
from pathlib import Path
from typing import Final

LARGEST: Final = 1 << 26
"""Bytes of the largest file that is read as a whole: a text of 64 MiB."""
NO_FILE: Final = errno.ENXIO
"""The error of what is no plain file; a socket's file gives it by itself."""
TOO_LARGE: Final = errno.EOVERFLOW
PROBLEMS: Final = {
    NO_FILE: ("it is no plain file", "Put a file in its place, or move it away."),
    TOO_LARGE: ("it is too large to be what its name says", "Move it away."),
}
"""What happened, and what to do now."""


def opened(path: Path) -> io.BufferedReader:
    """Open a file for reading.

    Raises:
        OSError: it cannot be opened, or is no plain file.
    """
    _refuse_others(path, path.stat().st_mode)  # opening a device may already do something
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, flags), "rb")
    try:
        _refuse_others(path, os.fstat(file.fileno()).st_mode)
    except OSError:
        file.close()
        raise
    return file


def sha256(path: Path) -> str:
    """Hash a file's bytes, however many there are.

    Raises:
        OSError: as `opened` does.
    """
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(path: Path) -> bytes:
    """Give a file's bytes.

    Raises:
        OSError: it cannot be read, is no plain file, or is larger than `LARGEST`.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise OSError(TOO_LARGE, PROBLEMS[TOO_LARGE][0], str(path))
        return file.read()


def text(path: Path) -> str:
    """Give a file's text; a byte order mark, which some editors put there, is left out.

    Raises:
        OSError: as `read` does.
        UnicodeDecodeError: it is not UTF-8.
    """
    return read(path).decode("utf-8-sig")


def _refuse_others(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(NO_FILE, PROBLEMS[NO_FILE][0], str(path))
