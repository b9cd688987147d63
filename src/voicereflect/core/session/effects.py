"""What a session wants done; `flows/session/effects.py` does it."""

from dataclasses import dataclass

from voicereflect.core.session.feedback import Feedback, Insertion
from voicereflect.core.session.state import PACES, Choice, Fate, Skipped, State
from voicereflect.errors import ReflectError


@dataclass(frozen=True, slots=True)
class Open:
    """Speak the opening; `introduced`: first of all what hands-free is."""

    introduced: bool = False
    place_follows: bool = False
    """Its question is put as a choice, and is no part of it."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """Remember that hands-free has been introduced."""


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
class Invite:
    """Get ready to hear more of the answer just given, and ask for it without a subject."""

    question: int
    invitation: int
    """Which one, from 1."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Begin a take."""

    answer: int
    question: int
    kept: bool = True
    """False: it is heard for a choice, and nothing of it is written anywhere."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Keep nothing of a take for now, or go on; and say so."""

    answer: int
    paused: bool


@dataclass(frozen=True, slots=True)
class RepeatOver:
    """The repeated question has been heard: what follows is answer again."""

    answer: int


@dataclass(frozen=True, slots=True)
class StopHearing:
    """Stop the recorder; blocks that are still on their way are kept."""

    answer: int
    problem: ReflectError | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Say that the device is gone, and how to go on."""

    others: tuple[str, ...] = ()
    """What can be heard instead."""


@dataclass(frozen=True, slots=True)
class TellLost:
    """Say aloud that the device is gone, and what follows."""


@dataclass(frozen=True, slots=True)
class AwaitDevice:
    """See for a while whether it comes back; `DeviceFound` follows."""


@dataclass(frozen=True, slots=True)
class TellFound:
    """Say aloud that it is back; or let what became of it end the session."""

    is_back: bool


@dataclass(frozen=True, slots=True)
class Use:
    """Hear another device from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class AwaitTexts:
    """Wait for the texts, with progress."""


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over; answers without text stay pending."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Remember a choice from a question's menu (0: none of these); `Replanned` follows."""

    question: int
    option: int
    answer: int = 0
    """The answer it stands in; 0: in none."""


@dataclass(frozen=True, slots=True)
class Unpick:
    """Take that back; `Replanned` follows."""

    question: int
    answer: int = 0


@dataclass(frozen=True, slots=True)
class Refuse:
    """Keep at once that a question stays unanswered."""

    skipped: Skipped


@dataclass(frozen=True, slots=True)
class Allow:
    """Take a refusal back."""

    number: int


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


@dataclass(frozen=True, slots=True)
class ShowKeys:
    """Show every key that does something now."""


@dataclass(frozen=True, slots=True)
class ShowRestored:
    """Show the answer that stands again."""

    answer: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """Say or play the answer just given; `running`: the take that goes on meanwhile."""

    running: bool


@dataclass(frozen=True, slots=True)
class Forget:
    """Write nothing down of an answer: it goes to the trash."""

    answer: int


@dataclass(frozen=True, slots=True)
class Recall:
    """Write it down after all."""

    answer: int


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Say in a line what happened, and how to take it back."""

    feedback: Feedback


@dataclass(frozen=True, slots=True)
class PutIn:
    """Say or sound something while the take goes on."""

    insertion: Insertion


_Said = Open | Ask | Repeat | Invite | AskBack | Put | PutIn | ReadBack | Hush
_Shown = ShowQuote | ShowCalm | ShowKeys | ShowRestored | TellHelpLines | Acknowledge
_Recorded = Listen | Overhear | Pause | RepeatOver | StopHearing
_Lost = Hold | TellLost | AwaitDevice | TellFound | Use
_Kept = Introduced | Pick | Unpick | Refuse | Allow | Decide | Forget | Recall
Effect = _Said | _Shown | _Recorded | _Lost | _Kept | AwaitTexts | Finish
Step = tuple[State, tuple[Effect, ...]]
