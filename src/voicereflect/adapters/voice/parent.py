"""The voice of the system: one child process for each text, with a time limit.

Knows a child process; must not load pyttsx3, which prints, hangs and cannot be stopped.
The text goes through a pipe alone: never an argument, a variable or a file.
"""

import contextlib
from collections.abc import Iterator, Sequence

from voicereflect.adapters.child import frames
from voicereflect.adapters.child.process import ask_once, python
from voicereflect.adapters.voice.problems import VoiceFault, voice_error
from voicereflect.errors import VoiceError
from voicereflect.model import Clip

CHILD = python("voicereflect.adapters.voice.child")


@contextlib.contextmanager
def translated(timeout_s: float) -> Iterator[None]:
    """Turn a child that does not start, answer in time or speak our frames into a VoiceError."""
    try:
        yield
    except TimeoutError as error:
        raise VoiceError(
            f"the speech engine gave no answer within {timeout_s:g} s",
            hint="Try again, or go on without a spoken voice.",
        ) from error
    except (OSError, ValueError) as error:
        raise voice_error(VoiceFault.ENGINE_FAILED) from error


class Pyttsx3Voice:
    """The system's own voice, through pyttsx3."""

    def __init__(
        self,
        voice_id: str | None,
        rate_wpm: int,
        timeout_s: float = 10.0,
        *,
        command: Sequence[str] = CHILD,
    ) -> None:
        """Remember the voice (None: the engine's own); nothing runs before it is needed."""
        self._voice_id = voice_id
        self._rate_wpm = rate_wpm
        self._timeout_s = timeout_s
        self._command = command

    @property
    def key(self) -> str:
        """What tells this voice's sound from another's in a cache."""
        return f"pyttsx3 {self._voice_id or 'default'} {self._rate_wpm}"

    def render(
        self,
        text: str,
        *,
        pace: float = 1.0,
        private: bool = False,  # noqa: ARG002 - nothing is kept here
        ahead: bool = False,  # noqa: ARG002 - nor does it last long
    ) -> Clip:
        speakable = text.replace("\0", " ").strip()  # espeak stops reading at a NUL
        if not speakable:
            raise voice_error(VoiceFault.NO_SOUND)
        answer, pcm = self._ask(speakable, rate_wpm=max(1, round(self._rate_wpm * pace)))
        return Clip(pcm=pcm, rate_hz=int(answer["rate_hz"]))

    def close(self) -> None:
        """Nothing lasts: each text has a process of its own, with a time limit."""

    def describe(self) -> str:
        """Name engine, voice and speed, as `doctor` shows them.

        Raises:
            VoiceError: no engine, or an unknown voice.
        """
        answer, _ = self._ask("", rate_wpm=self._rate_wpm)
        return f"pyttsx3: {answer['voice']}, {self._rate_wpm} words a minute"

    def _ask(self, text: str, *, rate_wpm: int) -> frames.Message:
        request = frames.encode({"voice": self._voice_id, "rate_wpm": rate_wpm}, text.encode())
        with translated(self._timeout_s):
            message = ask_once(self._command, request, self._timeout_s)
        if message is None:
            raise voice_error(VoiceFault.ENGINE_FAILED)
        problem = message[0].get("problem")
        if problem is not None:
            raise voice_error(VoiceFault(problem))
        return message
