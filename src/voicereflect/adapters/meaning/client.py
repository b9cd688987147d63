"""The asking side of the embedding worker: starts it, asks, restarts it once.

Knows a process and a pipe; no model and no meaning.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from voicereflect.core import frames
from voicereflect.core.finding import BYTES_PER_VECTOR
from voicereflect.errors import MeaningFailed

# -P: a file in the current folder must not stand in for a module
WORKER: Final = (sys.executable, "-P", "-m", "voicereflect.adapters.meaning")
TRIES: Final = 2
LEAVE_S: Final = 1.0
"""It has nothing to save; a person who presses Ctrl-C does not wait for what it reads."""


class MeaningWorker:
    """The embedding model in a process of its own."""

    def __init__(
        self,
        find_model: Callable[[], Path],
        *,
        name: str = "",
        quick: bool = True,
        command: Sequence[str] = WORKER,
    ) -> None:
        """Remember how to start; `name` tells this model's vectors from another's.

        `quick` has it ready soonest for a question; what is kept waits a little longer.
        """
        self.name = name
        self._quick = quick
        self._find_model = find_model
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._ahead: tuple[str, ...] = ()
        """Sent already; their vectors are the next to come."""
        self._read: dict[tuple[str, ...], bytes] = {}

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker."""
        self.close()

    def start(self, ahead: Sequence[str] = ()) -> None:
        """Begin to load the model and to read what comes first, and return at once.

        Raises:
            ModelMissing: it is not installed.
            ModelDamaged: a file of it is.
        """
        if self._process is None:
            folder = self._find_model()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._tell(frames.encode({"is": "start", "folder": str(folder), "quick": self._quick}))
            self._ahead = tuple(ahead)
            if ahead:
                self._tell(_request(ahead, quick=True))

    def embed(self, texts: Sequence[str], *, quick: bool = False) -> bytes:
        """Give each text's vector in half precision, one after the other.

        `quick` is for what is compared once and not kept: its last bits are others.

        Raises:
            ModelMissing: the model is not installed.
            ModelDamaged: a file of it is.
            MeaningFailed: the worker ended, and ended again.
        """
        if not texts:
            return b""
        for _ in range(TRIES):
            self.start()
            vectors = self._ask(texts, quick=quick)
            if vectors is not None:
                return vectors
            self.close()
        raise MeaningFailed(
            "The search by meaning stopped.",
            hint="`voicereflect models verify` checks its model; words can still be searched.",
        )

    def notices(self, text: str) -> bool:
        """Tell whether an answer speaks of danger, by its meaning and the patterns together.

        Raises:
            ModelMissing: the model is not installed.
            ModelDamaged: a file of it is.
            MeaningFailed: the worker ended, and ended again.
        """
        for _ in range(TRIES):
            self.start()
            asked = self._tell(frames.encode({"is": "danger"}, text.encode("utf-8", "replace")))
            answer = self._message(1) if asked else None
            if answer is not None:
                return answer != b"\0"
            self.close()
        raise MeaningFailed(
            "What notices danger in an answer stopped.",
            hint="`voicereflect models verify` checks its model; patterns go on noticing.",
        )

    def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        self._ahead = ()
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        try:
            process.wait(LEAVE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _ask(self, texts: Sequence[str], *, quick: bool) -> bytes | None:
        """Ask once; None if the worker is gone."""
        ahead, self._ahead = self._ahead, ()
        if ahead and (early := self._answer(len(ahead))):
            self._read[ahead] = early
        known = self._read.pop(tuple(texts), None)
        if known is not None:
            return known
        return self._answer(len(texts)) if self._tell(_request(texts, quick=quick)) else None

    def _answer(self, count: int) -> bytes | None:
        return self._message(count * BYTES_PER_VECTOR)

    def _message(self, size: int) -> bytes | None:
        """Wait for the next message; None if the worker is gone, or says something else."""
        process = self._process
        if process is None or process.stdout is None:
            return None
        try:
            message = frames.read(process.stdout)
        except ValueError:  # cut off inside a message
            return None
        if message is None or len(message[1]) != size:
            return None
        return message[1]

    def _tell(self, message: bytes) -> bool:
        process = self._process
        if process is None or process.stdin is None:
            return False
        try:
            process.stdin.write(message)
            process.stdin.flush()
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True


def _request(texts: Sequence[str], *, quick: bool) -> bytes:
    return frames.encode({"is": "embed", "quick": quick}, json.dumps(list(texts)).encode())
