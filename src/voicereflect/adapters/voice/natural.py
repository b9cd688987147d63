"""The natural voice as the rest of the house sees it: one child for many texts, each limited.

Knows a child process; must not load hibari. English alone. A text goes through a pipe alone:
never an argument, a variable or a file.
"""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Final

from voicereflect.adapters.child import frames
from voicereflect.adapters.child.process import Child, python
from voicereflect.adapters.voice.problems import VoiceFault, voice_error
from voicereflect.errors import VoiceError
from voicereflect.model import Clip

CHILD: Final = python("voicereflect.adapters.voice.natural_child")
ENGINE: Final = "hibari 0.2.1 heart"
READING: Final = 2
"""Raise it when a text is read otherwise: what was rendered before is rendered anew."""
LANGUAGE: Final = "en"
USUAL_WPM: Final = 150
"""At this rate it speaks as it was made to."""
SLOWEST: Final = 0.5
FASTEST: Final = 2.0
GRACE_S: Final = 0.5
"""A word may take this much processor time more than it lasts before that is too slow."""
AHEAD_TIMES: Final = 4
"""So many times the limit has whoever gives way to everything else."""
_LEAVE_S: Final = 1.0
_LOOK_S: Final = 0.02


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn a child that does not start, answer in time or speak our frames into a VoiceError."""
    try:
        yield
    except TimeoutError as error:
        raise voice_error(VoiceFault.TOO_SLOW) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise voice_error(VoiceFault.NATURAL_FAILED) from error


def is_installed() -> bool:
    """Whether its package is there; nothing of it is loaded."""
    return find_spec("hibari") is not None


class NaturalVoice:
    """A voice that is loaded once and then renders many times faster than it speaks."""

    def __init__(
        self,
        rate_wpm: int,
        *,
        pause_s: float = 0.0,
        timeout_s: float = 10.0,
        command: Sequence[str] = CHILD,
    ) -> None:
        """Remember the rate, and the pause between two sentences; nothing runs yet."""
        self._rate_wpm = rate_wpm
        self._pause_s = pause_s
        self._timeout_s = timeout_s
        self._command = command
        self._child: Child | None = None
        self._turn = threading.Lock()

    @property
    def key(self) -> str:
        """What tells this voice's sound from another's in a cache."""
        return f"{ENGINE} {READING} {self._rate_wpm} {self._pause_s:.2f}"

    def start(self) -> None:
        """Begin to load it and return at once; the first text then waits less.

        Where no process can be started the first text says so.
        """
        with self._turn, contextlib.suppress(VoiceError):
            self._started()

    def render(
        self,
        text: str,
        *,
        pace: float = 1.0,
        private: bool = False,  # noqa: ARG002 - nothing is kept here
        ahead: bool = False,
    ) -> Clip:
        """Render one text; `pace` 0.8 is slower.

        Raises:
            VoiceError: not installed, no sound, no answer in time, or slower than it speaks.
        """
        speed = min(FASTEST, max(SLOWEST, pace * self._rate_wpm / USUAL_WPM))
        wanted = {"speed": speed, "pause_s": self._pause_s, "ahead": ahead}
        request = frames.encode(wanted, text.encode())
        with self._turn, translated():
            message = self._ask(request, self._timeout_s * (AHEAD_TIMES if ahead else 1))
            if message is None:
                raise voice_error(VoiceFault.NATURAL_FAILED)
            answer, pcm = message
            if "problem" in answer:
                raise voice_error(VoiceFault(answer["problem"]))
            clip = Clip(pcm=pcm, rate_hz=int(answer["rate_hz"]))
            if float(answer["took_s"]) > clip.duration_s + GRACE_S:
                raise voice_error(VoiceFault.TOO_SLOW)
        if not clip.samples:
            raise voice_error(VoiceFault.NO_SOUND)
        return clip

    def close(self) -> None:
        """End the child, in the middle of a text too; a later text starts another."""
        while not self._turn.acquire(timeout=_LOOK_S):
            if (child := self._child) is not None:  # which may only just have been started
                child.kill()  # whoever waits for its answer is let go
        try:
            self._drop()
        finally:
            self._turn.release()

    def _started(self) -> Child:
        if self._child is None:
            with translated():
                self._child = Child(self._command)
        return self._child

    def _ask(self, request: bytes, timeout_s: float) -> frames.Message | None:
        """Ask once; None if the child is gone, and then nothing of it is left."""
        child = self._started()
        message = None
        try:
            with child.limited(timeout_s):
                message = child.read() if child.send(request) else None
        finally:
            if message is None:
                self._drop()
        return message

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.end(_LEAVE_S)
