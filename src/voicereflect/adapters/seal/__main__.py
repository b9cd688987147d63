"""The key holder: one vault's key in the memory of a process of its own, for a while.

It is told its socket, its time and the key on standard input, goes into the background,
and answers who asks on the socket if they are of the same user. It writes no file.
"""

import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Final

from voicereflect.adapters.offline import shut_child
from voicereflect.adapters.seal.peer import is_of
from voicereflect.core.sealing.holding import KeyHold, TwoClocks

LOOK_S: Final = 5.0
"""How often it looks whether its time is over and its socket still there."""
_PATIENCE_S: Final = 2.0
_LONGEST: Final = 16
_MCL_ALL: Final = 3


class KeyHolder:
    """Answers until the key is to be forgotten."""

    def __init__(
        self, key: bytearray, for_s: float, path: Path, clock: Callable[[], TwoClocks]
    ) -> None:
        """Hold the key from now on."""
        self._key = key
        self._clock = clock
        self._hold = KeyHold(clock(), for_s)
        self._path = path
        self._mark = _mark_of(path)

    def serve(self, listening: socket.socket) -> None:
        """Answer; returns when the time is over, the machine slept, or somebody said lock."""
        listening.settimeout(LOOK_S)
        try:
            while self._left_s() and self._mark == _mark_of(self._path):
                with suppress(TimeoutError):
                    asking, _ = listening.accept()
                    with asking, suppress(OSError):
                        if not self._answer(asking):
                            return
        finally:
            self._forget()

    def _forget(self) -> None:
        self._key[:] = bytes(len(self._key))
        if self._mark == _mark_of(self._path):  # and not one that another holder made since
            self._path.unlink(missing_ok=True)

    def _answer(self, asking: socket.socket) -> bool:
        """Answer one; False when the key is to be forgotten now."""
        asking.settimeout(_PATIENCE_S)
        if not is_of(asking, os.getuid()):
            return True
        asked = asking.recv(_LONGEST)
        left_s = self._left_s()  # after a suspend nothing may be told
        if asked == b"lock\n" or not left_s:
            self._forget()  # before anybody hears that it is done
            return False
        if asked == b"key\n":
            asking.sendall(bytes(self._key))
        elif asked == b"left\n":
            asking.sendall(f"{left_s:.0f}\n".encode())
        return True

    def _left_s(self) -> float:
        return self._hold.left_s(self._clock())


def clocks() -> TwoClocks:
    """Read a clock that stops while the machine sleeps, and one that goes on."""
    goes_on = getattr(time, "CLOCK_BOOTTIME", None)
    stops = getattr(time, "CLOCK_UPTIME_RAW", None)
    if goes_on is not None:  # Linux
        return TwoClocks(time.monotonic(), time.clock_gettime(goes_on))
    if stops is not None:  # macOS
        return TwoClocks(time.clock_gettime(stops), time.clock_gettime(time.CLOCK_MONOTONIC))
    return TwoClocks(time.monotonic(), time.monotonic())


def _mark_of(path: Path) -> tuple[int, int]:
    """Tell this file from any other; nothing where it is gone, as after a logout."""
    try:
        found = path.lstat()
    except OSError:
        return (0, 0)
    return (found.st_ino, found.st_ctime_ns)


def _lock_memory(key: bytearray) -> None:
    """Keep this process, or at least the key, out of swap; where the system refuses, neither."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        if libc.mlockall(_MCL_ALL) != 0:
            held = (ctypes.c_char * len(key)).from_buffer(key)
            libc.mlock(held, ctypes.c_size_t(len(key)))


def main() -> None:
    """Hold one key until its time is over."""
    shut_child()
    os.umask(0o077)
    told = sys.stdin.buffer.readline().decode()
    key = bytearray(sys.stdin.buffer.readline())
    seconds, _, name = told.rstrip("\n").partition(" ")
    path = Path(name)
    _lock_memory(key)
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(name)
        path.chmod(0o600)
        listening.listen()
        sys.stdout.write("held\n")
        sys.stdout.flush()
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, _end)
        KeyHolder(key, float(seconds), path, clocks).serve(listening)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
