"""The vocabulary of a sitting: what it knows, what can happen, what can be done about it."""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from voicereflect.errors import ReflectError

PACES = (1.0, 0.85, 0.7)
"""How fast prompts are spoken: as set, and two steps slower."""


class Phase(Enum):
    """Where a session stands."""

    NEW = auto()
    OPENING = auto()
    ASKING = auto()
    ANSWERING = auto()
    HELD = auto()
    """The device went away during an answer; what was said is kept."""
    SETTLING = auto()
    OVER = auto()


class Refusal(StrEnum):
    """Why a question stays unanswered."""

    SKIP = "skipped"
    NOT_TODAY = "not today"
    NEVER = "never again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A question that stays unanswered; it takes a number like an answer."""

    number: int
    question: int
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What undo goes back to."""

    at: int
    aside: frozenset[int]
    skipped: tuple[Skipped, ...]
    gentler: frozenset[int]
    redone: bool
    """The take set aside stands again, and its question needs no asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session between two events."""

    questions: int
    """How many prompts there are, the closing one included."""
    attended: bool
    """A person is at the keys; without one nothing ever waits for a key."""
    opening: bool = True
    """Something is said before the first question."""
    phase: Phase = Phase.NEW
    at: int = 0
    """The question being asked or answered, from 0."""
    takes: int = 0
    """Numbers given so far; the last one is the running take's."""
    closing: frozenset[int] = frozenset()
    """Takes whose last blocks are still on their way."""
    unread: frozenset[int] = frozenset()
    """Answers that wait for their text."""
    paused: bool = False
    pace: float = PACES[0]
    gentler: frozenset[int] = frozenset()
    """Questions that are asked in their gentler words."""
    aside: frozenset[int] = frozenset()
    """Takes that go to the trash when the session ends."""
    skipped: tuple[Skipped, ...] = ()
    past: tuple[Past, ...] = ()
    """What can be undone, the latest last."""


# What can happen.


@dataclass(frozen=True, slots=True)
class Began:
    """The session begins."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The voice came to its end, or cannot speak at all; not after a `Hush`."""

    turn: int = 0
    """Which of all the things said this was; `flows/session.py` drops stale ones."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key: `enter`, `space`, or a lower-case letter."""

    key: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One block of an answer's sound."""

    answer: int
    pcm: bytes


@dataclass(frozen=True, slots=True)
class SoundEnded:
    """An answer's sound stopped by itself: the end of a recording, or a problem."""

    answer: int
    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """After `StopHearing`: no more blocks of this answer will come."""

    answer: int


@dataclass(frozen=True, slots=True)
class SourceEmpty:
    """There is nothing to hear for the question; it is not asked."""

    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """An answer needs no more waiting: its text is saved, or it will stay pending."""

    answer: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C."""


Event = Began | Spoken | Pressed | Heard | SoundEnded | Closed | SourceEmpty | Read | Interrupted


# What to do about it.


@dataclass(frozen=True, slots=True)
class Open:
    """Speak the opening."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Get ready to hear and speak a question."""

    question: int
    gentler: bool = False
    pace: float = PACES[0]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Speak the question once more; a running take goes on, and that stretch is no answer."""

    question: int
    gentler: bool
    pace: float


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop speaking."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Begin a take."""

    answer: int
    question: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Append a block to a take."""

    answer: int
    pcm: bytes


@dataclass(frozen=True, slots=True)
class ShowPaused:
    """Say that nothing is kept for now, or that it goes on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class RepeatOver:
    """The repeated question has been heard: what follows is answer again."""

    answer: int


@dataclass(frozen=True, slots=True)
class StopHearing:
    """Stop the recorder; `Closed` follows its last block."""

    answer: int
    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class EndTake:
    """All of a take is there: keep it."""

    answer: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Say that the device is gone, and how to go on."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Wait for the texts, with progress."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over; answers without text stay pending."""


TakeEffect = Listen | StopHearing | EndTake | RepeatOver | ShowPaused | Hold
Effect = Open | Ask | Repeat | Hush | Keep | Settle | Finish | TakeEffect
Step = tuple[State, tuple[Effect, ...]]
