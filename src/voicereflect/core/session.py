"""One sitting as a pure machine: what happened in, what to do out.

Knows prompts by their place in the order; no sound, no text, no device.
`flows/session.py` turns the effects into deeds and the deeds' ends into events.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from voicereflect.errors import ReflectError


class Phase(Enum):
    """Where a session stands."""

    NEW = auto()
    OPENING = auto()
    ASKING = auto()
    ANSWERING = auto()
    SETTLING = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A session between two events."""

    questions: int
    """How many prompts there are, the closing one included."""
    attended: bool
    """A person is at the keys; without one nothing ever waits for a key."""
    phase: Phase = Phase.NEW
    at: int = 0
    """The question being asked or answered, from 0."""
    takes: int = 0
    """Takes begun so far; the number of the one running."""
    unread: frozenset[int] = frozenset()
    """Answers that wait for their text."""


# What can happen.


@dataclass(frozen=True, slots=True)
class Began:
    """The session begins."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The voice came to its end, or cannot speak at all; not after a `Hush`."""


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
class SourceEmpty:
    """There is nothing left to hear; the question just asked stays unanswered."""

    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """An answer needs no more waiting: its text is saved, or it will stay pending."""

    answer: int


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C."""


Event = Began | Spoken | Pressed | Heard | SoundEnded | SourceEmpty | Read | Interrupted


# What to do about it.


@dataclass(frozen=True, slots=True)
class Open:
    """Speak the opening."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Speak a question and get ready to hear."""

    question: int


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
    """Append a block to the running take."""

    answer: int
    pcm: bytes


@dataclass(frozen=True, slots=True)
class EndTake:
    """Stop hearing and keep the take."""

    answer: int
    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """Wait for the texts, with progress."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over; answers without text stay pending."""


Effect = Open | Ask | Hush | Listen | Keep | EndTake | Settle | Finish
Step = tuple[State, tuple[Effect, ...]]


def step(state: State, event: Event) -> Step:
    """What a session does when something happens; an event out of place changes nothing."""
    match event:
        case Read(answer):
            return _read(state, answer)
        case Interrupted():
            return _interrupted(state)
        case Heard(answer) | SoundEnded(answer) if answer != state.takes:
            return state, ()  # of a take that has ended meanwhile
        case _:
            return _IN_PHASE[state.phase](state, event)


def _new(state: State, event: Event) -> Step:
    if isinstance(event, Began):
        return replace(state, phase=Phase.OPENING), (Open(),)
    return state, ()


def _opening(state: State, event: Event) -> Step:
    match event:
        case Pressed("enter"):
            return _first(Hush(), _ask(state, 0))
        case Pressed("q"):
            return _settle(state, Hush())
        case Spoken() if not state.attended:
            return _ask(state, 0)
        case _:
            return state, ()


def _asking(state: State, event: Event) -> Step:
    match event:
        case Spoken():
            return _listen(state)
        case Pressed("enter"):
            return _first(Hush(), _listen(state))
        case Pressed("s"):
            return _first(Hush(), _next(state))
        case Pressed("q") | SourceEmpty():
            return _settle(state, Hush())
        case _:
            return state, ()


def _answering(state: State, event: Event) -> Step:
    match event:
        case Heard(answer, pcm):
            return state, (Keep(answer, pcm),)
        case Pressed("enter") | SoundEnded(_, None):
            return _first(EndTake(state.takes), _next(state))
        case SoundEnded(_, problem):
            return _settle(state, EndTake(state.takes, problem))
        case Pressed("q"):
            return _settle(state, EndTake(state.takes))
        case _:
            return state, ()


def _settling(state: State, event: Event) -> Step:
    if isinstance(event, Pressed):
        return _over(state)
    return state, ()


def _nothing(state: State, _event: Event) -> Step:
    return state, ()


_IN_PHASE: dict[Phase, Callable[[State, Event], Step]] = {
    Phase.NEW: _new,
    Phase.OPENING: _opening,
    Phase.ASKING: _asking,
    Phase.ANSWERING: _answering,
    Phase.SETTLING: _settling,
    Phase.OVER: _nothing,
}


def _interrupted(state: State) -> Step:
    match state.phase:
        case Phase.ANSWERING:
            return _settle(state, EndTake(state.takes))
        case Phase.SETTLING:
            return _over(state)
        case Phase.OVER:
            return state, ()
        case _:
            return _settle(state, Hush())


def _read(state: State, answer: int) -> Step:
    left = replace(state, unread=state.unread - {answer})
    if left.phase is Phase.SETTLING and not left.unread:
        return _over(left)
    return left, ()


def _listen(state: State) -> Step:
    take = state.takes + 1
    listening = replace(state, phase=Phase.ANSWERING, takes=take, unread=state.unread | {take})
    return listening, (Listen(take, state.at),)


def _next(state: State) -> Step:
    if state.at + 1 < state.questions:
        return _ask(state, state.at + 1)
    return _settle(state)


def _ask(state: State, question: int) -> Step:
    return replace(state, phase=Phase.ASKING, at=question), (Ask(question),)


def _settle(state: State, *first: Effect) -> Step:
    settling = replace(state, phase=Phase.SETTLING)
    if settling.unread:
        return settling, (*first, Settle())
    over, last = _over(settling)
    return over, (*first, *last)


def _over(state: State) -> Step:
    return replace(state, phase=Phase.OVER), (Finish(),)


def _first(effect: Effect, then: Step) -> Step:
    state, effects = then
    return state, (effect, *effects)
