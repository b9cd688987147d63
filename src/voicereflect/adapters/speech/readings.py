"""What an engine makes of sound, as values; knows no engine."""

from dataclasses import dataclass, replace

from voicereflect.model import Segment, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedLanguage:
    """A language, and how sure the model is of it, where it was asked."""

    code: str
    probability: float | None = None
    other: str = ""
    """Another language that is clearly spoken instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSegment:
    """A segment of the whole-answer pass."""

    segment: Segment
    sure: bool
    """False: found without the voice detector, or going in circles; never shown as said."""

    @property
    def ends_s(self) -> float:
        """Where its last word ends."""
        return self.segment.words[-1].end_s if self.segment.words else 0.0


@dataclass(frozen=True, slots=True)
class LiveReading:
    """What a live segment was read as."""

    text: str
    """What is shown; empty if it is doubtful."""
    guess: str
    """The first reading, doubtful or not: a command is a word or two, and those often are."""


def moved(segment: Segment, by_s: float) -> Segment:
    """Put a segment so much later."""
    return replace(segment, words=tuple(_later(word, by_s) for word in segment.words))


def _later(word: Word, by_s: float) -> Word:
    return replace(word, start_s=round(word.start_s + by_s, 3), end_s=round(word.end_s + by_s, 3))
