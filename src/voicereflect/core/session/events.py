"""What can happen in a session; `core/session/machine.py` says what follows from it."""

from dataclasses import dataclass

from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.silence import Sign
from voicereflect.errors import ReflectError


@dataclass(frozen=True, slots=True)
class Began:
    """The session begins."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The voice came to its end, or cannot speak at all; not after a `Hush`."""

    turn: int = 0
    """Which of all the things said this was; `flows/session/loop.py` drops stale ones."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key: `enter`, `space`, a digit or a lower-case letter."""

    key: str


@dataclass(frozen=True, slots=True)
class SoundEnded:
    """An answer's sound stopped by itself: the end of a recording, or a problem."""

    answer: int
    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class SourceEmpty:
    """There is nothing to hear for the question; it is not asked."""

    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """An answer needs no more waiting: its text is saved, or it will stay pending."""

    answer: int
    silent: bool = False
    """It holds no word."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """After `Pick` or `Unpick`: what the questions are by now."""

    questions: int
    menus: tuple[int, ...] = ()
    quoting: frozenset[int] = frozenset()
    private: frozenset[int] = frozenset()
    inviting: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class DangerNoticed:
    """An answer speaks of danger."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Hands-free: what the silence in a take or a reply comes to."""

    answer: int
    sign: Sign


@dataclass(frozen=True, slots=True)
class Commanded:
    """Hands-free: a whole utterance that is a command and no answer."""

    answer: int
    command: Command
    option: int = 0
    """For `PICK`: which choice, 0 being none of these."""
    alone: bool = True
    """The take holds nothing else."""


@dataclass(frozen=True, slots=True)
class DeviceFound:
    """A microphone that went away gives sound again; or it was waited for long enough."""

    is_back: bool


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C."""


Event = (
    Began
    | Spoken
    | Pressed
    | SoundEnded
    | SourceEmpty
    | Read
    | Replanned
    | DangerNoticed
    | Signed
    | Commanded
    | DeviceFound
    | Interrupted
)


def of_key(key: str) -> Pressed | Interrupted:
    """Give what happens when a keyboard reports a key."""
    return Interrupted() if key == "interrupt" else Pressed(key)
