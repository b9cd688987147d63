"""Claims about when the words of an edited text were spoken."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.words.comparing.alignment import (
    TimedWord,
    aligned,
    bare,
    heard_words,
    playable_upto,
    word_at,
)
from voicereflect.model import Segment, Transcript, Word

VOCABULARY = ("I", "the", "sea,", "Anna", "anna.", "was", "-", "born", "é", "…", "don't")
plain_words = st.lists(st.sampled_from(VOCABULARY), max_size=30)
probabilities = st.floats(0, 1)


def transcript(*words: Word) -> Transcript:
    segment = Segment(words=words, avg_logprob=-0.2, no_speech=0.0)
    return Transcript(
        model="m", language="en", made_at=datetime(2026, 1, 1, tzinfo=UTC), segments=(segment,)
    )


def said(text: str, *, probability: float = 0.9) -> Transcript:
    """A word a second, half a second long."""
    return transcript(
        *(
            Word(text=f" {word}", start_s=float(n), end_s=n + 0.5, probability=probability)
            for n, word in enumerate(text.split())
        )
    )


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """Words in order, as a model gives them: some begin with a space and some go on."""
    at_s, words = 0.0, []
    for text in draw(plain_words):
        start_s = at_s + draw(st.floats(0, 3))
        at_s = start_s + draw(st.floats(0, 2))
        space = draw(st.sampled_from(("", " ", " ", " ")))
        words.append(
            Word(text=space + text, start_s=start_s, end_s=at_s, probability=draw(probabilities))
        )
    return transcript(*words)


@st.composite
def disordered_transcripts(draw: st.DrawFn) -> Transcript:
    times = st.floats(0, 100)
    return transcript(
        *(
            Word(text=text, start_s=draw(times), end_s=draw(times), probability=draw(probabilities))
            for text in draw(st.lists(st.text(" ab\n", min_size=0, max_size=4), max_size=12))
        )
    )


@st.composite
def edits(draw: st.DrawFn) -> tuple[Transcript, str]:
    """A transcript and the same text after a few hands have been at it."""
    source = draw(transcripts())
    words = source.text.split()
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(words)))
        words[at : at + draw(st.integers(0, 4))] = draw(
            st.lists(st.sampled_from(VOCABULARY), max_size=4)
        )
    return source, draw(st.sampled_from((" ", "\n", "  \n\n"))).join(words)


def assert_in_order(words: tuple[TimedWord, ...]) -> None:
    assert all(0 <= word.start_s <= word.end_s for word in words)
    assert all(one.end_s <= other.start_s for one, other in pairwise(words))


@given(edits(), st.floats(0, 200))
def test_every_word_has_a_time_and_none_runs_backwards_whatever_was_edited(
    edited: tuple[Transcript, str], duration_s: float
) -> None:
    source, text = edited
    words = aligned(text, source, duration_s=duration_s)
    assert [word.text for word in words] == text.split()
    assert_in_order(words)


@given(transcripts(), st.text(max_size=80))
def test_a_wholly_new_text_has_times_in_order_too(source: Transcript, text: str) -> None:
    words = aligned(text, source, duration_s=12.0)
    assert [word.text for word in words] == text.split()
    assert_in_order(words)


@given(disordered_transcripts(), st.text(" abc", max_size=20))
def test_a_model_whose_times_run_backwards_does_no_harm(source: Transcript, text: str) -> None:
    assert_in_order(heard_words(source))
    assert_in_order(aligned(text, source))


@given(transcripts())
def test_an_unedited_text_keeps_every_time_and_probability(source: Transcript) -> None:
    assert aligned(source.text, source) == heard_words(source)


@given(edits())
def test_no_word_is_less_sure_than_the_machine_was_of_a_word_it_wrote(
    edited: tuple[Transcript, str],
) -> None:
    source, text = edited
    own = {(bare(each.text), each.probability) for each in heard_words(source)}
    for word in aligned(text, source):
        assert word.probability == 1 or (bare(word.text), word.probability) in own


def test_a_mended_word_takes_the_time_of_the_word_it_stands_for_and_is_certain() -> None:
    words = aligned("she met Kasimir here", said("she met casimir here", probability=0.3))
    assert [word.start_s for word in words] == [0, 1, 2, 3]
    assert [word.is_unsure for word in words] == [True, True, False, True]


def test_case_of_letters_is_a_mending_and_punctuation_is_none() -> None:
    words = aligned("Anna, came.", said("anna came", probability=0.3))
    assert [word.is_unsure for word in words] == [False, True]


def test_two_words_in_place_of_one_share_its_time() -> None:
    words = aligned("a b Wladi mir d", said("a b wladimir d"))
    assert [(word.start_s, word.end_s) for word in words[2:4]] == [(2, 2.3125), (2.3125, 2.5)]


def test_words_put_in_stand_in_the_pause() -> None:
    words = aligned("a new b", said("a b"))
    assert (words[1].start_s, words[1].end_s) == (0.5, 1.0)


def test_words_added_at_the_end_reach_to_the_end_of_the_sound() -> None:
    words = aligned("a b and more", said("a b"), duration_s=4.0)
    assert (words[2].start_s, words[3].end_s) == (1.5, 4.0)


def test_without_a_transcript_words_share_the_whole_sound() -> None:
    words = aligned("aa bb", None, duration_s=4.0)
    assert [(word.start_s, word.end_s) for word in words] == [(0, 2), (2, 4)]


def test_pieces_that_no_space_parts_are_one_word_as_sure_as_the_least_sure() -> None:
    pieces = [(" well", 0.9), ("-", 0.8), ("kept.", 0.4), (" So", 0.7)]
    words = heard_words(
        transcript(
            *(
                Word(text=text, start_s=float(n), end_s=n + 1.0, probability=sure)
                for n, (text, sure) in enumerate(pieces)
            )
        )
    )
    assert [(w.text, w.start_s, w.end_s, w.probability) for w in words] == [
        ("well-kept.", 0, 3, 0.4),
        ("So", 3, 4, 0.7),
    ]


@given(transcripts(), st.floats(0, 100))
def test_the_word_at_a_moment_is_the_last_that_has_begun(source: Transcript, at_s: float) -> None:
    words = heard_words(source)
    begun = [n for n, word in enumerate(words) if word.start_s <= at_s]
    assert word_at(words, at_s) == (begun[-1] if begun else -1)


@given(transcripts(), st.floats(0, 50))
def test_a_piece_is_cut_within_its_bounds_and_inside_no_word(
    source: Transcript, begin_s: float
) -> None:
    words = heard_words(source)
    cut_s = playable_upto(words, begin_s, least_s=4, most_s=6)
    assert begin_s + 4 <= cut_s <= begin_s + 6
    if cut_s < begin_s + 6:
        assert not any(word.start_s < cut_s < word.end_s for word in words)


def test_a_piece_is_cut_in_its_longest_pause() -> None:
    words = tuple(
        TimedWord(text="a", start_s=start_s, end_s=end_s, probability=1)
        for start_s, end_s in [(0, 41), (42, 44), (50, 55), (56, 70)]
    )
    assert playable_upto(words, 0, least_s=40, most_s=60) == pytest.approx(47)
