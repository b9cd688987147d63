"""Tries to leave this machine in seven ways and says what stopped it; installs nothing itself.

Must not know how the network was shut: it would then test what it believes.
"""

import ctypes
import errno
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from voicereflect.adapters.offline.hook import SHUT

_IO_URING_SETUP = 425
_IO_URING_PARAMS_BYTES = 120
_NO_SUCH_TYPE = -1
# Reserved by RFC 2606: no server anywhere can have this name, and it says nothing of anyone.
_NAME = "voicereflect.invalid"
# Someone was asked and said "no such name": the question did leave this process.
_ANSWERED = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


class Door(StrEnum):
    """What became of one way out."""

    HOOK = "refused by Python's audit hook"
    FILTER = "refused by the kernel's filter"
    OTHER = "refused, though not by voicereflect"
    NONE = "does not exist here"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One way off this machine, tried through Python and through the C library."""

    what: str
    python: Door
    native: Door

    @property
    def refused(self) -> bool:
        """Whether neither way is open."""
        return Door.OPEN not in (self.python, self.native)


def attempts() -> tuple[Attempt, ...]:
    """Try all seven; nothing is sent unless a look-up is possible."""
    families = (
        ("IPv4", socket.AF_INET, socket.SOCK_STREAM),
        ("IPv6", socket.AF_INET6, socket.SOCK_STREAM),
        ("UDP", socket.AF_INET, socket.SOCK_DGRAM),
        ("raw packet", getattr(socket, "AF_PACKET", None), socket.SOCK_RAW),
        ("netlink", getattr(socket, "AF_NETLINK", None), socket.SOCK_RAW),
    )
    return (
        *(_socket(what, family, kind) for what, family, kind in families),
        Attempt(what="io_uring", python=Door.NONE, native=_ring()),
        Attempt(what="name look-up", python=_python(_ask), native=_native_look_up()),
    )


def _socket(what: str, family: int | None, kind: int) -> Attempt:
    if family is None:
        return Attempt(what=what, python=Door.NONE, native=Door.NONE)
    return Attempt(
        what=what,
        python=_python(lambda: socket.socket(family, kind).close()),
        native=_native("socket", family, kind, 0),
    )


def _python(door: Callable[[], object]) -> Door:
    try:
        door()
    except socket.gaierror as error:
        return Door.OPEN if error.errno in _ANSWERED else _ours_or_not()
    except OSError as error:
        return Door.HOOK if error.strerror == SHUT else _ours_or_not(error.errno or 0)
    return Door.OPEN


def _ask() -> object:
    return socket.getaddrinfo(_NAME, None)


def _native(function: str, *args: object) -> Door:
    """Call the C library, past Python; every such call gives a descriptor or -1."""
    if sys.platform == "win32":
        return Door.NONE
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc[function](*args)
    if descriptor < 0:
        return _ours_or_not(ctypes.get_errno())
    libc.close(descriptor)
    return Door.OPEN


def _ring() -> Door:
    if sys.platform != "linux":
        return Door.NONE
    params = ctypes.create_string_buffer(_IO_URING_PARAMS_BYTES)
    return _native("syscall", ctypes.c_long(_IO_URING_SETUP), ctypes.c_uint(1), params)


def _native_look_up() -> Door:
    if sys.platform == "win32":
        return Door.NONE
    libc = ctypes.CDLL(None)
    found = ctypes.c_void_p()
    code = libc.getaddrinfo(_NAME.encode(), None, None, ctypes.byref(found))
    if code == 0:
        libc.freeaddrinfo(found)
    return Door.OPEN if code == 0 or code in _ANSWERED else _ours_or_not()


def _ours_or_not(error: int = errno.EPERM) -> Door:
    """Tell a filter's refusal from the system's own, such as a raw packet's without rights.

    A kernel without our filter looks at the kind of socket before it looks at rights,
    and calls a kind that does not exist invalid; the filter never gets that far.
    """
    if sys.platform != "linux" or error not in (errno.EPERM, errno.ENOSYS):
        return Door.OTHER
    libc = ctypes.CDLL(None, use_errno=True)
    libc.socket(socket.AF_INET, _NO_SUCH_TYPE, 0)
    return Door.FILTER if ctypes.get_errno() == errno.EPERM else Door.OTHER
