"""Unsure words and differences as programs read them, and as pages take them; loads no rich."""

from typing import Any, Protocol

from voicereflect.core.words.alignment import TimedWord
from voicereflect.core.words.comparison import Piece
from voicereflect.model import Answer, Entry


class Doubt(Protocol):
    """A word in its sentence."""

    @property
    def entry(self) -> Entry:
        """Where it stands."""

    @property
    def answer(self) -> Answer:
        """In which answer."""

    @property
    def position(self) -> int:
        """Which word of it, from 1."""

    @property
    def words(self) -> tuple[TimedWord, ...]:
        """All words of the answer."""

    @property
    def word(self) -> TimedWord:
        """The word itself."""

    @property
    def sentence(self) -> tuple[int, int]:
        """First and last position of its sentence."""

    @property
    def known(self) -> tuple[str, ...]:
        """Words of the vocabulary that it may be."""


class Comparison(Protocol):
    """Two texts of one answer."""

    @property
    def entry(self) -> str:
        """The entry's id."""

    @property
    def answer(self) -> int:
        """The answer's number."""

    @property
    def old(self) -> str:
        """What the older text is called."""

    @property
    def new(self) -> str:
        """What the newer text is called."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both texts, piece by piece."""

    @property
    def is_same(self) -> bool:
        """Whether they do not differ."""


def doubt_table(doubt: Doubt) -> dict[str, Any]:
    """An unsure word for programs."""
    return {
        "reference": f"{doubt.entry.id}/{doubt.answer.number}:{doubt.position}",
        "entry": doubt.entry.id,
        "answer": doubt.answer.number,
        "word": doubt.position,
        "text": doubt.word.text,
        "start_s": doubt.word.start_s,
        "end_s": doubt.word.end_s,
        "probability": doubt.word.probability,
        "vocabulary": list(doubt.known),
    }


def comparison_table(each: Comparison) -> dict[str, Any]:
    """A comparison for programs."""
    return {
        "entry": each.entry,
        "answer": each.answer,
        "old": each.old,
        "new": each.new,
        "pieces": [{"old": piece.old, "new": piece.new} for piece in each.pieces],
    }
