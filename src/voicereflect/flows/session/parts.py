"""What a session is made of: the outside world it uses, and what it will ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from voicereflect.core.decks.rotation import FREELY
from voicereflect.core.safety.help_lines import HelpLines
from voicereflect.core.session.events import Replanned
from voicereflect.core.session.machine import replanned
from voicereflect.core.session.state import Answering, Asking, State
from voicereflect.deck_model import Offered
from voicereflect.model import Answer, Deck, Entry, TakeInfo, Transcript
from voicereflect.ports.decks import SessionMemory
from voicereflect.ports.index import Sense
from voicereflect.ports.screen import Keyboard, Screen
from voicereflect.ports.sound import Loudspeaker, Recorder
from voicereflect.ports.speech import Transcriber
from voicereflect.ports.vault import Vault
from voicereflect.ports.voice import PromptPack, Voice

UNDERSTOOD: Final = ("en", "auto")
"""Languages in which commands and replies can be spoken."""
SETTLES_STEP: Final = frozenset({"done", "let-go"})
"""Choices after which a step does not come back; a menu that has both asks about a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The outside world of a session."""

    voice: Voice | None
    second_voice: Voice | None = None
    """Speaks when the first one cannot."""
    pack: PromptPack | None = None
    """Recorded prompts, played instead of either."""
    pause_s: float = 0.0
    """A breath: between two things that are said, and a longer one after the opening."""
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
    memory: SessionMemory
    help_lines: tuple[tuple[str, str], ...] = ()
    """Whom to call, as names and numbers, where a country is set."""
    countries: HelpLines | None = None
    """All help lines, where somebody may say in which country they are."""
    remember_country: Callable[[str], None] = lambda _code: None
    hands_free: bool = False
    """Nobody need see or press anything."""
    quiet: bool = False
    """A screen is read aloud: tones answer keys while the microphone is open."""
    calm: bool = True
    """Whether plain words of danger are answered with the calm line."""
    introduces: bool = False
    """Hands-free is new to this person, and says first what it is."""
    sense: Sense | None = None
    """Notices them by meaning; without it patterns look alone."""
    mirror: bool = False
    """Whether a sentence that blames may be held up, where a deck allows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An earlier answer, or its beginning, as a question may speak of it."""

    entry_id: str
    answer: int
    day: date
    start_s: float
    end_s: float
    words: str
    """Verbatim."""
    step: bool
    """It is something the speaker meant to do; it comes back until it is done or let go."""
    certain: bool
    """No word of it is doubtful; otherwise the recording speaks, and nothing else."""
    typed: bool = False
    """There is no recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One prompt in the words chosen for this session."""

    prompt: str
    """`deck/prompt`."""
    words: str
    breaths: tuple[str, ...] = ()
    """The same words where they are said in several breaths, and it is still between them."""
    gentler: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    """Choices as id and spoken words."""
    quote: Quote | None = None
    mirror: bool = False
    """Whether the deck lets the mirror look at the answer."""
    speaker: str = ""
    """Who answers; empty: the one whose entry it is."""
    private: bool = False
    """Nothing said to it is kept, and what is picked stands in no entry."""
    turn_s: float = 0.0
    """How long the answer may last before a soft line says so; 0 is as long as it takes."""

    def said(self, *, gentler: bool) -> str:
        """The words as they are shown; gentler ones where there are any."""
        return (gentler and self.gentler) or self.words

    def spoken(self, *, gentler: bool) -> tuple[str, ...]:
        """The words as they are spoken, a breath each."""
        words = self.said(gentler=gentler)
        return self.breaths if self.breaths and words == self.words else (words,)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTake:
    """Something that was said before the session began, and is its first take."""

    answer: Answer
    blocks: tuple[bytes, ...]
    info: TakeInfo
    transcript: Transcript | None
    """None: it waits for its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a session will ask, and the entry it will leave."""

    deck: Deck
    opening: tuple[str, ...]
    """What is said first, a breath each."""
    questions: tuple[Question, ...]
    entry: Entry
    silence_s: float | None = None
    """Hands-free: seconds before the tone; None is never."""
    offers: Callable[[Mapping[str, str]], tuple[Offered, ...]] | None = None
    """Other decks that may be offered afterwards, by the choices made."""
    worded: bool = True
    """Its questions have words; free talk has none."""
    waiting: tuple[str, ...] = ()
    """Lines about earlier entries whose keeping was left open."""
    replan: Callable[[Mapping[str, str]], tuple[Question, ...]] | None = None
    """All questions anew, from the choices made so far (by prompt id); None: they stay."""
    first: FirstTake | None = None
    closing: str = ""
    """Said at the very end and not recorded, where it is none of the questions."""


def first_state(parts: Parts, plan: Plan, begun: Replanned) -> State:
    """Where a session begins."""
    hears = parts.hands_free and plan.entry.language in UNDERSTOOD
    asks_place = hears and plan.opening[-1:] == (FREELY,)
    introduces = hears and parts.introduces
    said = plan.opening[:-1] if asks_place else plan.opening
    return State(
        asking=replanned(Asking(questions=begun.questions, worded=plan.worded), begun),
        attended=parts.attended,
        hands_free=parts.hands_free,
        quiet=parts.quiet,
        opening=bool(said)
        or introduces
        or (not plan.worded and parts.attended and not parts.hands_free),
        introduces=introduces,
        asks_place=asks_place,
        decides=plan.deck.at_end == "ask",
        answering=Answering(number=1 if plan.first else 0),
        unread=frozenset({1} if plan.first else ()),
    )
