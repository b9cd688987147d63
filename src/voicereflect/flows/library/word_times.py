"""The words of an answer with their times, and those the machine was unsure of."""

from collections.abc import Mapping
from dataclasses import dataclass

from voicereflect.core.entry.entries import answer_of
from voicereflect.core.words import mending
from voicereflect.core.words.alignment import TimedWord, aligned
from voicereflect.errors import EntryNotFound
from voicereflect.flows.library import showing
from voicereflect.model import Answer, Entry
from voicereflect.ports.vault import EntryReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a reference points at."""

    entry: Entry
    answers: tuple[Answer, ...]
    word: int | None


def meant(shelf: EntryReader, reference: str) -> Meant:
    """Find what a reference points at: the whole entry, an answer, or a word of one.

    Raises:
        EntryNotFound: no entry, several, or no such answer.
        EntryUnreadable: with file and line.
    """
    found = showing.meant(shelf, reference)
    entry = shelf.load(found.entry)
    if found.answer is None:
        return Meant(entry=entry, answers=entry.answers, word=None)
    return Meant(entry=entry, answers=(answer_of(entry, found.answer),), word=found.word)


def timed(shelf: EntryReader, entry: Entry, answer: Answer) -> tuple[TimedWord, ...]:
    """Align an answer's current text to its newest machine transcript."""
    transcripts = shelf.transcripts(entry.id, answer.number)
    newest = transcripts[-1] if transcripts else None
    return aligned(answer.text, newest, duration_s=answer.duration_s)


def word_of(words: tuple[TimedWord, ...], number: int, position: int) -> TimedWord:
    """Give word `position` of an answer.

    Raises:
        EntryNotFound: the text has fewer words.
    """
    if position > len(words):
        raise EntryNotFound(
            f"Answer {number} has no word {position}.", hint=f"It has {len(words)} words."
        )
    return words[position - 1]


def unsure(
    shelf: EntryReader, entry: Entry, answers: tuple[Answer, ...]
) -> Mapping[int, frozenset[int]]:
    """Positions of unsure words, by the answer's number."""
    return {
        answer.number: frozenset(
            mending.unsure_words(entry, answer.number, timed(shelf, entry, answer))
        )
        for answer in answers
    }
