"""An answer's text as passages: sentences with their places; knows no vector and no theme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from voicereflect.core.ids import day_of
from voicereflect.core.themes.words import content_words
from voicereflect.model import Entry

LEAST_CONTENT_WORDS: Final = 2
"""A sentence with fewer says too little to belong anywhere."""
REPEATED_SHARE: Final = 0.8
"""So much of a sentence's content stands in the prompt: it only says the question again."""

_TITLES: Final = "mr mrs ms dr st prof rev sir jr sr vs etc e.g i.e capt lt gen sgt mt"
_ABBREVIATIONS: Final = frozenset(_TITLES.split())
_CLOSERS: Final = "\"'”’)]"  # noqa: RUF001 - curly quotes end speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence of an answer, and where it stands."""

    answer: int
    word: int
    """Its first word in the answer's text, counted from 1."""
    words: int
    speaker: str
    text: str
    """Verbatim, with single spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPassages:
    """What of an entry can belong to a theme."""

    id: str
    day: date
    deck: str
    passages: tuple[Passage, ...]


def passages_of(entry: Entry, *, speakers: frozenset[str] | None = None) -> EntryPassages:
    """Cut an entry into passages; with `speakers`, only their words.

    Sentences that say too little and those that repeat the prompt are left out.
    """
    passages = tuple(
        passage
        for answer in entry.answers
        if speakers is None or answer.speaker in speakers
        for passage in _of_answer(answer.text, answer.number, answer.speaker, answer.asked)
    )
    return EntryPassages(
        id=entry.id, day=day_of(entry.started_at), deck=entry.deck, passages=passages
    )


def sentences(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each sentence as the number of its first word, from 1, and its words."""
    count, begun, current = 0, 1, list[str]()
    for line in text.splitlines():
        for word in line.split():
            count += 1
            current.append(word)
            if _ends(word):
                yield begun, current
                begun, current = count + 1, []
        if current and not line.strip():
            yield begun, current
            begun, current = count + 1, []
    if current:
        yield begun, current


def repeats(sentence: str, asked: str) -> bool:
    """Tell whether a sentence only says the prompt again."""
    said = set(content_words(sentence))
    return bool(said) and len(said & set(content_words(asked))) >= REPEATED_SHARE * len(said)


def _of_answer(text: str, number: int, speaker: str, asked: str) -> Iterator[Passage]:
    for word, words in sentences(text):
        sentence = " ".join(words)
        if len(set(content_words(sentence))) < LEAST_CONTENT_WORDS or repeats(sentence, asked):
            continue
        yield Passage(answer=number, word=word, words=len(words), speaker=speaker, text=sentence)


def _ends(word: str) -> bool:
    bare = word.rstrip(_CLOSERS)
    if not bare or bare[-1] not in ".!?…":
        return False
    if bare[-1] in "!?…":
        return True
    stem = bare.rstrip(".").lstrip("\"'“‘([").lower()  # noqa: RUF001
    initial = len(stem) == 1 and stem.isalpha() and stem != "i"
    return not (stem in _ABBREVIATIONS or initial)


def neighbours(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `passages` that were said one after the other by one person."""
    for place in range(len(passages) - 1):
        this, following = passages[place], passages[place + 1]
        if (this.answer, this.speaker) == (following.answer, following.speaker):
            yield place, place + 1
