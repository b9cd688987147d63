"""What a search or a list asks for and what it finds, as values; knows no index."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from voicereflect.core.entry.decisions import is_closed
from voicereflect.core.entry.ids import day_of
from voicereflect.core.entry.tags import tags_in
from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.safety.consent import counting
from voicereflect.model import Answer, AnswerState, Entry

SYNTHETIC: Final = "synthetic sample"
"""The speaker of the shipped sample answers; shown wherever their words are."""
OPENING_CHARS: Final = 80
WIDTH: Final = 384
"""Numbers in one vector."""
BYTES_PER_VECTOR: Final = WIDTH * 2
"""Half precision."""
ORDINAL_BITS: Final = 16
"""A passage's key is its entry's key and, in so many bits, its place among the entry's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries and answers are wanted; a field left out restricts nothing."""

    since: date | None = None
    until: date | None = None
    deck: str = ""
    prompt: str = ""
    """`deck/prompt`, or the prompt alone."""
    tags: tuple[str, ...] = ()
    """All of them."""
    speaker: str = ""
    state: AnswerState | None = None
    closed: bool | None = None
    """Only entries that were closed or wait for that choice, or only others."""
    among: frozenset[str] | None = None
    """Only these passages, as ENTRY/ANSWER:WORD, and entries that have one of them."""


class NameKind(Enum):
    """What entries and answers are told apart by; the value is what a person calls it."""

    DECK = "deck"
    TAG = "tag"
    PROMPT = "prompt"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRecord:
    """What the index keeps of one folder of the vault."""

    place: str
    stamp: str
    """Changes when the file does; empty where that cannot be told yet."""
    digest: str
    """SHA-256 of the file."""
    entry: Entry | None
    problem: str = ""
    """Why it cannot be read, and in `hint` what to do."""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredDeck:
    """Where a prompt was answered."""

    entry: str
    answer: int
    prompt: str
    """`deck/prompt`."""
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UndecidedEntry:
    """An entry that waits for its person's choice."""

    entry: str
    title: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """An entry whose meaning is not in the index yet."""

    key: int
    said: str
    """Hash of the texts: vectors are kept only while it stays."""
    texts: tuple[str, ...]


EVERYTHING: Final = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An entry as a list shows it."""

    place: str
    """Where the vault keeps it."""
    id: str
    started_at: datetime
    day: date
    """The day it belongs to; one begins at four."""
    deck: str
    title: str
    tags: tuple[str, ...]
    seconds: float
    opening: str
    """The first words said; empty where they speak of danger."""
    synthetic: bool
    closed: bool
    """Its person wants it to return only when asked for."""
    quiet: bool = False
    """Its words do not come back unasked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A passage, and where it was said."""

    key: int
    """The index's own name for it; passages of one entry follow each other."""
    entry: str
    answer: int
    word: int
    text: str
    started_at: datetime
    day: date
    deck: str
    title: str
    speaker: str

    @property
    def reference(self) -> str:
        """What `show`, `play` and `fix` accept: ENTRY/ANSWER:WORD."""
        return f"{self.entry}/{self.answer}:{self.word}"

    @property
    def synthetic(self) -> bool:
        """Whether nobody said this."""
        return self.speaker == SYNTHETIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found."""

    spot: Spot
    marks: tuple[tuple[int, int], ...]
    """Begin and end of each word of the query, as letters of the passage's text."""
    score: float


def line_of(entry: Entry, place: str = "") -> EntryLine:
    """Make the line of an entry."""
    return EntryLine(
        place=place,
        id=entry.id,
        started_at=entry.started_at,
        day=day_of(entry.started_at),
        deck=entry.deck,
        title=entry.title,
        tags=tags_in(entry.tags),
        seconds=sum(answer.duration_s for answer in entry.answers),
        opening=_opening(counting(entry)),
        synthetic=is_synthetic(entry),
        closed=is_closed(entry),
    )


def is_synthetic(entry: Entry) -> bool:
    """Tell whether sample answers are in it."""
    return SYNTHETIC in entry.speakers or any(a.speaker == SYNTHETIC for a in entry.answers)


def _opening(answers: tuple[Answer, ...]) -> str:
    """Give the first words; none where they speak of danger, the rest of a sentence included."""
    text = next((answer.text for answer in answers if answer.text), "")
    words = " ".join(text[: OPENING_CHARS * 4].split())
    return "" if speaks_of_danger(words[: OPENING_CHARS * 2]) else words[:OPENING_CHARS]
