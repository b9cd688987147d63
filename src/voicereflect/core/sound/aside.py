"""Stretches of a take that are not the answer: our own tones, repeated prompts, commands.

They stay in the recording; the speech model is given silence in their place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voicereflect.model import BYTES_PER_SAMPLE, Segment, Span, Word, samples_in


def silenced(blocks: Iterable[bytes], aside: tuple[Span, ...]) -> Iterator[bytes]:
    """The same blocks, with zeros wherever a span lies."""
    start = 0
    for pcm in blocks:
        end = start + samples_in(pcm)
        for span in aside:
            first, last = max(span.start, start), min(span.end, end)
            if first < last:
                before = pcm[: (first - start) * BYTES_PER_SAMPLE]
                after = pcm[(last - start) * BYTES_PER_SAMPLE :]
                pcm = before + bytes((last - first) * BYTES_PER_SAMPLE) + after  # noqa: PLW2901
        yield pcm
        start = end


def without(
    segments: Iterable[Segment], aside: Sequence[Span], rate_hz: int
) -> tuple[Segment, ...]:
    """The same text without the words whose middle lies in such a stretch."""

    def is_answer(word: Word) -> bool:
        middle = (word.start_s + word.end_s) / 2 * rate_hz
        return not any(span.start <= middle < span.end for span in aside)

    kept = (replace(segment, words=tuple(filter(is_answer, segment.words))) for segment in segments)
    return tuple(segment for segment in kept if segment.words)
