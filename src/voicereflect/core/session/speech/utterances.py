"""Whole utterances: what was said with silence on both sides; counts in samples of a take.

A sentence with a pause in it has neighbours, so it is never one of these.
"""

from dataclasses import dataclass, replace
from typing import Final

from voicereflect.core.session.speech.commands import LONGEST_S
from voicereflect.core.sound.endpoint import BREATH_S, SEGMENT_PAD_S
from voicereflect.model import Span

SILENCE_S: Final = 1.5  # practices: on both sides of a spoken command
BEFORE_S: Final = SEGMENT_PAD_S
"""So far before its speech a live segment begins."""
AFTER_S: Final = BREATH_S / 2
"""And so far after it ends."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words that stood by themselves, and where."""

    span: Span
    text: str
    alone: bool
    """Nothing else has been said in the take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterances:
    """What has been said in a take since the last tone."""

    rate_hz: int
    after_tone: bool = True
    """Only what follows a tone at once can be an utterance; else any that stands alone."""
    marks: tuple[int, ...] = (0,)
    """Where our tones and questions ended; what is read late may have been said before the last."""
    spoken_upto: int = 0
    """End of the last live segment."""
    others: int = 0
    """Live segments that were answer."""
    waiting: Utterance | None = None
    """Stands alone so far; the silence after it is not over."""

    def toned(self, upto: int) -> "Utterances":
        """Take note of a tone or question of ours that ended here."""
        return replace(self, marks=(*self.marks, upto))

    def read(self, span: Span, text: str) -> "Utterances":
        """Take a live segment's text; what is read once more changes nothing."""
        before = self.spoken_upto
        if span.start < before:
            return self
        seen = replace(self, spoken_upto=span.end, waiting=None, others=self.others + 1)
        if not self._stands_alone_after(before, span):
            return seen
        return replace(seen, waiting=Utterance(span, text, alone=self.others == 0))

    def quiet(self, spoken_upto: int, upto: int) -> "tuple[Utterances, Utterance | None]":
        """Take what the voice detector says: speech up to one sample, looked at up to another.

        Gives an utterance once the silence after it is long enough.
        """
        waiting = self.waiting
        if waiting is None:
            return self, None
        if spoken_upto > waiting.span.end:
            return replace(self, waiting=None), None
        if upto - waiting.span.end < self._samples(SILENCE_S - AFTER_S):
            return self, None
        return replace(self, waiting=None), waiting

    def taken(self) -> "Utterances":
        """The last utterance was a command and no answer."""
        return replace(self, others=self.others - 1)

    def _stands_alone_after(self, before: int, span: Span) -> bool:
        if span.samples > self._samples(LONGEST_S + BEFORE_S + AFTER_S):
            return False
        toned = [mark for mark in self.marks if mark <= span.start + self._samples(BEFORE_S)]
        if toned and before <= toned[-1]:  # nothing was said since the tone
            return True
        silence = span.start - before + self._samples(BEFORE_S + AFTER_S)
        return not self.after_tone and silence >= self._samples(SILENCE_S)

    def _samples(self, seconds: float) -> int:
        return int(seconds * self.rate_hz)
