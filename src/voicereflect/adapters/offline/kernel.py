"""A seccomp filter: only local sockets and no other process's, until the process ends.

The only user of libseccomp; must not know what the program does with its sockets. The library is
called by its own name: to have it looked for would start a program before the filter is there.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from voicereflect.errors import NetworkOpen

_LIBRARY: Final = "libseccomp.so.2"
_AF_UNIX: Final = 1
_AF_INET, _SOCK_STREAM = 2, 1

# from seccomp.h
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_ACT_BADARCH, _CTL_NNP, _CTL_TSYNC = 2, 3, 4
_NOT_EQUAL = 1
_UNKNOWN = -1

OTHERS: Final = ("ptrace", "pidfd_getfd", "process_vm_readv", "process_vm_writev")
"""Calls that reach into another process of the same user, where an open socket may be."""
RINGS: Final = ("io_uring_setup", "io_uring_enter", "io_uring_register")
"""A ring opens sockets without a call for it; the last two would serve a ring handed in."""


def install_filter() -> None:
    """Let the kernel refuse every socket but AF_UNIX, and other processes, from now on.

    Raises:
        NetworkOpen: libseccomp is missing, or the kernel does not take the filter.
    """
    with translated():
        # Late: it costs 10 ms that a plain import must not pay.
        import ctypes  # noqa: PLC0415

        _Filter(ctypes).load()
        if ctypes.CDLL(None).socket(_AF_INET, _SOCK_STREAM, 0) >= 0:
            raise OSError(errno.EPROTO, "an internet socket still opens")


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever keeps the filter from being installed into NetworkOpen."""
    try:
        yield
    except (ImportError, AttributeError) as error:
        # AttributeError: a library too old to have what is called.
        raise _no_library(error) from error
    except OSError as error:
        if error.errno is None:  # not the kernel: a library that cannot be loaded
            raise _no_library(error) from error
        raise NetworkOpen(
            f"The network could not be shut: the kernel refused the filter ({error.strerror}).",
            hint="Start voicereflect on Linux 4.14 or newer,"
            " outside a sandbox that forbids seccomp filters.",
        ) from error


def _no_library(error: Exception) -> NetworkOpen:
    return NetworkOpen(
        f"The network could not be shut: libseccomp is missing or too old ({error}).",
        hint="Install the libseccomp2 package of your system"
        " (Debian, Ubuntu: apt install libseccomp2) and start again.",
    )


class _Filter:
    """The rules, as libseccomp takes them."""

    def __init__(self, ctypes: Any) -> None:
        class Compared(ctypes.Structure):  # type: ignore[misc]  # loaded late
            _fields_ = (
                ("argument", ctypes.c_uint),
                ("how", ctypes.c_int),
                ("value", ctypes.c_uint64),
                ("second", ctypes.c_uint64),
            )

        self._library = ctypes.CDLL(_LIBRARY)
        self._library.seccomp_init.restype = ctypes.c_void_p
        self._rules = ctypes.c_void_p(self._library.seccomp_init(ctypes.c_uint32(_ALLOW)))
        # Another ABI numbers its calls differently, and would pass rules written for this one.
        self._set(_ACT_BADARCH, ctypes.c_uint32(_KILL_PROCESS))
        self._set(_CTL_NNP, ctypes.c_uint32(1))
        # Threads a library started before us are shut in as well.
        self._set(_CTL_TSYNC, ctypes.c_uint32(1))
        not_ours = Compared(0, _NOT_EQUAL, _AF_UNIX, 0)
        for call in ("socket", "socketpair"):
            self._refuse(call, errno.EPERM, 1, ctypes.byref(not_ours))
        # Where a processor has it, its arguments lie in memory, where no filter can look.
        for call in ("socketcall", *OTHERS):
            self._refuse(call, errno.EPERM)
        for call in RINGS:
            self._refuse(call, errno.ENOSYS)

    def load(self) -> None:
        """Give the rules to the kernel; nothing takes them back."""
        _checked(self._library.seccomp_load(self._rules))
        self._library.seccomp_release(self._rules)

    def _set(self, attribute: int, value: Any) -> None:
        _checked(self._library.seccomp_attr_set(self._rules, attribute, value))

    def _refuse(self, call: str, number: int, conditions: int = 0, first: Any = None) -> None:
        known = self._library.seccomp_syscall_resolve_name(call.encode())
        if known == _UNKNOWN:
            raise AttributeError(f"it does not know {call}")
        add = self._library.seccomp_rule_add_array
        _checked(add(self._rules, _ERRNO | number, known, conditions, first))


def _checked(result: int) -> None:
    if result < 0:
        raise OSError(-result, os.strerror(-result))
