"""Two voices as one, recorded prompts before both, and words as a person wants them said.

Knows the port alone; which engines stand behind it is none of its business.
"""

from collections.abc import Callable, Mapping

from voicereflect.core.words.comparing.sounds import sounded
from voicereflect.errors import ReflectError, VoiceError
from voicereflect.model import Clip
from voicereflect.ports.voice import PromptPack, Voice


class EitherVoice:
    """The first voice until it fails once, from then on the second."""

    def __init__(self, first: Voice, second: Voice, tell: Callable[[str], None]) -> None:
        """`tell` is called once with one line, from the thread that renders."""
        self._first: Voice | None = first
        self._second = second
        self._tell = tell
        self._closed = False

    def render(
        self, text: str, *, pace: float = 1.0, private: bool = False, ahead: bool = False
    ) -> Clip:
        first = self._first
        if first is not None:
            try:
                return first.render(text, pace=pace, private=private, ahead=ahead)
            except VoiceError as error:
                if self._closed:  # it was cut off, and nobody listens any more
                    raise
                self._first = None
                first.close()
                self._tell(f"{error.sentence} The system's own voice goes on.")
        return self._second.render(text, pace=pace, private=private, ahead=ahead)

    def close(self) -> None:
        """Let go of both, for good."""
        self._closed = True
        if self._first is not None:
            self._first.close()
        self._second.close()


class ByEarVoice:
    """A voice that is given some words as they sound."""

    def __init__(self, voice: Voice, sounds: Mapping[str, str]) -> None:
        """`sounds` has a word's spelling by ear."""
        self._voice = voice
        self._sounds = sounds

    def render(
        self, text: str, *, pace: float = 1.0, private: bool = False, ahead: bool = False
    ) -> Clip:
        by_ear = sounded(text, self._sounds)
        return self._voice.render(by_ear, pace=pace, private=private, ahead=ahead)

    def close(self) -> None:
        self._voice.close()


class RecordedFirst:
    """A recording where somebody has read exactly these words, else a voice.

    Slower than it was read it is spoken by the voice, and so are words of the speaker's own.
    """

    def __init__(self, pack: PromptPack, voice: Voice, tell: Callable[[str], None]) -> None:
        """`tell` is called with one line for the first recording that cannot be played."""
        self._pack = pack
        self._voice = voice
        self._tell = tell
        self._told = False

    def render(
        self, text: str, *, pace: float = 1.0, private: bool = False, ahead: bool = False
    ) -> Clip:
        recorded = None if private or pace != 1.0 else self._recorded(text)
        return recorded or self._voice.render(text, pace=pace, private=private, ahead=ahead)

    def close(self) -> None:
        self._voice.close()

    def _recorded(self, text: str) -> Clip | None:
        try:
            return self._pack.clip(text)
        except ReflectError as error:
            if not self._told:
                self._told = True
                self._tell(f"{error.sentence} The voice speaks instead.")
            return None
