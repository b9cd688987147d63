"""Stretches of a take that are no answer: our own tones and repeated prompts.

They stay in the sound, and whoever reads it hears silence there.
"""

from collections.abc import Iterable, Iterator

from voicereflect.model import BYTES_PER_SAMPLE, Span


def silenced(blocks: Iterable[bytes], aside: tuple[Span, ...]) -> Iterator[bytes]:
    """The same blocks, with zeros wherever a span lies."""
    start = 0
    for pcm in blocks:
        end = start + len(pcm) // BYTES_PER_SAMPLE
        for span in aside:
            first, last = max(span.start, start), min(span.end, end)
            if first < last:
                before = pcm[: (first - start) * BYTES_PER_SAMPLE]
                after = pcm[(last - start) * BYTES_PER_SAMPLE :]
                pcm = before + bytes((last - first) * BYTES_PER_SAMPLE) + after  # noqa: PLW2901
        yield pcm
        start = end
