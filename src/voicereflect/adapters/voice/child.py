"""One text in on stdin, its sound out on stdout, then the process ends; the only user of pyttsx3.

Knows the engine's habits; must not know what is spoken or why. Run as
`python -m voicereflect.adapters.voice.child`.
"""

import contextlib
import io
import os
import sys
import tempfile
import threading
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicereflect.adapters.child import frames
from voicereflect.adapters.child.inside import begin
from voicereflect.adapters.voice.problems import RenderingFailed, VoiceFault

_SAMPLE_BYTES = 2
_ENGINE_ERRORS = (
    ImportError,
    OSError,
    RuntimeError,
    # three that pyttsx3 lets out on macOS
    AttributeError,
    KeyError,
    NameError,
)
"""What pyttsx3 raises while it looks for an engine or runs one."""


@contextlib.contextmanager
def translated(problem: VoiceFault) -> Iterator[None]:
    """Turn what pyttsx3 raises into a problem the parent has a sentence for."""
    try:
        yield
    except (*_ENGINE_ERRORS, ReferenceError, ValueError) as error:
        raise RenderingFailed(problem) from error


class Pyttsx3Engine:
    """pyttsx3 for one text: its second text in a process is not to be trusted."""

    def __init__(self) -> None:
        """Find the platform's engine.

        Raises:
            RenderingFailed: there is none.
        """
        with translated(VoiceFault.NO_ENGINE):
            import pyttsx3  # noqa: PLC0415 - stdout must be out of its reach before it loads

            self._engine: Any = pyttsx3.init()
        self._finished = threading.Event()
        self._refused = threading.Event()
        self._engine.connect("finished-utterance", lambda **_: self._finished.set())
        self._engine.connect("error", lambda **_: self._refused.set())

    def set_up(self, voice: str | None, rate_wpm: int) -> None:
        """Ask for a voice (None: the engine's own) and a speed."""
        with translated(VoiceFault.UNKNOWN_VOICE):
            if voice is not None:
                self._engine.setProperty("voice", voice)
            self._engine.setProperty("rate", rate_wpm)

    def describe(self) -> str:
        """Name the engine and its voice."""
        with translated(VoiceFault.ENGINE_FAILED):
            self._engine.runAndWait()
            voice = self._engine.getProperty("voice")
        self._check()
        return f"{self._engine}, {voice}"

    def save(self, text: str, path: str) -> None:
        """Speak into a file; returns when it is written, however long that takes."""
        with translated(VoiceFault.ENGINE_FAILED):
            self._engine.save_to_file(text, path)
            self._engine.runAndWait()
        self._check()
        if str(self._engine) == "espeak":
            # its runAndWait returns while the file is still being made
            self._finished.wait()

    def _check(self) -> None:
        # a refused property is only whispered to listeners, then the default voice speaks
        if self._refused.is_set():
            raise RenderingFailed(VoiceFault.UNKNOWN_VOICE)


def render(engine: Pyttsx3Engine, text: str) -> tuple[dict[str, Any], bytes]:
    """Render one text and check that there is something to hear."""
    save = save_in_memory if sys.platform == "linux" else save_in_file
    rate_hz, pcm = decode(save(engine, text))
    if not pcm.strip(b"\0"):
        raise RenderingFailed(VoiceFault.NO_SOUND)
    return {"rate_hz": rate_hz}, pcm


def save_in_memory(engine: Pyttsx3Engine, text: str) -> bytes:
    """Let the engine write to a file that has no name on any disk."""
    memory = os.memfd_create("voice")
    engine.save(text, f"/proc/self/fd/{memory}")
    with open(memory, "rb") as file:  # noqa: PTH123 - a descriptor has no path
        file.seek(0)
        return file.read()


def save_in_file(engine: Pyttsx3Engine, text: str) -> bytes:
    """Let the engine write to a file only its owner can open, gone on return."""
    with tempfile.TemporaryDirectory() as folder:  # its mode is 0700
        path = Path(folder) / "voice.wav"
        path.touch(mode=0o600)
        engine.save(text, str(path))
        return path.read_bytes()


def decode(sound: bytes) -> tuple[int, bytes]:
    """Give rate and mono samples of what the engine wrote: WAV, or AIFF on macOS."""
    with contextlib.suppress(wave.Error, EOFError), wave.open(io.BytesIO(sound)) as file:
        if (file.getnchannels(), file.getsampwidth()) == (1, _SAMPLE_BYTES):
            return file.getframerate(), file.readframes(file.getnframes())
    return _decode_other(sound)


def _decode_other(sound: bytes) -> tuple[int, bytes]:
    import soundfile  # noqa: PLC0415 - slow to load and never needed on Linux

    try:
        samples, rate_hz = soundfile.read(io.BytesIO(sound), dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise RenderingFailed(VoiceFault.NO_SOUND) from error
    return int(rate_hz), samples[:, 0].tobytes()


def answer(request: dict[str, Any], text: str) -> bytes:
    """Do what is asked and frame the outcome, good or bad."""
    try:
        engine = Pyttsx3Engine()
        engine.set_up(request["voice"], request["rate_wpm"])
        if text:
            return frames.encode(*render(engine, text))
        return frames.encode({"voice": engine.describe()})
    except RenderingFailed as failure:
        return frames.encode({"problem": failure.problem.value})


def _leave_with_parent() -> None:
    # the parent holds our stdin open and never writes again: its end is the parent's end
    while os.read(0, 1):
        pass
    os._exit(1)


def main() -> None:
    """Answer one request and leave."""
    out = begin()
    with open(0, "rb", buffering=0, closefd=False) as stdin:
        message = frames.read(stdin)
    if message is not None:
        threading.Thread(target=_leave_with_parent, daemon=True).start()
        request, text = message
        with out:
            out.write(answer(request, text.decode()))
    os._exit(0)  # espeak can fail an assertion while Python tidies up


if __name__ == "__main__":
    main()
