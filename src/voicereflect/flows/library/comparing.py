"""What two transcripts of an answer say differently, and what a person made of the newest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from voicereflect.core.entry.entries import is_persons
from voicereflect.core.words.alignment import TimedWord
from voicereflect.core.words.comparison import Piece, differences
from voicereflect.core.words.mending import unsure_words
from voicereflect.core.words.uncertain_segments import UncertainSegment, unchecked_segments
from voicereflect.flows.library.word_times import Shelf, meant, timed
from voicereflect.model import Answer, Entry, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class TextComparison:
    """Two texts of one answer."""

    entry: str
    answer: int
    old: str
    """What the older text is called."""
    new: str
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether they do not differ."""
        return all(piece.is_same for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """What is doubtful of one answer."""

    words: Mapping[int, TimedWord]
    """Unsure words by their position, from 1."""
    stretches: tuple[UncertainSegment, ...]
    """Where something more may have been said."""


class Comparing:
    """Texts side by side."""

    def __init__(self, shelf: Shelf) -> None:
        """Nothing is read yet."""
        self._shelf = shelf

    def of(self, reference: str) -> tuple[TextComparison, ...]:
        """Compare the newest two transcripts of each answer, and the newest with a person's text.

        Raises:
            EntryNotFound: no such entry or answer.
        """
        found = meant(self._shelf, reference)
        return tuple(each for a in found.answers for each in self._of(found.entry, a))

    def doubts(self, entry: Entry) -> Mapping[int, Doubts]:
        """What is doubtful of an entry, by the answer's number."""
        return {answer.number: self._doubts(entry, answer) for answer in entry.answers}

    def _doubts(self, entry: Entry, answer: Answer) -> Doubts:
        transcripts = self._shelf.transcripts(entry.id, answer.number)
        newest = transcripts[-1] if transcripts else None
        words = timed(self._shelf, entry, answer)
        return Doubts(
            words={at: words[at - 1] for at in unsure_words(entry, answer.number, words)},
            stretches=unchecked_segments(entry, answer.number, newest),
        )

    def _of(self, entry: Entry, answer: Answer) -> Iterator[TextComparison]:
        transcripts = self._shelf.transcripts(entry.id, answer.number)
        texts = [(_called(each), each.text) for each in transcripts[-2:]]
        if transcripts and is_persons(answer):
            texts.append(("yours", answer.text))
        for (old, before), (new, after) in pairwise(texts):
            yield TextComparison(
                entry=entry.id,
                answer=answer.number,
                old=old,
                new=new,
                pieces=differences(before, after),
            )


def _called(transcript: Transcript) -> str:
    return f"{transcript.model}, {transcript.made_at:%Y-%m-%d %H:%M}"
