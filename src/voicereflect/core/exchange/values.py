"""What is exported and what comes out, as values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from voicereflect.core.search.filters import EVERYTHING, Wanted
from voicereflect.core.words.comparing.alignment import TimedWord
from voicereflect.errors import VaultError
from voicereflect.model import Entry, TakeInfo, Transcript


class ExportFormat(StrEnum):
    """Which program is to read it."""

    MARKDOWN = "markdown"
    TEXT = "txt"
    JSON = "json"
    JSONL = "jsonl"
    SRT = "srt"
    VTT = "vtt"
    OBSIDIAN = "obsidian"
    JRNL = "jrnl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """One entry as it leaves: only the answers that may, with all that is known of each."""

    entry: Entry
    transcripts: Mapping[int, tuple[Transcript, ...]] = field(default_factory=dict)
    """Of each answer by its number, oldest first; where the format has room for them."""
    words: Mapping[int, tuple[TimedWord, ...]] = field(default_factory=dict)
    """The words of each spoken answer's present text, by its number; for subtitles alone."""
    takes: Mapping[int, TakeInfo] = field(default_factory=dict)
    """What is known of each sound, by the answer's number; where the format has room for it."""
    sounds: Mapping[int, str] = field(default_factory=dict)
    """The file of each answer whose sound goes along, by the answer's number."""
    themes: Sequence[str] = ()
    """Names of the themes it came up in; where the format links to them."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The file of each picture or other thing beside the entry that goes along, by its name."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file of an export."""

    name: str
    parts: Iterable[str]
    """Its text, in pieces that are made when they are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExport:
    """What goes along, and how."""

    into: ExportFormat
    named: Sequence[str] = ()
    """References; without any, every entry that `wanted` lets through and nobody closed."""
    wanted: Wanted = EVERYTHING
    with_sound: bool = False


@dataclass(slots=True, kw_only=True)
class Exported:
    """What went along, and what stayed; counted while it goes."""

    entries: int
    closed: int
    """Entries that only their name takes along."""
    files: int = 0
    withheld: int = 0
    """Answers of others, who have not agreed."""
    problems: list[VaultError] = field(default_factory=list)
    """Entries that could not be read."""
