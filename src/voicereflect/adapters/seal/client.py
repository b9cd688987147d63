"""The key holder as others see it: asked over its socket, started, and told to forget.

Whatever is wrong with it, it holds nothing, and the passphrase is asked for.
"""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from voicereflect.adapters.child.process import python
from voicereflect.adapters.seal.peer import is_of
from voicereflect.errors import VaultUnwritable

_MODULE: Final = "voicereflect.adapters.seal"
_PATIENCE_S: Final = 3.0
_LONGEST: Final = 4096
_LONGEST_PATH: Final = 100
"""Bytes that the path of a socket may have everywhere."""


class HeldKey:
    """The key of one vault, if a key holder has it."""

    def __init__(
        self, folder: Path, vault_id: str, *, user: Callable[[], int] | None = None
    ) -> None:
        """Remember; nobody is asked yet. The folder is made 0700 when a key is held.

        `user` tells whose key holder is believed; without it this process's own.
        """
        self._user = user or os.getuid
        self._folder = folder
        self._path = folder / f"{vault_id}.key"

    def identity(self) -> str:
        """Give the key; empty where none is held."""
        return self._asked(b"key\n").strip()

    def left_s(self) -> int:
        """Tell for how many seconds it is still held."""
        told = self._asked(b"left\n").strip()
        return int(told) if told.isdecimal() else 0

    def forget(self) -> bool:
        """Have it forgotten; whether one was held."""
        was_held = bool(self.left_s())
        self._asked(b"lock\n")
        return was_held

    def hold(self, identity: str, for_s: float) -> None:
        """Hold a key in a process of its own, in place of one that is held.

        Raises:
            VaultUnwritable: no such process can be started here.
        """
        self.forget()
        try:
            self._expect_own_folder()
            told = self._started(f"{for_s} {self._path}\n{identity}\n".encode())
        except OSError as error:
            raise _impossible((error.strerror or "the system refuses").lower()) from error
        if told != b"held\n":
            raise _impossible("its process ended")

    def _started(self, told: bytes) -> bytes:
        # it outlives this process, so nobody waits for it
        child = subprocess.Popen(
            python(_MODULE),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
        )
        if child.stdin is None or child.stdout is None:
            raise OSError
        with child.stdin, child.stdout:
            child.stdin.write(told)
            child.stdin.flush()
            answer = child.stdout.readline()
        child.returncode = 0  # or Python says at its end that the child still runs
        return answer

    def _expect_own_folder(self) -> None:
        if sys.platform == "win32" or len(os.fsencode(self._path)) > _LONGEST_PATH:
            raise _impossible("there is no place for its socket")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self._folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise _impossible("its folder is somebody else's")
        self._folder.chmod(0o700)

    def _asked(self, request: bytes) -> str:
        if sys.platform == "win32" or not self._path.exists():
            return ""
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
            asking.settimeout(_PATIENCE_S)
            asking.connect(str(self._path))
            if not is_of(asking, self._user()):
                return ""
            asking.sendall(request)
            return asking.recv(_LONGEST).decode("ascii", "replace")
        return ""


def _impossible(why: str) -> VaultUnwritable:
    return VaultUnwritable(
        f"The key cannot be held: {why}.",
        hint="Every command asks for the passphrase instead; nothing was changed.",
    )
