"""A process of ours that writes down what waits, at the lowest priority."""

import os
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

_LOWEST: Final = 19
_PATIENCE_S: Final = 10.0


class TextsBeside:
    """Runs `transcribe --pending`, one at a time."""

    def __init__(self, command: Sequence[str], tell: Callable[[str], None]) -> None:
        self._command = command
        self._tell = tell
        self._process: subprocess.Popen[bytes] | None = None
        self._told = False

    def begin(self) -> bool:
        if self._process is not None and self._process.poll() is None:
            return False
        if self._process is not None and self._process.returncode and not self._told:
            self._told = True
            self._tell("Texts are pending: `voicereflect transcribe --pending` says what is amiss.")
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            self._command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        with suppress(OSError, AttributeError):  # then at the priority of this one
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _LOWEST)
        return True

    def end(self) -> None:
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
