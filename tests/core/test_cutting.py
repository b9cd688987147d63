"""A sentence's stretch of sound: whole, without its neighbours, and only where it is certain."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.sound.cutting import AFTER_S, BEFORE_S, stretch_of
from voicereflect.core.words.comparing.alignment import aligned
from voicereflect.model import Segment, Transcript, Word

GAPS = st.lists(st.floats(min_value=0, max_value=2), min_size=3, max_size=12)


def said(*words: tuple[str, float, float]) -> Transcript:
    heard = tuple(Word(text=f" {w}", start_s=a, end_s=b, probability=0.9) for w, a, b in words)
    segment = Segment(words=heard, avg_logprob=-0.1, no_speech=0.0)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return Transcript(model="m", language="en", made_at=now, segments=(segment,))


def test_a_pause_on_both_sides_is_heard_a_little() -> None:
    made = said(("One.", 0, 1), ("Two", 3, 4), ("words.", 4, 5), ("Three.", 8, 9))
    found = stretch_of("One. Two words. Three.", made, word=2, words=2, duration_s=10)
    assert found is not None
    assert list(found) == pytest.approx([3 - BEFORE_S, 5 + AFTER_S])


@given(GAPS, st.data())
def test_no_neighbouring_word_is_cut_into(gaps: list[float], data: st.DataObject) -> None:
    words, at_s = [], 0.0
    for number, gap in enumerate(gaps):
        words.append((f"w{number}", at_s + gap, at_s + gap + 0.5))
        at_s += gap + 0.5
    text, made = " ".join(word for word, _, _ in words), said(*words)
    first = data.draw(st.integers(1, len(words)))
    count = data.draw(st.integers(1, len(words) - first + 1))
    found = stretch_of(text, made, word=first, words=count, duration_s=at_s)
    assert found is not None
    timed = aligned(text, made)
    assert found[0] <= timed[first - 1].start_s
    assert found[1] >= timed[first + count - 2].end_s
    assert all(each.end_s <= found[0] for each in timed[: first - 1])
    assert all(each.start_s >= found[1] for each in timed[first + count - 1 :])


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("My mother came home late.", True),
        ("My brother came home late.", True),
        ("My brother sailed home early.", False),
        ("Something else altogether was written.", False),
    ],
)
def test_most_words_must_be_the_machines_own(text: str, certain: bool) -> None:  # noqa: FBT001
    words = ["My", "mother", "came", "home", "late."]
    made = said(*((word, n, n + 0.5) for n, word in enumerate(words)))
    found = stretch_of(text, made, word=1, words=5, duration_s=6)
    assert (found is not None) == certain


def test_a_sentence_beyond_the_text_has_no_place() -> None:
    assert stretch_of("One.", said(("One.", 0, 1)), word=1, words=2, duration_s=1) is None
