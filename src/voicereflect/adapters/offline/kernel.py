"""A seccomp filter: only local sockets, for every thread and child, until the process ends.

The only importer of pyseccomp; must not know what the program does with its sockets.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from voicereflect.errors import NetworkOpen

_AF_UNIX = 1
_AF_INET, _SOCK_STREAM = 2, 1


def install_filter() -> None:
    """Let the kernel refuse every socket but AF_UNIX, from now on.

    Raises:
        NetworkOpen: libseccomp is missing, or the kernel does not take the filter.
    """
    with translated():
        # Late: they exist on Linux alone, and cost 30 ms that a plain import must not pay.
        import ctypes  # noqa: PLC0415

        import pyseccomp  # noqa: PLC0415

        _filter(pyseccomp).load()
        if ctypes.CDLL(None).socket(_AF_INET, _SOCK_STREAM, 0) >= 0:
            raise OSError(errno.EPROTO, "an internet socket still opens")


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever keeps the filter from being installed into NetworkOpen."""
    try:
        yield
    except (ImportError, RuntimeError, AttributeError) as error:
        # RuntimeError: no library found. AttributeError: one too old to have what is called.
        raise _no_library(error) from error
    except OSError as error:
        if error.errno is None:  # not the kernel: a library that is known and cannot be loaded
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


def _filter(seccomp: Any) -> Any:
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    # Another ABI numbers its calls differently, and would pass rules written for this one.
    rules.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    rules.set_attr(seccomp.Attr.CTL_NNP, 1)
    # Threads a library started before us are shut in as well.
    rules.set_attr(seccomp.Attr.CTL_TSYNC, 1)
    not_ours = seccomp.Arg(0, seccomp.NE, _AF_UNIX)
    for call in ("socket", "socketpair"):
        rules.add_rule(seccomp.ERRNO(errno.EPERM), call, not_ours)
    # Where a processor has it, its arguments lie in memory, where no filter can look.
    rules.add_rule(seccomp.ERRNO(errno.EPERM), "socketcall")
    # A ring opens sockets without the call above; the others would serve a ring handed in.
    for call in ("io_uring_setup", "io_uring_enter", "io_uring_register"):
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), call)
    return rules
