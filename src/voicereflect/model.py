"""The values everything speaks of; knows only errors, and no library but the standard one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from voicereflect.deck_model import Deck as Deck  # noqa: PLC0414 - passed on
from voicereflect.deck_model import Prompt as Prompt  # noqa: PLC0414 - passed on
from voicereflect.errors import ReflectError
from voicereflect.sound_model import BYTES_PER_SAMPLE as BYTES_PER_SAMPLE  # noqa: PLC0414
from voicereflect.sound_model import Clip as Clip  # noqa: PLC0414
from voicereflect.sound_model import Segment as Segment  # noqa: PLC0414
from voicereflect.sound_model import Span as Span  # noqa: PLC0414
from voicereflect.sound_model import TakeInfo as TakeInfo  # noqa: PLC0414
from voicereflect.sound_model import Transcript as Transcript  # noqa: PLC0414
from voicereflect.sound_model import Word as Word  # noqa: PLC0414
from voicereflect.sound_model import samples_in as samples_in  # noqa: PLC0414

ANY_LANGUAGE = "auto"
"""In the place of a language's code: the speech model tells which it hears."""


class AnswerState(StrEnum):
    """Where an answer stands on its way from sound to text."""

    RECORDING = "recording"
    PENDING = "pending"
    DONE = "done"
    SILENT = "silent"
    UNSURE = "unsure"
    """A voice was heard, and no words of it are sure."""
    SKIPPED = "skipped"
    WITHDRAWN = "withdrawn"
    """Its speaker took it back: there are no words, no sound and no transcript."""


ANSWERED = frozenset({AnswerState.DONE, AnswerState.PENDING, AnswerState.UNSURE})
"""States of an answer in which something was said."""

SPOKEN = "spoken"
TYPED = "typed"
IMPORTED = "imported"
"""How an answer was given; one that was written elsewhere is `IMPORTED`."""
IMPORTED_TEXT = "imported/text"
"""In the place of the prompt of such an answer: nobody asked for it here."""
WRITTEN = frozenset({TYPED, IMPORTED})
"""How answers were given that are their person's own text and have no sound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A choice that was made from a prompt's menu."""

    id: str
    """As the deck calls it; `none` is none of these."""
    words: str
    """As they were offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One prompt's sound and text by one speaker."""

    number: int
    """1-based; names `N.flac` and `N.jsonl`."""
    speaker: str
    prompt: str
    """`deck/prompt`."""
    asked: str
    """The prompt's words as they were asked."""
    duration_s: float = 0.0
    state: AnswerState = AnswerState.RECORDING
    text: str = ""
    machine_hash: str = ""
    """SHA-256 of the text the machine last wrote; another text is the person's."""
    confirmed: tuple[str, ...] = ()
    """Words a person heard and found right, as `1.46 Kasimir`: the second, and the bare word."""
    weighed: tuple[str, ...] = ()
    """Seconds at which stretches begin that a person heard, and took or refused."""
    heard: str = ""
    """Code of another language than the entry's that is clearly spoken in it."""
    how: str = ""
    """How it was given, `TYPED` or `IMPORTED`; empty where it was spoken."""
    picked: Picked | None = None
    """What was chosen here, with or without a word said."""
    set_aside: bool = False
    """Thrown away in a sitting that goes on or broke off; once it is over this is in the trash."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Keys in the front matter that are not ours, or not as we write them; saved again."""
    stood: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What the file had beside the keys that all have; what did not change is saved as it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What one speaker agreed to; nothing, unless it was said."""

    kept: bool = False
    """Sound and words may be kept."""
    themes: bool = False
    """They may turn up in the owner's themes and searches."""
    sayback: bool = False
    """They may be laid beside what the other said, once, on the screen."""
    withdrawn: str = ""
    """When it was taken back, as it was written down; empty while it stands."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """What else somebody wrote there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file an entry was imported from."""

    name: str
    """Without folders."""
    sha256: str
    dated_by: str
    """What told when it was recorded: `metadata`, `file name`, ..."""
    left_out: str = ""
    """What of the file is not in the entry, as sentences."""
    program: str = ""
    """The program whose export it stood in, such as `dayone`; empty where it was a recording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one session leaves behind."""

    id: str
    """UTC start and four letters: `20261122T083012Z-kzqv`."""
    started_at: datetime
    deck: str
    edition: int
    title: str
    language: str
    tags: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ("me",)
    answers: tuple[Answer, ...] = ()
    note: str = ""
    """What a person wrote above the answers."""
    undecided: bool = False
    """It waits for its person's choice: keep, keep closed, or delete."""
    closed: bool = False
    """It returns only when asked for by name."""
    redated_from: str = ""
    """When it began as it was written down first, where a person put that right."""
    source: Source | None = None
    consent: Mapping[str, Consent] = field(default_factory=dict, hash=False)
    """What each other speaker agreed to, by name."""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Keys in the front matter that are not ours, or not as we write them; saved again."""
    stood: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What the file had beside the keys that all have; what did not change is saved as it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerReady:
    """The model is loaded and warm."""

    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechHeard:
    """The voice detector's view since the last cut, up to sample `upto`."""

    recording: int
    """As the transcriber called it when it was opened; so in all reports."""
    upto: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRead:
    """A live segment's text: shown at once, replaced by the whole-answer pass."""

    recording: int
    span: Span
    text: str
    guess: str = ""
    """What a doubtful reading would be; for recognising commands, shown to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRead:
    """A window of the whole-answer pass, finished; windows arrive in order."""

    recording: int
    span: Span
    model: str
    language: str
    segments: tuple[Segment, ...]
    unsure: tuple[Segment, ...] = ()
    language_probability: float | None = None
    heard: str = ""
    voiced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowProgress:
    """The whole-answer pass has come to sample `upto`."""

    recording: int
    upto: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLost:
    """The worker ended by itself, and with it all sound it had been given."""

    what: str
    hint: str
    restarting: bool
    """True: a fresh worker is loading; what was not read must be given again."""
    problem: ReflectError | None = field(default=None, compare=False)
    """What kept it from starting, where that has a name of its own."""


Report = WorkerReady | SpeechHeard | SegmentRead | WindowRead | WindowProgress | WorkerLost
