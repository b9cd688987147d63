"""What an export of another program holds, as values."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from voicereflect.core.entry.page.entry_text import canonical, encode
from voicereflect.core.entry.tags import tags_in
from voicereflect.model import (
    ANY_LANGUAGE,
    IMPORTED,
    IMPORTED_TEXT,
    Answer,
    AnswerState,
    Entry,
    Source,
    TakeInfo,
    Transcript,
)

DECK: Final = "imported"
RECORDING: Final = "imported/recording"
_TITLE_MOST: Final = 44
_TEXT_MOST: Final = 1 << 25
"""Bytes of the longest text that is kept as one entry: half of what a page may have to be read."""
_TAGS_MOST: Final = 200
_MARKUP: Final = "#>*_-+=`~[]() \t"


class Program(StrEnum):
    """Which program wrote an export."""

    JRNL = "jrnl"
    DAY_ONE = "dayone"
    OBSIDIAN = "obsidian"
    TEXT = "text"
    JSON = "json"
    """Our own: `export --format json`, or `jsonl`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One entry of an export."""

    entry: Entry
    """Its id is empty where it has yet to get one."""
    key: str
    """SHA-256 by which it is known again, when the export is read once more."""
    sounds: Mapping[int, str] = field(default_factory=dict)
    """Files of the export, by the number of the answer each is the sound of."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Other files of the export that belong to it, by the names they are to have beside it."""
    transcripts: Mapping[int, tuple[Transcript, ...]] = field(default_factory=dict)
    takes: Mapping[int, TakeInfo] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Part of an export that is no entry; without a word of it."""

    what: str
    """As a sentence."""


Found = Arrival | NotTaken


@dataclass(frozen=True, slots=True)
class ForeignText:
    """One text of an export."""

    name: str
    text: str
    changed_at: datetime
    remark: str = ""
    """What had to be guessed to read it, as a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is told of one text, whatever program wrote it."""

    program: Program
    name: str
    """The file it stood in, without folders."""
    key: Sequence[str]
    """What makes it this one and no other."""
    moment: datetime
    dated_by: str
    text: str
    title: str = ""
    """Empty: its first words."""
    tags: Iterable[str] = ()
    sounds: Sequence[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    left_out: Sequence[str] = ()


def arrival(told: Told) -> Found:
    """Make an entry of a text and its sounds."""
    text = readable_text(told.text)
    if not text and not told.sounds:
        return NotTaken("An entry without words and recordings is left out.")
    if len(encode(text)) > _TEXT_MOST:
        return NotTaken("An entry of more than 32 MB of text is left out: it is to be in parts.")
    tags = tuple(dict.fromkeys(filter(None, map(_tag, tags_in(tuple(told.tags))))))
    left_out = list(told.left_out)
    if len(tags) > _TAGS_MOST:
        left_out.append(f"Of its {len(tags)} tags the first {_TAGS_MOST} are kept.")
    answers = [_written(text)] if text else []
    first = len(answers) + 1
    numbers = range(first, first + len(told.sounds))
    answers += [_spoken(number) for number in numbers]
    key = hashlib.sha256(encode("\0".join((told.program, *told.key)))).hexdigest()
    entry = Entry(
        id="",
        started_at=told.moment,
        deck=DECK,
        edition=1,
        title=told.title or title_of(text) or told.name.rpartition(".")[0] or told.name,
        language=ANY_LANGUAGE,
        tags=tags[:_TAGS_MOST],
        answers=tuple(answers),
        source=Source(
            name=told.name,
            sha256=key,
            dated_by=told.dated_by,
            left_out=" ".join(left_out),
            program=told.program.value,
        ),
    )
    sounds = dict(zip(numbers, told.sounds, strict=True))
    return Arrival(entry=entry, key=key, sounds=sounds, files=told.files)


def title_of(text: str) -> str:
    """Give the first words of a text without marks around them; empty where there are none."""
    for line in text.split("\n"):
        words = line.strip(_MARKUP).split()
        if any(letter.isalnum() for word in words for letter in word):
            return _shortened(words)
    return ""


def readable_text(text: str) -> str:
    """Give a text as it can be kept."""
    return canonical(text.replace("\0", "")).rstrip()


def once_each(
    found: Iterable[Found], seen: Callable[[Arrival], bool]
) -> Iterator[tuple[Found, bool]]:
    """Tell of each whether it was there before, in the vault or in this export."""
    keys: set[str] = set()
    for each in found:
        if isinstance(each, NotTaken):
            yield each, False
        else:
            yield each, each.key in keys or seen(each)
            keys.add(each.key)


def _shortened(words: Sequence[str]) -> str:
    title = ""
    for word in words:
        longer = f"{title} {word}".lstrip()
        if len(longer) > _TITLE_MOST:
            return f"{title or word[:_TITLE_MOST]} …"
        title = longer
    return title


def _tag(tag: str) -> str:
    return "-".join(tag.lstrip("#@").split())


def _written(text: str) -> Answer:
    return Answer(
        number=1,
        speaker="me",
        prompt=IMPORTED_TEXT,
        asked="",
        state=AnswerState.DONE,
        text=text,
        how=IMPORTED,
    )


def _spoken(number: int) -> Answer:
    return Answer(number=number, speaker="me", prompt=RECORDING, asked="")
