"""What of an entry can belong to a theme: passages that say something; knows no vector."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from voicereflect.core.entry.ids import day_of
from voicereflect.core.safety.consent import counting
from voicereflect.core.themes.names.words import content_in, content_words
from voicereflect.core.words import passages
from voicereflect.model import Answer, Entry

LEAST_CONTENT_WORDS: Final = 1
"""A sentence with fewer says too little to belong anywhere."""
_PROMPTS_REMEMBERED: Final = 256
REPEATED_SHARE: Final = 0.8
"""So much of a sentence's content stands in the prompt: it only says the question again."""


class PassagePlace(NamedTuple):
    """Where a passage stands: its entry's place in the order of ids, and its own in the entry."""

    entry: int
    passage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePassage:
    """One sentence of an answer, and where it stands."""

    answer: int
    word: int
    """Its first word in the answer's text, counted from 1."""
    words: int
    speaker: str
    text: str
    """Verbatim, with single spaces."""
    ordinal: int = 0
    """Its place among all passages of the entry, thin ones too: there its vector is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPassages:
    """What of an entry can belong to a theme."""

    id: str
    day: date
    deck: str
    passages: tuple[ThemePassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeHead:
    """What is known of an entry before its words are read."""

    key: int
    """The index's own name for it."""
    id: str
    day: date
    deck: str
    closed: bool
    digest: str
    """Of its passages: changes with anything that could change a theme, the day apart."""


def passages_of(entry: Entry) -> EntryPassages:
    """Cut what counts of an entry into passages.

    Sentences that say too little and those that repeat the prompt are left out.
    """
    return EntryPassages(
        id=entry.id,
        day=day_of(entry.started_at),
        deck=entry.deck,
        passages=tuple(that_say_something(cut(entry))),
    )


Cut = Sequence[tuple[Answer, passages.Passage]]
"""Every passage that counts of an entry, with its answer."""


def cut(entry: Entry) -> Cut:
    """Cut what counts of an entry into all its passages."""
    return [(answer, each) for answer in counting(entry) for each in passages.split(answer.text)]


def that_say_something(cut: Cut) -> Iterator[ThemePassage]:
    """Give the passages that can belong to a theme."""
    for ordinal, (answer, each) in enumerate(cut):
        if is_thin(each.text, answer.asked):
            continue
        yield ThemePassage(
            answer=answer.number,
            word=each.word,
            words=each.text.count(" ") + 1,
            speaker=answer.speaker,
            text=each.text,
            ordinal=ordinal,
        )


def is_thin(sentence: str, asked: str) -> bool:
    """Tell whether a sentence says too little, or only the prompt again."""
    prompt = _content_of(asked)
    said: set[str] = set()
    own = 0
    for word in content_in(sentence):
        if word in said:
            continue
        said.add(word)
        own += word not in prompt
        if own > len(prompt):  # whatever follows, most of it is not the prompt's
            return False
    return len(said) < LEAST_CONTENT_WORDS or len(said) - own >= REPEATED_SHARE * len(said)


@lru_cache(maxsize=_PROMPTS_REMEMBERED)
def _content_of(asked: str) -> frozenset[str]:
    return content_words(asked)


def digest_of(passages: Iterable[ThemePassage]) -> str:
    """Tell one content of an entry from another, as far as themes are concerned."""
    words = (f"{p.answer}:{p.word}:{p.speaker}:{p.ordinal}:{p.text}" for p in passages)
    return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()[:32]


def neighbours(passages: Sequence[ThemePassage]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `passages` that were said one after the other by one person."""
    for place in range(len(passages) - 1):
        this, following = passages[place], passages[place + 1]
        if (this.answer, this.speaker) == (following.answer, following.speaker):
            yield place, place + 1
