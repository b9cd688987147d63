"""Where an answer is cut for reading, from the voice detector's spans alone.

Pure arithmetic over samples of the take; knows no sound and no model. Two cuts
stand here: live segments, shown while the person talks, and the windows of the
whole-answer pass that replaces them. Neither ends an answer: a key does.
"""

from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from voicereflect.model import Span

SEGMENT_SILENCE_S = 0.6  # evidence: live text from 600 ms pauses, 200 ms pad, at most 20 s
SEGMENT_PAD_S = 0.2
SEGMENT_MAX_S = 20.0
WINDOW_AIM_S = 45.0  # a short last window ends soon after ENTER
WINDOW_MAX_S = 300.0  # features of a whole file at once: 683 MB for ten minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutter:
    """The cuts of one answer so far, in samples."""

    rate_hz: int
    tail: int = 0
    """Everything before is in a segment, or silence."""
    window_start: int = 0

    def cut(self, spans: tuple[Span, ...], upto: int) -> "Cuts":
        """Cut what the detector heard after `tail`, up to sample `upto`.

        Spans lie apart by at least `SEGMENT_SILENCE_S`, or were parted at
        `SEGMENT_MAX_S`; only the last may still go on.
        """
        segments: list[Span] = []
        windows: list[Span] = []
        cutter = self
        for here, following in zip_longest(spans, spans[1:]):
            silence = (following.start if following else upto) - here.end
            if not following and silence < self._samples(SEGMENT_SILENCE_S):
                break
            if here.end <= cutter.tail:
                continue  # seen before its segment was asked for
            pad = self._samples(SEGMENT_PAD_S)
            segment = Span(max(cutter.tail, here.start - pad), here.end + min(pad, silence // 2))
            segments.append(segment)
            cutter = replace(cutter, tail=segment.end)
            if cutter._window_closes(silence):  # noqa: SLF001 - its own class
                windows.append(Span(cutter.window_start, cutter.tail))
                cutter = replace(cutter, window_start=cutter.tail)
        return Cuts(segments=tuple(segments), windows=tuple(windows), cutter=cutter)

    def _window_closes(self, silence: int) -> bool:
        length = self.tail - self.window_start
        at_pause = silence >= self._samples(SEGMENT_SILENCE_S)
        return (at_pause and length >= self._samples(WINDOW_AIM_S)) or (
            length >= self._samples(WINDOW_MAX_S - SEGMENT_MAX_S)
        )

    def rest(self, end: int) -> Span:
        """What is left to read when the answer ends at sample `end`.

        Perhaps empty, perhaps long: whoever reads parts it at pauses.
        """
        return Span(self.window_start, max(end, self.window_start))

    def _samples(self, seconds: float) -> int:
        return int(seconds * self.rate_hz)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """What one look at the detector's spans decided."""

    segments: tuple[Span, ...]
    windows: tuple[Span, ...]
    cutter: Cutter


def longest_pause(spans: tuple[Span, ...], *, first: int, last: int) -> int:
    """The middle of the longest pause that begins from `first` on, or `last` if there is none."""
    pauses = [
        Span(here.end, following.start)
        for here, following in pairwise(spans)
        if first <= here.end and following.start <= last
    ]
    longest = max(pauses, key=lambda pause: pause.samples, default=None)
    return (longest.start + longest.end) // 2 if longest else last
