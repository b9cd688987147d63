"""What a session is made of: the outside world it uses, and what it will ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from voicereflect.model import Deck, Entry
from voicereflect.ports import (
    Keyboard,
    Loudspeaker,
    Recorder,
    Screen,
    Transcriber,
    Vault,
    Voice,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The outside world of a session."""

    voice: Voice | None
    loudspeaker: Loudspeaker | None
    recorder: Recorder
    keyboard: Keyboard
    attended: bool
    """A person is at the keys; without one nothing ever waits for a key."""
    transcriber: Transcriber
    vault: Vault
    screen: Screen
    source: str
    """What a person calls the recorder, and why it is the one."""
    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One prompt in the words chosen for this session."""

    prompt: str
    """`deck/prompt`."""
    words: str
    gentler: str = ""

    def said(self, *, gentler: bool) -> str:
        """The words as they are spoken; gentler ones where there are any."""
        return (gentler and self.gentler) or self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a session will ask, and the entry it will leave."""

    deck: Deck
    opening: str
    questions: tuple[Question, ...]
    entry: Entry
