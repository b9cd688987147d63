"""The asking side of the embedding worker: starts it, asks, restarts it once.

Knows a child process; no model and no meaning.
"""

import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from voicereflect.adapters.child import frames
from voicereflect.adapters.child.process import STARTS, Child, python
from voicereflect.core.search.filters import BYTES_PER_VECTOR
from voicereflect.errors import MeaningFailed

WORKER: Final = python("voicereflect.adapters.meaning")
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
        danger: bool = False,
        command: Sequence[str] = WORKER,
    ) -> None:
        """Remember how to start; `name` tells this model's vectors from another's.

        `quick` has it ready soonest for a question; what is kept waits a little longer.
        `danger` has it begin with what notices danger, so that it loads the model once.
        """
        self.name = name
        self._quick = quick
        self._danger = danger
        self._find_model = find_model
        self._command = command
        self._child: Child | None = None
        self._starting = threading.Lock()
        self._stopped = False
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
        if self._child is None:
            folder = self._find_model()
            with self._starting:
                if self._stopped:
                    return
                self._child = child = Child(self._command)
            begins = {"folder": str(folder), "quick": self._quick, "danger": self._danger}
            child.send(frames.encode({"is": "start", **begins}))
            self._ahead = tuple(ahead)
            if ahead:
                child.send(_request(ahead, quick=True))

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
        for _ in STARTS:
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
            MeaningFailed: the worker ended, and ended again, or was stopped.
        """
        request = frames.encode({"is": "danger"}, text.encode("utf-8", "replace"))
        for _ in STARTS:
            self.start()
            child = self._child
            answer = self._message(1) if child is not None and child.send(request) else None
            if answer is not None:
                return answer != b"\0"
            self.close()
        raise MeaningFailed(
            "What notices danger in an answer stopped.",
            hint="`voicereflect models verify` checks its model; patterns go on noticing.",
        )

    def stop(self) -> None:
        """End the worker at once and start none again; any thread may."""
        with self._starting:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def close(self) -> None:
        """End the worker."""
        child, self._child = self._child, None
        self._ahead = ()
        if child is not None:
            child.end(LEAVE_S)

    def _ask(self, texts: Sequence[str], *, quick: bool) -> bytes | None:
        """Ask once; None if the worker is gone."""
        ahead, self._ahead = self._ahead, ()
        if ahead and (early := self._answer(len(ahead))):
            self._read[ahead] = early
        known = self._read.pop(tuple(texts), None)
        if known is not None:
            return known
        child = self._child
        told = child is not None and child.send(_request(texts, quick=quick))
        return self._answer(len(texts)) if told else None

    def _answer(self, count: int) -> bytes | None:
        return self._message(count * BYTES_PER_VECTOR)

    def _message(self, size: int) -> bytes | None:
        """Wait for the next message; None if the worker is gone, or says something else."""
        message = self._child.read() if self._child else None
        if message is None or len(message[1]) != size:
            return None
        return message[1]


def _request(texts: Sequence[str], *, quick: bool) -> bytes:
    return frames.encode({"is": "embed", "quick": quick}, json.dumps(list(texts)).encode())
