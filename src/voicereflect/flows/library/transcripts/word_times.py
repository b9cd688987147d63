"""What a reference means: an entry, its answers, their words and when each was spoken."""

from dataclasses import dataclass

from voicereflect.core.entry.entries import answer_of
from voicereflect.core.words.comparing.alignment import TimedWord, aligned
from voicereflect.errors import EntryNotFound
from voicereflect.flows.library.pointing import pointed
from voicereflect.model import Answer, Entry, Transcript
from voicereflect.ports.vault import EntryReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a reference points at."""

    entry: Entry
    answers: tuple[Answer, ...]
    word: int | None


def meant(vault: EntryReader, reference: str) -> Meant:
    """Find what a reference points at: the whole entry, an answer, or a word of one.

    Raises:
        EntryNotFound: no entry, several, or no such answer.
        EntryUnreadable: with file and line.
    """
    found = pointed(vault, reference)
    entry = vault.load(found.entry)
    if found.answer is None:
        return Meant(entry=entry, answers=entry.answers, word=None)
    return Meant(entry=entry, answers=(answer_of(entry, found.answer),), word=found.word)


def newest_transcript(vault: EntryReader, entry_id: str, number: int) -> Transcript | None:
    """Give what a speech model made last of an answer, if it made anything."""
    return next(reversed(vault.transcripts(entry_id, number)), None)


def timed(vault: EntryReader, entry: Entry, answer: Answer) -> tuple[TimedWord, ...]:
    """Align an answer's current text to its newest machine transcript."""
    newest = newest_transcript(vault, entry.id, answer.number)
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
