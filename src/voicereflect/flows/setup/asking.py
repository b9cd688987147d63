"""Says questions aloud while they stand there to be read; says nothing once it cannot."""

from voicereflect.errors import ReflectError
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.voice import Voice


class AskingVoice:
    """A voice beside the lines."""

    def __init__(self, voice: Voice, loudspeaker: Loudspeaker, *, wanted: bool) -> None:
        """Nothing is said before `begin`; `wanted`: somebody is there to hear it."""
        self._voice = voice
        self._loudspeaker = loudspeaker
        self._wanted = wanted
        self._can = False

    def begin(self) -> None:
        """Voice and loudspeaker were tried and work."""
        self._can = self._wanted

    def say(self, text: str) -> None:
        """Begin to say a text, and go on at once."""
        if not self._can:
            return
        try:
            self._loudspeaker.play(self._voice.render(text), lambda _: None)  # nothing waits for it
        except ReflectError:
            self._can = False  # it stands there to be read

    def hush(self) -> None:
        """Stop what is being said: it was answered."""
        if self._can:
            self._loudspeaker.stop()
