"""A second look at stretches of voice, each read by itself: in so little sound nothing loops.

What was said five times is five stretches, and is written five times. Where another language
is clearly spoken, its words are only offered. Knows the engine and the voice's spans.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from voicereflect.adapters.speech.detecting import raised
from voicereflect.adapters.speech.engine import WhisperEngine
from voicereflect.adapters.speech.readings import WholeSegment
from voicereflect.adapters.speech.sound import MODEL_RATE_HZ, Samples
from voicereflect.core.sound.stretches import (
    Stretch,
    WhyLook,
    is_looped,
    is_said,
    to_look_at,
    within,
)
from voicereflect.model import Segment, Span

LANGUAGE_LEAST_S: Final = 1.5
"""In less than this no language can be told."""
PAD_S: Final = 0.2
STRAY_MOST: Final = 2


class SecondLook:
    """Looks over one window that was read."""

    def __init__(self, engine: WhisperEngine, samples: Samples, language: str) -> None:
        self._engine = engine
        self._samples = raised(samples)
        self._language = language

    def over(
        self, first: Sequence[WholeSegment], voice: Sequence[Span], *, told: bool
    ) -> list[WholeSegment]:
        """Give what is left of the first reading and what the second one found, in order.

        `told`: a person just said which language it is, and it is not questioned.
        """
        stretches = to_look_at(voice, MODEL_RATE_HZ, [each.segment for each in first])
        looped = any(stretch.why is WhyLook.LOOPED for stretch in stretches)
        found = [_voiced(each, voice) for each in first] if looped else list(first)
        for stretch in stretches:
            other = "" if told else self._other(stretch.span)
            if other:
                again = [
                    WholeSegment(segment=replace(each, language=other), sure=False)
                    for each in self._read(stretch.span, other)
                ]
                # words beside a stretch that was left out may only have slipped into it
                found = found if stretch.why is WhyLook.LEFT_OUT else _without(found, stretch.span)
                found += again
            elif stretch.why is not WhyLook.DOUBTED:
                found = self._again(found, stretch)
        return sorted(
            (each for each in found if each.segment.words),
            key=lambda each: each.segment.words[0].start_s,
        )

    def _again(self, found: list[WholeSegment], stretch: Stretch) -> list[WholeSegment]:
        span = stretch.span
        voice_s = span.samples / MODEL_RATE_HZ
        again = [
            WholeSegment(segment=each, sure=is_said(each, voice_s))
            for each in self._read(span, self._language)
        ]
        words = [word for each in found for word in each.segment.words]
        before = len(within(words, span, MODEL_RATE_HZ))
        more = sum(len(each.segment.words) for each in again if each.sure) > before
        if stretch.why is WhyLook.LOOPED and again:
            return [*_without(found, span), *again]
        if more:
            return [*_without(found, span), *(each for each in again if each.sure)]
        return found if before else [*found, *(replace(each, sure=False) for each in again)]

    def _other(self, span: Span) -> str:
        if span.samples < LANGUAGE_LEAST_S * MODEL_RATE_HZ:
            return ""
        return self._engine.other_language(self._samples[span.start : span.end], self._language)

    def _read(self, span: Span, language: str) -> list[Segment]:
        pad = int(PAD_S * MODEL_RATE_HZ)
        start = max(0, span.start - pad)
        return self._engine.alone(
            self._samples[start : span.end + pad], language, start / MODEL_RATE_HZ
        )


def _voiced(read: WholeSegment, voice: Sequence[Span]) -> WholeSegment:
    """Leave out of a text that goes in circles what stands where no voice was."""
    if not is_looped(read.segment):
        return read
    words = (within(read.segment.words, span, MODEL_RATE_HZ) for span in voice)
    return replace(read, segment=replace(read.segment, words=tuple(chain.from_iterable(words))))


def _without(found: Sequence[WholeSegment], span: Span) -> list[WholeSegment]:
    """Leave out the words of a stretch."""
    left = []
    for each in found:
        gone = {id(word) for word in within(each.segment.words, span, MODEL_RATE_HZ)}
        words = tuple(word for word in each.segment.words if id(word) not in gone)
        if len(words) <= STRAY_MOST and len(gone) > 2 * len(words):
            words = ()  # the model puts a word or two of a stretch before its voice
        left.append(replace(each, segment=replace(each.segment, words=words)))
    return left
