"""One process of ours, as its parent sees it: a pipe in, a pipe out, and an end that is certain.

Knows processes, pipes and frames; must not know what a message means.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, Final, Self

from voicereflect.adapters.child import frames

STARTS: Final = (True, False)
"""A child that is lost is started again once; each says whether another start is left."""

Outbox = queue.SimpleQueue[bytes | None]
"""Framed messages on their way to a child; None ends its input."""


def python(module: str) -> tuple[str, ...]:
    """The command that runs a module of ours."""
    # -I: no file of other people's may stand in for a module; what PYTHONUTF8 said still counts
    return (sys.executable, "-I", "-X", f"utf8={sys.flags.utf8_mode}", "-m", module)


class Child:
    """A process in a session of its own, so that Ctrl-C does not reach it.

    Its input ends when this process does, however that happens; then it leaves. What it writes to
    standard error is thrown away.
    """

    def __init__(self, command: Sequence[str]) -> None:
        """Start it.

        Raises:
            OSError: it cannot be started.
        """
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill it if it still runs; nothing of it is left afterwards."""
        self.kill()
        self.end(None)

    def send(self, message: bytes) -> bool:
        """Write a framed message; False if it is gone. Waits while the child reads nothing."""
        stdin = _pipe(self._process.stdin)
        try:
            stdin.write(message)
            stdin.flush()
        except OSError:
            return False
        return True

    def read(self) -> frames.Message | None:
        """Wait for its next message; None if it is gone, or what it wrote is no message."""
        try:
            return frames.read(_pipe(self._process.stdout))
        except ValueError:  # cut off inside a message, or something else that prints
            return None

    def wait(self, timeout_s: float | None = None) -> int:
        """Wait until it left by itself and give its exit code, negative for a signal.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        return self._process.wait(timeout_s)

    def kill(self) -> None:
        """End it at once, with all that it started; any thread may call this."""
        if self._process.returncode is not None:
            return  # waited for: its number may be another's
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def end(self, leave_s: float | None) -> None:
        """Close its pipes, give it time to leave (None: as long as it needs), then kill it.

        For the thread that reads: nobody else can close a pipe somebody waits at.
        """
        self._close_input()
        _pipe(self._process.stdout).close()
        try:
            self.wait(leave_s)
        except subprocess.TimeoutExpired:
            self.kill()
            self.wait()

    @contextlib.contextmanager
    def fed_from(self, outbox: Outbox) -> Iterator[None]:
        """Send what is put into the outbox, from a thread of its own; kill it after the block."""
        sender = threading.Thread(target=self._pump, args=(outbox,), daemon=True)
        sender.start()
        try:
            yield
        finally:
            self.kill()
            outbox.put(None)
            sender.join()

    @contextlib.contextmanager
    def limited(self, timeout_s: float) -> Iterator[None]:
        """Kill it when the block takes longer.

        Raises:
            TimeoutError: it did.
        """
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(timeout_s, give_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
        if late.is_set():
            raise TimeoutError

    def _pump(self, outbox: Outbox) -> None:
        while (message := outbox.get()) is not None and self.send(message):
            pass
        self._close_input()

    def _close_input(self) -> None:
        with contextlib.suppress(OSError):  # what was not sent to a child that is gone
            _pipe(self._process.stdin).close()


def ask_once(command: Sequence[str], request: bytes, timeout_s: float) -> frames.Message | None:
    """Run a child for one request; None when it ended without an answer.

    Raises:
        OSError: it cannot be started.
        TimeoutError: it gave no answer in time.
    """
    with Child(command) as child, child.limited(timeout_s):
        child.send(request)  # and its input stays open: the child leaves when it closes
        return child.read()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("a child without pipes")
    return pipe
