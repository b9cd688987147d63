"""Claims about the lines of `N.jsonl`."""

import json
import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.entry.page.transcript_lines import (
    Lines,
    added,
    read,
    read_take,
    take_line,
    transcript_line,
)
from voicereflect.core.store.bounds import FIRST_YEAR, LAST_YEAR
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Segment, Span, TakeInfo, Transcript, Word

CALENDAR = (datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 1, 1))  # noqa: DTZ001
seconds = st.floats(0, 1e5)
odds = st.floats(-100, 100)
texts = st.text(st.characters(exclude_categories=["Cs"]))
spans = st.builds(Span, st.integers(0, 10**9), st.integers(0, 10**9))
takes = st.builds(
    TakeInfo,
    rate_hz=st.integers(1, 192_000),
    samples=st.integers(0, 10**10),
    overflows=st.integers(0, 9),
    aside=st.lists(spans, max_size=3).map(tuple),
)
words = st.builds(Word, text=texts, start_s=seconds, end_s=seconds, probability=st.floats(0, 1))
segments = st.builds(
    Segment,
    words=st.lists(words, max_size=3).map(tuple),
    avg_logprob=odds,
    no_speech=odds,
    compression=odds,
    language=st.sampled_from(["", "de"]),
)
transcripts = st.builds(
    Transcript,
    model=texts,
    language=texts,
    made_at=st.datetimes(*CALENDAR, timezones=st.just(timezone(timedelta(hours=-3, minutes=-30)))),
    segments=st.lists(segments, max_size=3).map(tuple),
    unsure=st.lists(segments, max_size=2).map(tuple),
    heard=st.sampled_from(["", "de"]),
)
TAKE = TakeInfo(rate_hz=48_000, samples=5, aside=(Span(1, 2),))


@given(takes, st.lists(transcripts, max_size=3))
def test_what_is_written_is_read(take: TakeInfo, made: list[Transcript]) -> None:
    text = take_line(take)
    for each in made:
        text = added(text, transcript_line(each))
    assert read(text, "1.jsonl") == Lines(take=take, transcripts=tuple(made))


@given(takes, transcripts, st.data())
def test_a_torn_last_line_is_ignored(take: TakeInfo, made: Transcript, data: st.DataObject) -> None:
    whole, torn = take_line(take), transcript_line(made)
    cut = data.draw(st.integers(0, len(torn) - 2))
    assert read(whole + torn[:cut], "1.jsonl") == Lines(take=take, transcripts=())


@given(transcripts, st.data())
def test_adding_after_a_torn_line_keeps_whole_ones(made: Transcript, data: st.DataObject) -> None:
    line = transcript_line(made)
    torn = line[: data.draw(st.integers(0, len(line) - 2))]
    text = added(take_line(TAKE) + torn, line)
    assert read(text, "1.jsonl") == Lines(take=TAKE, transcripts=(made,))


def test_a_last_line_without_line_feed_is_kept_when_it_is_whole() -> None:
    text = added(take_line(TAKE).rstrip("\n"), take_line(TAKE))
    assert text == take_line(TAKE) * 2


def test_lines_of_others_are_passed_over_and_kept() -> None:
    other = '{"format": 1, "kind": "mood", "of": 3}\n{"format": 9, "kind": "take"}\n'
    text = added(other, take_line(TAKE))
    assert text.startswith(other)
    assert read(text, "1.jsonl").take == TAKE


def test_the_last_take_line_counts() -> None:
    text = take_line(TakeInfo(rate_hz=8_000)) + take_line(TAKE)
    assert read(text, "1.jsonl").take == TAKE


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", '{"format":1,"kind":"take"}', '{"format":1,"kind":"transcript","segments":3}'],
)
def test_a_broken_line_is_named_by_file_and_line(broken: str) -> None:
    with pytest.raises(EntryUnreadable, match=r"2\.jsonl, line 2"):
        read(take_line(TAKE) + broken + "\n" + take_line(TAKE), "2.jsonl")


def test_every_line_is_strict_json_even_of_a_model_that_divided_by_zero() -> None:
    segment = Segment(words=(), avg_logprob=-math.inf, no_speech=math.nan, compression=1.0)
    made = Transcript(
        model="m",
        language="en",
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
        segments=(segment,),
    )
    line = transcript_line(made)
    record = json.loads(line, parse_constant=pytest.fail)
    assert record["segments"][0]["avg_logprob"] is None
    assert math.isnan(read(line, "1.jsonl").transcripts[0].segments[0].avg_logprob)


def test_a_take_file_holds_one_take() -> None:
    assert read_take(take_line(TAKE), "1.take.json") == TAKE
    with pytest.raises(EntryUnreadable):
        read_take("", "1.take.json")
