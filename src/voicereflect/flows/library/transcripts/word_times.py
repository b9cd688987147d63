"""What a reference means: an entry, its answers, their words and when each was spoken."""

from dataclasses import dataclass

from voicereflect.core.entry import refs
from voicereflect.core.entry.entries import answer_of
from voicereflect.core.words.comparing.alignment import TimedWord, aligned
from voicereflect.errors import EntryNotFound, EntryUnreadable
from voicereflect.model import Answer, Entry
from voicereflect.ports.vault import EntryReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a reference points at."""

    entry: Entry
    answers: tuple[Answer, ...]
    word: int | None


def meant(vault: EntryReader, reference: str) -> Meant:
    """Find what a reference points at: the whole entry, an answer, or a word of one.

    `last` and `-2` ask the vault for its newest entries alone.

    Raises:
        EntryNotFound: no entry, several, or no such answer.
        EntryUnreadable: with file and line.
    """
    back = refs.steps_back(reference)
    ids = vault.newest(back) if back else vault.ids()
    if not ids and (problem := _first_problem(vault)):
        raise problem  # and not that there is no entry
    found = refs.resolve(reference, ids)
    entry = vault.load(found.entry)
    if found.answer is None:
        return Meant(entry=entry, answers=entry.answers, word=None)
    return Meant(entry=entry, answers=(answer_of(entry, found.answer),), word=found.word)


def _first_problem(vault: EntryReader) -> EntryUnreadable | None:
    return next((each for each in vault.load_all() if isinstance(each, EntryUnreadable)), None)


def timed(vault: EntryReader, entry: Entry, answer: Answer) -> tuple[TimedWord, ...]:
    """Align an answer's current text to its newest machine transcript."""
    transcripts = vault.transcripts(entry.id, answer.number)
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
