"""Keeps what this process holds in memory from other programs and from files; knows no entry.

A program that is started anew begins open again, so every process of ours has to ask for itself.
"""

import errno
import sys
from typing import Final

from voicereflect.errors import NetworkOpen

_GET_DUMPABLE: Final = 3
_SET_DUMPABLE: Final = 4
_STATUS: Final = "/proc/self/status"


def hide_memory() -> None:
    """Leave no core file, and on Linux let no other program of this user look in.

    A debugger that started this process has it already and goes on seeing it, so that anybody can
    check what the program does. Children inherit that no core file is written, and not the rest.

    Raises:
        NetworkOpen: the system does not allow it; nothing may be run.
    """
    try:
        _leave_no_core()
        if sys.platform == "linux" and not _is_traced():
            _close_to_others()
    except OSError as error:
        raise NetworkOpen(
            f"What is said could not be kept from other programs ({error.strerror}).",
            hint="Start voicereflect outside a sandbox that forbids prctl and setrlimit.",
        ) from error


def _leave_no_core() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _close_to_others() -> None:
    import ctypes  # noqa: PLC0415 - it costs 10 ms that a plain import must not pay

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_GET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno() or errno.EPROTO, "this process stays open to others")


def _is_traced() -> bool:
    with open(_STATUS, "rb") as status:  # noqa: PTH123 - no pathlib yet
        return any(line.startswith(b"TracerPid:") and line.split()[1] != b"0" for line in status)
