"""What a session knows between two events; `events.py` has what can happen."""

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
    RESTORED = auto()
    """A take that was set aside stands again; nothing is asked and nothing is heard."""
    CHOOSING = auto()
    """A choice about the sitting itself has been put."""
    PICKING = auto()
    """A menu's choice is being kept; the questions that follow may change with it."""
    AWAITING_TEXTS = auto()
    """Nothing is asked any more."""
    OVER = auto()


class Refusal(StrEnum):
    """Why a question stays unanswered."""

    SKIP = "skipped"
    NOT_TODAY = "not today"
    NEVER = "never again"


class Choice(Enum):
    """What is asked about the sitting itself."""

    PLACE = auto()
    """Whether one can speak freely here, before the first question."""
    ELSEWHERE = auto()
    """If not: another time, or typed."""
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


class CalmLine(Enum):
    """The line that says whom to talk to; it comes once a sitting."""

    NOT_DUE = auto()
    DUE = auto()
    """An answer speaks of danger, and the line has still to come."""
    SHOWN = auto()
    """Or said aloud."""


class Ending(Enum):
    """How a sitting came to its end."""

    COMPLETE = auto()
    STOPPED = auto()
    SILENT = auto()
    """Hands-free: nobody spoke for minutes."""
    LOST = auto()
    LATER = auto()
    """This is no place to speak freely, and nothing was asked."""
    TYPED = auto()
    """The same, and it goes on with answers that are typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A question that stays unanswered; it takes a number like an answer."""

    number: int
    question: int
    refusal: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What the key U goes back to."""

    at: int
    set_aside: frozenset[int]
    skipped: tuple[Skipped, ...]
    gentler: frozenset[int]
    redone: bool = False
    """The take set aside stands again, and its question needs no asking."""
    picked: int | None = None
    """A choice was picked at `at`: the answer it stands in, 0 where it stands in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Which questions there are, which of them is at hand, and how they are asked."""

    questions: int
    """How many there are, the closing one included."""
    menus: tuple[int, ...] = ()
    """How many choices each question has."""
    quoting: frozenset[int] = frozenset()
    """Questions before which an earlier answer is heard."""
    freely: bool | None = None
    """Whether earlier answers may be heard aloud; None until asked."""
    at: int = 0
    """The question being asked or answered, from 0."""
    pace: float = PACES[0]
    gentler: frozenset[int] = frozenset()
    """Questions that are asked in their gentler words."""
    worded: bool = True
    """Whether there are any words to be heard again; free talk has none."""
    private: frozenset[int] = frozenset()
    """Questions of which nothing is kept but a choice, and that not in the entry."""
    inviting: frozenset[int] = frozenset()
    """Questions after whose answer more can be asked for."""
    invited: int = 0
    """The invitation to go on that is being asked in place of the question; 0: none."""
    invitations: int = 0
    """How many there were."""

    @property
    def is_private(self) -> bool:
        """Whether nothing that is said to the question at hand is kept."""
        return self.at in self.private

    @property
    def menu(self) -> int:
        """How many choices the question at hand has."""
        return self.menus[self.at] if self.at < len(self.menus) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The running take, or the one that ran last."""

    number: int = 0
    """Numbers given so far, also to refusals; the last one is the running take's."""
    paused: bool = False
    asked_back: int = 0
    """The choice that was heard and repeated as a question, from 1; 0: none."""
    misses: int = 0
    """How many of those were not meant."""
    restored: int = 0
    """The take that stands again, where one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replying:
    """A choice about the session, and the reply to it, which is not kept."""

    choice: Choice | None = None
    number: int = 0
    """Numbers given to replies, counting down from 0."""
    heard: bool = False
    """The reply is being heard."""
    unclear: int = 0
    """How often it was no reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session between two events."""

    asking: Asking
    attended: bool
    """A person is at the keys; without one nothing ever waits for a key."""
    hands_free: bool = False
    """Nobody need see or press anything: answers end by silence, choices are spoken."""
    quiet: bool = False
    """Nothing may be shown while something is heard: it would be read aloud."""
    opening: bool = True
    """Something is said before the first question."""
    introduces: bool = False
    """Before that, what hands-free is."""
    asks_place: bool = False
    """Whether one can speak freely is asked aloud, and the reply waited for."""
    decides: bool = False
    """At the end it is asked what becomes of the entry."""
    phase: Phase = Phase.NEW
    answering: Answering = Answering()
    replying: Replying = Replying()
    unread: frozenset[int] = frozenset()
    """Answers that wait for their text."""
    set_aside: frozenset[int] = frozenset()
    """Takes that go to the trash when the session ends."""
    idle: frozenset[int] = frozenset()
    """Takes that ended because something was taken back; without a word they are set aside."""
    silent: frozenset[int] = frozenset()
    """Takes in which there is no word."""
    skipped: tuple[Skipped, ...] = ()
    past: tuple[Undo, ...] = ()
    """What can be undone, the latest last."""
    calm_line: CalmLine = CalmLine.NOT_DUE
    others: tuple[str, ...] = ()
    """What can be heard in place of a device that went away."""
    ending: Ending = Ending.COMPLETE

    @property
    def thrown(self) -> frozenset[int]:
        """Takes that go to the trash as things stand."""
        return self.set_aside | (self.idle & self.silent)

    @property
    def waiting(self) -> frozenset[int]:
        """Answers whose text the end of the session waits for."""
        return self.unread - self.thrown

    @property
    def heard(self) -> int:
        """The number of what is being heard, or was heard last: a take, or a reply."""
        return self.replying.number if self.replying.heard else self.answering.number
