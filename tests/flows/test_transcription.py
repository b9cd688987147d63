"""Claims about live text and what takes its place."""

from datetime import UTC, datetime

import pytest

from tests.support.fakes import StubTranscriber
from voicereflect.flows.session.recording.transcription import TranscriptionTracker
from voicereflect.model import Segment, SegmentRead, Span, WindowRead, Word


@pytest.fixture
def tracker() -> TranscriptionTracker:
    stub = StubTranscriber(read=False)
    heard = TranscriptionTracker(
        stub, now=lambda: datetime(2026, 1, 1, tzinfo=UTC), sound=lambda _: iter(())
    )
    heard.begin(1, 16_000, "en")
    return heard


def segment(start: int, end: int, text: str) -> SegmentRead:
    return SegmentRead(recording=1, span=Span(start, end), text=text)


def window(start: int, end: int, text: str) -> WindowRead:
    word = Word(text=text, start_s=0.0, end_s=1.0, probability=0.9)
    found = Segment(words=(word,), avg_logprob=-0.2, no_speech=0.0)
    return WindowRead(
        recording=1, span=Span(start, end), model="m", language="en", segments=(found,)
    )


def test_what_was_read_better_takes_the_place_of_live_segments(
    tracker: TranscriptionTracker,
) -> None:
    for report in (segment(0, 10, " a"), segment(10, 20, " b"), segment(20, 30, " c")):
        tracker.apply(report)
    tracker.apply(segment(0, 20, " A B"))
    assert tracker.live_text(1) == "A B c"
    tracker.apply(window(0, 20, " AB"))
    assert tracker.live_text(1) == "AB c"


def test_a_live_segment_that_comes_late_changes_nothing_that_is_settled(
    tracker: TranscriptionTracker,
) -> None:
    tracker.apply(window(0, 20, " AB"))
    tracker.apply(segment(10, 20, " b"))
    assert tracker.live_text(1) == "AB"


def test_what_could_not_be_read_again_stays_as_it_was_read(tracker: TranscriptionTracker) -> None:
    tracker.apply(segment(0, 10, " a"))
    tracker.apply(segment(10, 20, " b"))
    tracker.apply(segment(0, 20, ""))
    assert tracker.live_text(1) == "a b"


def test_what_comes_late_of_another_recording_is_nobodys() -> None:
    """An answer whose sound broke off, and then the first answer of the next entry."""
    stub = StubTranscriber(read=False)
    broken_off, next_one = (
        TranscriptionTracker(
            stub, now=lambda: datetime(2026, 1, 1, tzinfo=UTC), sound=lambda _: iter(())
        )
        for _ in range(2)
    )
    for each in (broken_off, next_one):
        each.begin(1, 16_000, "en")
    next_one.end(1)
    assert next_one.apply(window(0, 20, " not hers")) is None
    assert next_one.live_text(1) == ""
    assert next_one.waiting() == (1,)


def test_a_command_is_among_no_words_live_or_settled(tracker: TranscriptionTracker) -> None:
    said = Span(0, 16_000)  # the second in which its only word was said
    tracker.leave_out(1, said)
    tracker.apply(segment(said.start, said.end, " again"))
    assert tracker.live_text(1) == ""
    tracker.apply(window(0, 32_000, " again"))
    assert tracker.live_text(1) == ""
