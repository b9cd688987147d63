"""Which stretches of voice deserve a second look: left out, doubted, or gone round in.

Told by the sound: by how long a voice was heard for the words that were read of it, never by
whether words repeat. Knows spans and words; no sound and no model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from voicereflect.model import Segment, Span, Word

LEAST_S: Final = 0.6
"""A voice that is shorter may be no word at all."""
FEW_PER_S: Final = 1.0
"""Who speaks says more words than these in a second of voice."""
MANY_PER_S: Final = 4.5
"""Nobody speaks quicker for long: words of the stretch beside stand here too, or were made up."""
GAP_S: Final = 1.5
"""So long a voice between two words is more than a drawn-out one."""
WORD_MOST_S: Final = 1.0
"""No word takes longer, whatever the model says of its end."""
DOUBTED_UNDER: Final = 0.5
LOW_LOGPROB: Final = -1.0
LOOP_COMPRESSION: Final = 2.4


class WhyLook(Enum):
    """Why a stretch is looked at again."""

    LEFT_OUT = auto()
    """There are too few words for so much voice."""
    LOOPED = auto()
    """The text goes in circles, and perhaps the speaker did."""
    DOUBTED = auto()
    """The model hardly believes its words; it may be another language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of voice to be looked at again."""

    span: Span
    why: WhyLook


def to_look_at(voice: Sequence[Span], rate_hz: int, read: Sequence[Segment]) -> tuple[Stretch, ...]:
    """Choose stretches of voice, by what was read of each."""
    looped = {id(word) for each in read if is_looped(each) for word in each.words}
    words = [word for each in read for word in each.words]
    inside = [within(words, span, rate_hz) for span in voice]
    pace = [len(each) / (span.samples / rate_hz) for each, span in zip(inside, voice, strict=True)]
    found: list[Stretch] = []
    for at, (span, said) in enumerate(zip(voice, inside, strict=True)):
        beside = max((*pace[max(0, at - 1) : at], *pace[at + 1 : at + 2]), default=0.0)
        if span.samples < LEAST_S * rate_hz:
            continue
        if any(id(word) in looped for word in said):
            found.append(Stretch(span=span, why=WhyLook.LOOPED))
        elif pace[at] < FEW_PER_S:
            # else words of this one may only have slipped into that beside it
            found += [Stretch(span=span, why=WhyLook.LEFT_OUT)] if beside <= MANY_PER_S else []
        elif _mean(said) < DOUBTED_UNDER:
            found.append(Stretch(span=span, why=WhyLook.DOUBTED))
        else:
            found += (Stretch(span=gap, why=WhyLook.LEFT_OUT) for gap in _gaps(span, said, rate_hz))
    return tuple(found)


def _gaps(span: Span, said: Sequence[Word], rate_hz: int) -> Iterator[Span]:
    """Give what of a stretch of voice lies between words, where it is long."""
    upto = span.start
    for start_s, end_s in [
        *((word.start_s, min(word.end_s, word.start_s + WORD_MOST_S)) for word in said),
        (span.end / rate_hz, 0.0),
    ]:
        start = int(start_s * rate_hz)
        if start - upto >= GAP_S * rate_hz:
            yield Span(upto, start)
        upto = max(upto, int(end_s * rate_hz))


def within(words: Sequence[Word], span: Span, rate_hz: int) -> list[Word]:
    """Give the words whose middle lies in a stretch."""
    start_s, end_s = span.start / rate_hz, span.end / rate_hz
    return [word for word in words if start_s <= (word.start_s + word.end_s) / 2 < end_s]


def is_looped(segment: Segment) -> bool:
    """Tell whether a text goes in circles; only the sound tells who did."""
    return segment.compression > LOOP_COMPRESSION


def is_said(segment: Segment, voice_s: float) -> bool:
    """Tell whether a stretch that was read by itself holds what its text says.

    There was no room for more: a text that goes in circles where nobody did is longer than
    a voice can speak in that time.
    """
    paced = 0 < len(segment.words) <= max(2.0, MANY_PER_S * voice_s)
    sure = segment.avg_logprob > LOW_LOGPROB and _mean(segment.words) >= DOUBTED_UNDER
    return paced and sure


def _mean(words: Sequence[Word]) -> float:
    return sum(word.probability for word in words) / len(words)
