"""What a sitting wants done: the effects of `machine.step`; `flows/session/loop.py` does them."""

from dataclasses import dataclass
from enum import Enum, auto

from voicereflect.core.session.state import PACES, Choice, Fate, State
from voicereflect.errors import ReflectError


@dataclass(frozen=True, slots=True)
class Open:
    """Speak the opening."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Get ready to hear and speak a question."""

    question: int
    gentler: bool = False
    pace: float = PACES[0]
    quoting: bool = False
    """Let an earlier answer be heard first."""


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
    """Append a block to a take; of a reply nothing is written."""

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

    others: tuple[str, ...] = ()
    """What can be heard instead."""


@dataclass(frozen=True, slots=True)
class Use:
    """Hear another device from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Wait for the texts, with progress."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over; answers without text stay pending."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Remember a choice from a question's menu (0: none of these); `Replanned` follows."""

    question: int
    option: int


@dataclass(frozen=True, slots=True)
class Unpick:
    """Take that back; `Replanned` follows."""

    question: int


@dataclass(frozen=True, slots=True)
class AskBack:
    """Repeat a choice that was heard as a question; the running take goes on meanwhile."""

    question: int
    option: int


@dataclass(frozen=True, slots=True)
class ShowQuote:
    """Show the earlier answer that a question speaks of; `aloud` plays it."""

    question: int
    aloud: bool


@dataclass(frozen=True, slots=True)
class Put:
    """Put a choice that is about the sitting itself."""

    choice: Choice


@dataclass(frozen=True, slots=True)
class Overhear:
    """Hear a reply without keeping it; its number is negative."""

    number: int


@dataclass(frozen=True, slots=True)
class Decide:
    """What becomes of the entry."""

    fate: Fate


@dataclass(frozen=True, slots=True)
class ShowCalm:
    """Show where people can be talked to, once; keep no trace of it."""


@dataclass(frozen=True, slots=True)
class TellHelpLines:
    """Tell whom to call; a running take goes on meanwhile."""


class Word(Enum):
    """What is put in while an answer goes on; that stretch is no answer."""

    MOVING_ON = auto()
    """The tone that an answer is about to end."""
    TAKE_YOUR_TIME = auto()
    OWN_WAY = auto()
    """After two choices that were not meant: tell it freely."""
    TURN_OVER = auto()
    """The time of one of two is over; it cuts nothing."""


@dataclass(frozen=True, slots=True)
class PutIn:
    """Say or sound something while the take goes on."""

    word: Word


TakeEffect = Listen | Overhear | StopHearing | EndTake | RepeatOver | Use
"""About what is being heard."""
TalkEffect = Repeat | PutIn | AskBack | TellHelpLines | ShowQuote | Put
"""About what is said to the person, beside a question's first asking."""
ShowEffect = ShowPaused | Hold | ShowCalm
ChoiceEffect = Pick | Unpick | Decide
Effect = (
    Open | Ask | Hush | Keep | Settle | Finish | TakeEffect | TalkEffect | ShowEffect | ChoiceEffect
)
Step = tuple[State, tuple[Effect, ...]]
