"""Claims about where an answer is cut for reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.sound.endpoint import (
    BREATH_S,
    PAUSE_S,
    SEGMENT_LONG_S,
    SEGMENT_MAX_S,
    SEGMENT_PAD_S,
    SILENCE_MAX_S,
    WINDOW_AIM_S,
    Cutter,
    longest_pause,
)
from voicereflect.model import Span

RATE_HZ = 1000
"""A sample a millisecond: every position below reads as a time."""


@dataclass(frozen=True)
class Speech:
    """What a voice detector would hear in one whole take."""

    spans: tuple[Span, ...]
    end: int

    def heard(self, tail: int, upto: int) -> tuple[Span, ...]:
        """What it says of `tail` to `upto`, as the worker asks it."""
        cut = (Span(max(each.start, tail), min(each.end, upto)) for each in self.spans)
        return tuple(each for each in cut if each.samples > 0)


@dataclass(frozen=True)
class Read:
    segments: tuple[Span, ...]
    windows: tuple[Span, ...]
    rest: Span


def cut_up(speech: Speech, looks: Iterator[int]) -> Read:
    """Cut a take with a look at each of some moments, as a session does."""
    cutter = Cutter(rate_hz=RATE_HZ)
    segments: list[Span] = []
    windows: list[Span] = []
    for upto in looks:
        cuts = cutter.cut(speech.heard(cutter.tail, upto), upto)
        segments += cuts.segments
        windows += cuts.windows
        cutter = cuts.cutter
    return Read(tuple(segments), tuple(windows), cutter.rest(speech.end))


def every(ms: int, speech: Speech) -> Read:
    return cut_up(speech, iter(range(ms, speech.end + 1, ms)))


@st.composite
def speeches(draw: st.DrawFn, *, pause_ms: int = 100_000, turns: int = 12) -> Speech:
    """Stretches of speech up to 8 s, parted by breaths, by pauses or, too long, by nothing."""
    at = 0
    spans: list[Span] = []
    for _ in range(draw(st.integers(0, turns))):
        goes_on = bool(spans) and spans[-1].samples == SEGMENT_MAX_S * RATE_HZ
        at += draw(st.integers(0 if goes_on else int(BREATH_S * RATE_HZ), pause_ms))
        length = draw(st.one_of(st.integers(50, 7_999), st.just(int(SEGMENT_MAX_S * RATE_HZ))))
        spans.append(Span(at, at + length))
        at += length
    return Speech(tuple(spans), at + draw(st.integers(0, pause_ms)))


def talk(*lengths_and_pauses_s: float) -> Speech:
    """Speech, pause, speech, pause..."""
    at = 0
    spans = []
    for place, seconds in enumerate(lengths_and_pauses_s):
        until = at + int(seconds * RATE_HZ)
        if place % 2 == 0:
            spans.append(Span(at, until))
        at = until
    return Speech(tuple(spans), at)


looks_of = st.lists(st.integers(100, 60_000), max_size=60)


@given(speeches(), looks_of)
def test_windows_and_the_rest_tile_the_take_however_one_looks(
    speech: Speech, steps: list[int]
) -> None:
    read = cut_up(speech, moments(steps, speech.end))
    tiles = (*read.windows, read.rest)
    assert tiles[0].start == 0
    assert tiles[-1].end == speech.end
    assert all(left.end == right.start for left, right in pairwise(tiles))
    assert all(tile.samples > 0 for tile in tiles[:-1])


@given(speeches(), looks_of)
def test_segments_lie_in_order_inside_the_take_and_never_overlap(
    speech: Speech, steps: list[int]
) -> None:
    segments = cut_up(speech, moments(steps, speech.end)).segments
    assert all(0 <= each.start < each.end <= speech.end for each in segments)
    assert all(left.end <= right.start for left, right in pairwise(segments))


@given(speeches(), looks_of)
def test_every_window_ends_where_a_segment_ends(speech: Speech, steps: list[int]) -> None:
    read = cut_up(speech, moments(steps, speech.end))
    assert {window.end for window in read.windows} <= {each.end for each in read.segments}


@given(speeches(), looks_of, st.integers(100, 400))
def test_the_segments_do_not_depend_on_how_often_one_looks(
    speech: Speech, steps: list[int], ms: int
) -> None:
    """Those that ended early enough before the last look of both."""
    seldom = cut_up(speech, moments(steps, speech.end)).segments
    often = every(ms, speech).segments
    shared_length = min(len(seldom), len(often))
    assert seldom[:shared_length] == often[:shared_length]


@given(speeches(), st.integers(1, 300_000))
def test_silence_at_the_end_changes_only_the_rest(speech: Speech, more: int) -> None:
    settled = Speech(speech.spans, speech.end + int(PAUSE_S * RATE_HZ))
    looks = [*range(300, settled.end, 300), settled.end]
    short = cut_up(settled, iter(looks))
    longer = Speech(speech.spans, settled.end + more)
    long = cut_up(longer, iter([*looks, *range(settled.end + 300, longer.end, 300)]))
    assert long.segments == short.segments
    assert long.windows[: len(short.windows)] == short.windows
    assert long.rest.end == longer.end


def test_a_breath_cuts_nothing_while_little_was_said() -> None:
    cuts = Cutter(rate_hz=RATE_HZ).cut((Span(500, 3000),), 3000 + 599)
    assert cuts.segments == ()
    assert cuts.cutter == Cutter(rate_hz=RATE_HZ)


def test_a_segment_has_a_little_room_around_it() -> None:
    pad = int(SEGMENT_PAD_S * RATE_HZ)
    cuts = Cutter(rate_hz=RATE_HZ).cut((Span(500, 3000),), 3600)
    assert cuts.segments == (Span(500 - pad, 3150),)


def test_a_breath_cuts_a_long_segment() -> None:
    long = int(SEGMENT_LONG_S * RATE_HZ)
    cuts = Cutter(rate_hz=RATE_HZ).cut((Span(0, long),), long + 300)
    assert cuts.segments == (Span(0, long + 150),)


def test_short_stretches_between_breaths_are_read_together() -> None:
    spans = (Span(0, 1500), Span(1900, 3000), Span(3400, 6500))
    cuts = Cutter(rate_hz=RATE_HZ).cut(spans, 6800)
    assert cuts.segments == (Span(0, 6650),)


def test_stretches_that_are_too_long_together_are_read_apart() -> None:
    spans = (Span(0, 3500), Span(3900, 3000 + int(SEGMENT_MAX_S * RATE_HZ)))
    cuts = Cutter(rate_hz=RATE_HZ).cut(spans, spans[-1].end)
    assert cuts.segments == (Span(0, 3650),)


def test_speech_that_was_parted_for_its_length_is_cut_exactly_there() -> None:
    cuts = Cutter(rate_hz=RATE_HZ).cut((Span(0, 8_000), Span(8_000, 9_000)), 9_000)
    assert cuts.segments == (Span(0, 8_000),)


@pytest.mark.parametrize("pause_s", [0.4, 0.7, 5])
def test_the_next_cut_closes_a_window_that_is_long_enough(pause_s: float) -> None:
    read = every(300, talk(*[5, pause_s] * 13))
    assert len(read.windows) >= 2
    for window in read.windows:
        assert 0 <= window.samples / RATE_HZ - WINDOW_AIM_S <= 5 + pause_s


def test_speech_without_any_pause_is_parted_all_the_same() -> None:
    spans = tuple(Span(at, at + 8_000) for at in range(0, 400_000, 8_000))
    read = every(300, Speech(spans, 400_000))
    assert len(read.windows) > 10
    assert all(window.samples <= 30 * RATE_HZ for window in (*read.windows, read.rest))


def test_a_report_that_was_sent_before_the_last_cut_arrived_cuts_nothing_twice() -> None:
    first = Cutter(rate_hz=RATE_HZ).cut((Span(500, 3000),), 3600)
    again = first.cutter.cut((Span(500, 3000),), 3900)
    assert again.segments == ()


@pytest.mark.parametrize("upto", [0, 5, 10_000])
def test_an_answer_without_speech_is_one_window(upto: int) -> None:
    cuts = Cutter(rate_hz=RATE_HZ).cut((), upto)
    assert (cuts.segments, cuts.windows) == ((), ())
    assert cuts.cutter.rest(upto) == Span(0, upto)


def test_hours_of_silence_are_never_held_at_once_and_what_follows_is_whole() -> None:
    voice = (Span(3_700_000, 3_703_000), Span(3_704_000, 3_706_000))
    read = every(2_000, Speech(voice, 3_710_000))
    windows = [*read.windows, read.rest]
    assert max(each.samples for each in windows) <= (SILENCE_MAX_S + 3) * RATE_HZ
    (last,) = (each for each in windows if each.start <= voice[0].start < each.end)
    assert last.start <= voice[0].start - 900
    assert last.end >= voice[0].end


def test_an_answer_that_ends_with_a_window_still_has_a_last_empty_one() -> None:
    cutter = Cutter(rate_hz=RATE_HZ, tail=5000, window_start=5000)
    assert cutter.rest(5000) == Span(5000, 5000)


def test_a_long_stretch_is_parted_in_the_middle_of_its_longest_late_pause() -> None:
    spans = (Span(0, 100), Span(190, 500), Span(520, 600), Span(650, 900), Span(910, 990))
    assert longest_pause(spans, first=450, last=1000) == 625


@pytest.mark.parametrize("spans", [(), (Span(0, 1000),), (Span(0, 100), Span(300, 1000))])
def test_a_long_stretch_without_a_late_pause_is_parted_at_its_end(spans: tuple[Span, ...]) -> None:
    assert longest_pause(spans, first=500, last=1000) == 1000


@given(speeches(), st.integers(0, 400_000), st.integers(1, 400_000))
def test_a_stretch_is_never_parted_inside_a_word(speech: Speech, first: int, more: int) -> None:
    last = first + more
    cut = longest_pause(speech.heard(0, last), first=first, last=last)
    assert first <= cut <= last
    assert cut == last or not any(each.start < cut < each.end for each in speech.spans)


def moments(steps: list[int], end: int) -> Iterator[int]:
    """Ever later moments, none after the end."""
    at = 0
    for ms in steps:
        at += ms
        if at > end:
            return
        yield at
