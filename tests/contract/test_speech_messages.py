"""Claims about what the speech worker and its parent say to each other."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.adapters.child import frames
from voicereflect.adapters.speech.messages import to_header, to_report
from voicereflect.model import (
    Report,
    Segment,
    SegmentRead,
    Span,
    SpeechHeard,
    WindowProgress,
    WindowRead,
    Word,
    WorkerLost,
    WorkerReady,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
counts = st.integers(0, 10**9)
numbers = st.floats(allow_nan=False, allow_infinity=False)
spans = st.builds(Span, counts, counts)
words = st.builds(Word, text=texts, start_s=numbers, end_s=numbers, probability=numbers)
segments = st.builds(
    Segment,
    words=st.lists(words, max_size=4).map(tuple),
    avg_logprob=numbers,
    no_speech=numbers,
    compression=numbers,
    language=texts,
)
some_segments = st.lists(segments, max_size=3).map(tuple)
reports: st.SearchStrategy[Report] = st.one_of(
    st.builds(WorkerReady, model=texts),
    st.builds(SpeechHeard, recording=counts, upto=counts, spans=st.lists(spans).map(tuple)),
    st.builds(SegmentRead, recording=counts, span=spans, text=texts),
    st.builds(WindowProgress, recording=counts, upto=counts),
    st.builds(
        WindowRead,
        recording=counts,
        span=spans,
        model=texts,
        language=texts,
        segments=some_segments,
        unsure=some_segments,
        heard=texts,
        voiced=st.booleans(),
    ),
    st.builds(WorkerLost, what=texts, hint=texts, restarting=st.just(value=False)),
)


@given(reports)
def test_a_report_comes_out_of_the_pipe_as_it_went_in(report: Report) -> None:
    message = frames.read(io.BytesIO(frames.encode(to_header(report))))
    assert message is not None
    assert to_report(message[0]) == report


@given(reports)
def test_a_header_cut_short_of_any_key_is_refused(report: Report) -> None:
    header = to_header(report)
    for key in header:
        with pytest.raises((ValueError, KeyError)):
            to_report({name: value for name, value in header.items() if name != key})


@pytest.mark.parametrize(
    "header", [{}, {"is": "nonsense"}, {"is": "segment", "recording": 1, "span": [1], "text": ""}]
)
def test_what_is_no_report_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not a report"):
        to_report(header)


def test_a_window_of_five_minutes_fits_in_one_message() -> None:
    """At the six words a second above which the engine suspects a loop."""
    word = Word(text=" unbelievably", start_s=1234.56, end_s=1234.98, probability=0.123456789)
    segment = Segment(words=(word,) * 180, avg_logprob=-0.123456789, no_speech=0.123456789)
    read = WindowRead(
        recording=1, span=Span(0, 1), model="base", language="en", segments=(segment,) * 10
    )
    assert len(json.dumps(to_header(read))) < frames.MAX_HEADER_BYTES / 4
