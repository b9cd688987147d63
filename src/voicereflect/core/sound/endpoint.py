"""Where an answer is cut for reading, from the voice detector's spans alone.

Pure arithmetic over samples of the take; knows no sound and no model. Two cuts
stand here: live segments, shown while the person talks, and the windows of the
whole-answer pass that replaces them. Neither ends an answer: a key does.
"""

from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from voicereflect.model import Span

BREATH_S = 0.3
"""Silence by which the detector tells one span from the next."""
PAUSE_S = 0.6
"""Silence that always ends a live segment."""
SEGMENT_PAD_S = 0.4
SEGMENT_LONG_S = 5.0
"""From here on a breath ends a live segment too: what is left at ENTER must be short."""
SEGMENT_MAX_S = 8.0
WINDOW_AIM_S = 18.0
"""From here on a cut closes a window."""
SILENCE_MAX_S = 120.0
"""Silence that closes a window too, so that hours without a voice are never held at once."""
ONSET_S = 1.0
"""The end of a silence is kept for the next window: a voice may just have begun in it."""
WINDOW_MAX_S = 28.0
"""What is longer is parted at its pauses: a breath under what the model reads at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutter:
    """The cuts of one answer so far, in samples."""

    rate_hz: int
    tail: int = 0
    """Everything before is in a segment, or silence."""
    window_start: int = 0

    def cut(self, spans: tuple[Span, ...], upto: int) -> "Cuts":
        """Cut what the detector heard after `tail`, up to sample `upto`.

        Spans lie apart by at least `BREATH_S`, or were parted at `SEGMENT_MAX_S`;
        only the last may still go on.
        """
        segments: list[Span] = []
        windows: list[Span] = []
        cutter = self
        begun: int | None = None
        for here, following in zip_longest(spans, spans[1:]):
            if here.end <= cutter.tail:
                continue  # seen before its segment was asked for
            begun = here.start if begun is None else begun
            silence = (following.start if following else upto) - here.end
            if not self._segment_closes(begun, here.end, silence, following):
                continue
            pad = self._samples(SEGMENT_PAD_S)
            after = min(self._samples(BREATH_S) // 2, silence)
            segment = Span(max(cutter.tail, begun - pad), here.end + after)
            begun = None
            segments.append(segment)
            cutter = replace(cutter, tail=segment.end)
            if cutter.tail - cutter.window_start >= self._samples(WINDOW_AIM_S):
                windows.append(Span(cutter.window_start, cutter.tail))
                cutter = replace(cutter, window_start=cutter.tail)
        quiet_upto = upto - self._samples(ONSET_S)
        if begun is None and quiet_upto - cutter.tail >= self._samples(SILENCE_MAX_S):
            windows.append(Span(cutter.window_start, quiet_upto))
            cutter = replace(cutter, tail=quiet_upto, window_start=quiet_upto)
        return Cuts(segments=tuple(segments), windows=tuple(windows), cutter=cutter)

    def _segment_closes(self, begun: int, end: int, silence: int, following: Span | None) -> bool:
        enough = self._samples(
            BREATH_S if end - begun >= self._samples(SEGMENT_LONG_S) else PAUSE_S
        )
        if silence >= enough:
            return True
        return following is not None and following.end - begun > self._samples(SEGMENT_MAX_S)

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
