"""The session's side of the speech worker: starts it, feeds it, restarts it once.

Knows a child process; no model and no samples' meaning.
"""

import contextlib
import itertools
import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from voicereflect.adapters.child import frames
from voicereflect.adapters.child.process import STARTS, Child, Outbox, python
from voicereflect.adapters.speech.messages import to_report
from voicereflect.errors import ReflectError
from voicereflect.model import Report, Span, WorkerLost

WORKER = python("voicereflect.adapters.speech")
LEAVE_S = 3.0
CANNOT_START = WorkerLost(
    what="The speech worker cannot be started.",
    hint="There may be too little memory, or too many processes; the sound is kept.",
    restarting=False,
)


class SpeechWorker:
    """A transcriber in a process of its own."""

    def __init__(
        self,
        find_model: Callable[[], Path],
        *,
        threads: int,
        live: bool,
        command: Sequence[str] = WORKER,
    ) -> None:
        """Remember how to start; `find_model` may take a while, it checks the files.

        Without `live`, segments only move the detector's tail and are not read.
        """
        self._find_model = find_model
        self._start = {"is": "start", "threads": threads, "live": live}
        self._command = command
        self._outbox: Outbox = queue.SimpleQueue()
        self._closed = False
        self._numbers = itertools.count(1)
        self._child: Child | None = None
        self._minder: threading.Thread | None = None

    def start(self, report: Callable[[Report], None]) -> None:
        self._minder = threading.Thread(target=self._mind, args=(report,), daemon=True)
        self._minder.start()

    def open(self, rate_hz: int, language: str, *, told: bool = False) -> int:
        recording = next(self._numbers)
        header = {"is": "open", "recording": recording, "rate_hz": rate_hz}
        self._send({**header, "language": language, "told": told})
        return recording

    def feed(self, recording: int, pcm: bytes) -> None:
        self._send({"is": "feed", "recording": recording}, pcm)

    def segment(self, recording: int, span: Span) -> None:
        self._send({"is": "segment", "recording": recording, "start": span.start, "end": span.end})

    def window(self, recording: int, span: Span, *, last: bool) -> None:
        request = {"is": "window", "recording": recording, "start": span.start, "end": span.end}
        self._send({**request, "last": last})

    def forget(self, recording: int) -> None:
        self._send({"is": "forget", "recording": recording})

    def close(self) -> None:
        """End the worker; it leaves at the end of its input, in the middle of a decode."""
        self._closed = True
        self._outbox.put(None)
        if self._minder is not None:
            self._minder.join(LEAVE_S)
            if self._minder.is_alive() and self._child is not None:
                self._child.kill()

    def _send(self, header: dict[str, Any], payload: bytes = b"") -> None:
        self._outbox.put(frames.encode(header, payload))

    def _mind(self, report: Callable[[Report], None]) -> None:
        try:
            folder = self._find_model()
        except ReflectError as error:
            report(WorkerLost(what=error.what, hint=error.hint, restarting=False, problem=error))
            return
        for restarting in STARTS:
            outbox = self._outbox
            try:
                self._serve(folder, outbox, report)
            except OSError:
                report(CANNOT_START)
                return
            if self._closed:
                return
            self._outbox = queue.SimpleQueue()
            outbox.put(None)
            report(
                WorkerLost(
                    what="The speech worker stopped.",
                    hint="The sound is kept; what was not read waits. A smaller model needs less.",
                    restarting=restarting,
                )
            )

    def _serve(self, folder: Path, outbox: Outbox, report: Callable[[Report], None]) -> None:
        """Run one worker until it ends."""
        with Child(self._command) as child:
            self._child = child
            child.send(frames.encode({**self._start, "folder": str(folder)}))
            with child.fed_from(outbox), contextlib.suppress(ValueError):  # no report of ours
                while message := child.read():
                    report(to_report(message[0]))
