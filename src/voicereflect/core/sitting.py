"""The vocabulary of a sitting: what it knows, and what can happen.

`core.deeds` has what can be done about it.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from voicereflect.core.commands import Command
from voicereflect.core.patience import Sign
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
    CHOOSING = auto()
    """A choice about the sitting itself has been put."""
    PICKING = auto()
    """A menu's choice is being kept; the questions that follow may change with it."""
    SETTLING = auto()
    OVER = auto()


class Refusal(StrEnum):
    """Why a question stays unanswered."""

    SKIP = "skipped"
    NOT_TODAY = "not today"
    NEVER = "never again"


class Choice(Enum):
    """What is asked about the sitting itself."""

    FREELY = auto()
    """Whether one can listen freely, before an earlier answer is heard."""
    CALM = auto()
    """Help lines, or go on."""
    FATE = auto()
    """What becomes of the entry."""
    DELETION = auto()
    """Whether it is really to be deleted."""


class Fate(StrEnum):
    """What becomes of an entry whose deck asks for it."""

    KEEP = "keep"
    CLOSE = "keep closed"
    DELETE = "delete"


class Ending(Enum):
    """How a sitting came to its end."""

    COMPLETE = auto()
    STOPPED = auto()
    SILENT = auto()
    """Hands-free: nobody spoke for minutes."""
    LOST = auto()


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
    redone: bool = False
    """The take set aside stands again, and its question needs no asking."""
    picked: bool = False
    """A choice was picked at `at`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session between two events."""

    questions: int
    """How many prompts there are, the closing one included."""
    menus: tuple[int, ...] = ()
    """How many choices each question has."""
    quoting: frozenset[int] = frozenset()
    """Questions before which an earlier answer is heard."""
    decides: bool = False
    """At the end it is asked what becomes of the entry."""
    hands_free: bool = False
    """Nobody need see or press anything: answers end by silence, choices are spoken."""
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
    picked: frozenset[int] = frozenset()
    """Takes that ended with a choice; without a word in them they are set aside."""
    asked_back: tuple[int, int] = (0, 0)
    """The choice that was heard and repeated as a question (0: none), and how many were not meant.
    """
    freely: bool | None = None
    """Whether earlier answers may be heard aloud; None until asked."""
    worried: bool | None = False
    """Whether the calm line is still to come; None once it has come."""
    choice: Choice | None = None
    overheard: int = 0
    """Numbers given to replies that are not kept, counting down from 0."""
    others: tuple[str, ...] = ()
    """What can be heard in place of a device that went away."""
    replying: bool = False
    """Such a reply is being heard."""
    ending: Ending = Ending.COMPLETE

    def menu(self, question: int) -> int:
        """How many choices a question has."""
        return self.menus[question] if question < len(self.menus) else 0


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
    """A key: `enter`, `space`, a digit or a lower-case letter."""

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
    silent: bool = False
    """It holds no word."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """After `Pick` or `Unpick`: what the questions are by now."""

    questions: int
    menus: tuple[int, ...] = ()
    quoting: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Worried:
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
class Interrupted:
    """Ctrl-C."""


Event = (
    Began
    | Spoken
    | Pressed
    | Heard
    | SoundEnded
    | Closed
    | SourceEmpty
    | Read
    | Replanned
    | Worried
    | Signed
    | Commanded
    | Interrupted
)
