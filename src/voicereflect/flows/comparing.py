"""What two transcripts of an answer say differently, and what a person made of the newest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from voicereflect.core.comparison import Piece, differences
from voicereflect.core.entries import is_persons
from voicereflect.flows.spoken_words import Shelf, meant, unsure
from voicereflect.model import Answer, Entry, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
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


class Comparing:
    """Texts side by side."""

    def __init__(self, shelf: Shelf) -> None:
        """Nothing is read yet."""
        self._shelf = shelf

    def of(self, reference: str) -> tuple[Comparison, ...]:
        """Compare the newest two transcripts of each answer, and the newest with a person's text.

        Raises:
            EntryNotFound: no such entry or answer.
        """
        found = meant(self._shelf, reference)
        return tuple(each for a in found.answers for each in self._of(found.entry, a))

    def unsure(self, entry: Entry, answers: tuple[Answer, ...]) -> Mapping[int, frozenset[int]]:
        """Positions of unsure words, by the answer's number."""
        return unsure(self._shelf, entry, answers)

    def _of(self, entry: Entry, answer: Answer) -> Iterator[Comparison]:
        transcripts = self._shelf.transcripts(entry.id, answer.number)
        texts = [(_called(each), each.text) for each in transcripts[-2:]]
        if transcripts and is_persons(answer):
            texts.append(("yours", answer.text))
        for (old, before), (new, after) in pairwise(texts):
            yield Comparison(
                entry=entry.id,
                answer=answer.number,
                old=old,
                new=new,
                pieces=differences(before, after),
            )


def _called(transcript: Transcript) -> str:
    return f"{transcript.model}, {transcript.made_at:%Y-%m-%d %H:%M}"
