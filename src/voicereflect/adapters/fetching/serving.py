"""The child's side: names of models come in, and what happens goes out, until the input ends."""

import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from voicereflect.adapters.child import frames
from voicereflect.errors import ReflectError
from voicereflect.ports.screen import Progress

Tell = Callable[[str], None]
Get = Callable[[str, Tell], bool]


def serve(prepare: Callable[[Tell, Progress], Get]) -> None:
    """Answer each request; `prepare` loads what fetches, when the first one comes."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no message
    answers = _Answers(out)
    get: Get | None = None
    try:
        while message := frames.read(sys.stdin.buffer):
            try:
                get = get or prepare(answers.tell, answers)
                fetched = get(str(message[0]["name"]), answers.tell)
            except ReflectError as error:
                kind = type(error).__name__
                answers.send({"is": "failed", "kind": kind, "what": error.what, "hint": error.hint})
            else:
                answers.send({"is": "done", "fetched": fetched})
    except (ValueError, BrokenPipeError):
        return  # nobody of ours asks, or whoever asked is gone


class _Answers:
    """Writes messages; a Progress as well."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def send(self, header: dict[str, object]) -> None:
        self._out.write(frames.encode(header))
        self._out.flush()

    def tell(self, line: str) -> None:
        self.send({"is": "tell", "line": line})

    def step(self, what: str, *, done: float, total: float) -> None:
        self.send({"is": "step", "what": what, "done": done, "total": total})
