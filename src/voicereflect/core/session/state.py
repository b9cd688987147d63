"""The vocabulary of a sitting: what it knows, and what can happen.

What can be done about it stands in `effects.py`.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

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
