"""Landlock: a process keeps to some folders until it ends, whatever its user may open.

Knows the kernel's three calls; must not know what the folders are for.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from voicereflect.errors import NetworkOpen

# the same numbers on every processor
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_NO_NEW_PRIVS: Final = 38

_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_READ: Final = _EXECUTE | _READ_FILE | _READ_FOLDER
_OF_A_FILE: Final = _EXECUTE | 1 << 1 | _READ_FILE | 1 << 14
_ALL: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1}
"""Everything that can be done with files, by the version of the kernel's part; later ones add."""
_ALL_SINCE_3: Final = (1 << 15) - 1


def keep_to(reading: Sequence[Path], writing: Sequence[Path]) -> bool:
    """Refuse every file outside these folders and files to this thread and all it starts.

    What does not exist is left out. Call it before there are other threads.

    Returns:
        Whether the kernel does it; False where it has no Landlock.

    Raises:
        NetworkOpen: it has, and did not take the rules; nothing may be fetched.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - it costs 10 ms that a plain import must not pay

    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION))
    if version < 1:
        return False
    allowed = _ALL.get(version, _ALL_SINCE_3)
    try:
        _restrict(
            ctypes,
            allowed,
            [*((each, _READ) for each in reading), *((each, allowed) for each in writing)],
        )
    except OSError as error:
        raise NetworkOpen(
            f"The vault could not be kept from this command ({error.strerror}).",
            hint="Start voicereflect outside the sandbox that it runs in.",
        ) from error
    return True


def _restrict(ctypes: Any, allowed: int, folders: Sequence[tuple[Path, int]]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    every = ctypes.c_uint64(allowed)
    rules = _checked(
        ctypes, libc.syscall(_CREATE, ctypes.byref(every), ctypes.c_size_t(8), ctypes.c_uint(0))
    )
    try:
        for path, rights in folders:
            _allow(ctypes, rules, path, rights)
        _checked(ctypes, libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(ctypes, libc.syscall(_RESTRICT, rules, ctypes.c_uint(0)))
    finally:
        os.close(rules)


def _allow(ctypes: Any, rules: int, path: Path, rights: int) -> None:
    class Beneath(ctypes.Structure):  # type: ignore[misc]  # loaded late
        _pack_ = 1
        _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))

    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except (FileNotFoundError, PermissionError):
        return  # what cannot be opened now is not needed, and stays refused
    try:
        beneath = Beneath(rights if path.is_dir() else rights & _OF_A_FILE, parent)
        libc = ctypes.CDLL(None, use_errno=True)
        add = (rules, _PATH_BENEATH, ctypes.byref(beneath), ctypes.c_uint(0))
        _checked(ctypes, libc.syscall(_ADD, *add))
    finally:
        os.close(parent)


def _checked(ctypes: Any, result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
