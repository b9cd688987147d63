"""The embedding model in a process of its own: both ends of the pipe; knows no entry.

Started when the first sentence comes, ended at the end of its input.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from voicereflect.adapters.offline import shut_child
from voicereflect.core import frames
from voicereflect.errors import TranscriptionFailed

# -P: a file in the current folder must not stand in for a module
CHILD = (sys.executable, "-P", "-m", "voicereflect.adapters.meaning.child")


@contextmanager
def translated() -> Iterator[None]:
    """Turn a broken pipe or a torn message into one line."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise TranscriptionFailed(
            "The process that reads meaning stopped.",
            hint="Try again; `voicereflect models verify` looks whether its model is sound.",
        ) from error


class MeaningChild:
    """Sentences in, rows of half-precision numbers out."""

    def __init__(self, find_model: Callable[[], Path], *, command: Sequence[str] = CHILD) -> None:
        """Remember how to find the model's folder; nothing is started yet."""
        self._find_model = find_model
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._name = ""

    @property
    def name(self) -> str:
        """Name the model by its files: folder, names and sizes."""
        if not self._name:
            folder = self._find_model()
            parts = [f"{path.name}:{path.stat().st_size}" for path in sorted(folder.iterdir())]
            digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
            self._name = f"{folder.name}-{digest}"
        return self._name

    def embed(self, sentences: Sequence[str]) -> bytes:
        """Give a row for each sentence, in order."""
        if not sentences:
            return b""
        with translated(), ExitStack() as on_failure:
            on_failure.callback(self.close)
            process = self._started()
            if process.stdin is None or process.stdout is None:
                raise ValueError("no pipe")
            text = "\0".join(" ".join(each.split()) for each in sentences)
            process.stdin.write(frames.encode({"is": "embed"}, text.encode("utf-8", "replace")))
            process.stdin.flush()
            answer = frames.read(process.stdout)
            if answer is None:
                raise ValueError("the stream ended")
            on_failure.pop_all()
            return answer[1]

    def close(self) -> None:
        """End the process; it leaves at the end of its input."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [*self._command, str(self._find_model())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self._process


def serve(folder: Path, source: BinaryIO, target: BinaryIO) -> None:
    """Answer requests until the end of the input."""
    from voicereflect.adapters.meaning.engine import Engine  # noqa: PLC0415 - network shut first

    engine = Engine(folder)
    while (message := frames.read(source)) is not None:
        sentences = message[1].decode("utf-8").split("\0")
        rows = engine.embed(sentences).astype("<f2").tobytes()
        target.write(frames.encode({"is": "rows"}, rows))
        target.flush()


def main() -> None:
    """Speak framed messages on standard input and output."""
    shut_child()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(Path(sys.argv[1]), sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
