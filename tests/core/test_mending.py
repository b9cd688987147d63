"""Claims about words that are heard again, confirmed and mended."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import make_entry
from voicereflect.core.entry.entries import is_persons, with_transcript
from voicereflect.core.entry.page import entry_text, further_keys
from voicereflect.core.words import mending
from voicereflect.core.words.comparing.alignment import TimedWord, aligned
from voicereflect.model import Entry, Segment, Transcript, Word

TEXT = "She met casimir there. He sang, badly."
SURE = {"casimir": 0.2, "sang,": 0.4, "sank,": 0.3}


def transcript(text: str = TEXT, *, shift_s: float = 0.0) -> Transcript:
    words = tuple(
        Word(
            text=f" {word}",
            start_s=n + shift_s,
            end_s=n + 0.5 + shift_s,
            probability=SURE.get(word, 0.9),
        )
        for n, word in enumerate(text.split())
    )
    return Transcript(
        model="m",
        language="en",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        segments=(Segment(words=words, avg_logprob=-0.2, no_speech=0.0),),
    )


def transcribed(text: str = TEXT) -> Entry:
    return with_transcript(make_entry(), 1, text, silent=False)


def words_of(entry: Entry, source: Transcript | None = None) -> tuple[TimedWord, ...]:
    return aligned(entry.answers[0].text, source or transcript())


def unsure(entry: Entry, source: Transcript | None = None) -> tuple[int, ...]:
    return mending.unsure_words(entry, 1, words_of(entry, source))


def mended(entry: Entry, position: int, old: str, new: str) -> Entry:
    found = mending.with_word(entry, 1, position, old=old, new=new)
    assert found is not None
    return found


def test_words_under_one_half_are_unsure() -> None:
    assert unsure(transcribed()) == (3, 6)


def test_a_confirmed_word_does_not_come_up_again_even_after_saving_and_edits() -> None:
    entry = transcribed()
    entry = mending.with_confirmed(entry, 1, words_of(entry)[2])
    entry = entry_text.parse(entry_text.render(entry), "entry.md")
    assert unsure(entry) == (6,)
    entry = mended(entry, 1, "She", "Last week she")
    assert unsure(entry) == (8,)


def test_confirming_makes_no_text_the_persons() -> None:
    entry = transcribed()
    assert not is_persons(mending.with_confirmed(entry, 1, words_of(entry)[2]).answers[0])


def test_confirming_twice_is_confirming_once() -> None:
    entry = transcribed()
    once = mending.with_confirmed(entry, 1, words_of(entry)[2])
    assert mending.with_confirmed(once, 1, words_of(once)[2]) == once


def test_a_confirmed_word_comes_up_again_when_the_machine_hears_something_else() -> None:
    entry = transcribed()
    entry = mending.with_confirmed(entry, 1, words_of(entry)[5])
    other = TEXT.replace("sang", "sank")
    again = with_transcript(entry, 1, other, silent=False)
    assert unsure(again, transcript(other)) == (3, 6)
    assert unsure(entry, transcript(shift_s=3.0)) == (3, 6)


def test_a_mended_word_is_settled_and_makes_the_text_the_persons() -> None:
    entry = mended(transcribed(), 3, "casimir", "Kasimir")
    assert entry.answers[0].text == "She met Kasimir there. He sang, badly."
    assert unsure(entry) == (6,)
    assert is_persons(entry.answers[0])


def test_a_word_taken_out_takes_its_space_along() -> None:
    assert (
        mended(transcribed(), 3, "casimir", "").answers[0].text == "She met there. He sang, badly."
    )


def test_the_last_word_can_be_taken_out() -> None:
    assert mended(transcribed("um"), 1, "um", "").answers[0].text == ""


@pytest.mark.parametrize("position", [2, 99])
def test_a_word_that_does_not_stand_there_any_more_is_not_replaced(position: int) -> None:
    assert mending.with_word(transcribed(), 1, position, old="casimir", new="x") is None


@given(st.text(" ab\n\t.", max_size=30), st.integers(1, 12), st.sampled_from(["x", "x y", "x."]))
def test_mending_changes_one_word_and_no_other_letter(text: str, position: int, new: str) -> None:
    words = text.split()
    entry = transcribed()
    entry = replace(entry, answers=(replace(entry.answers[0], text=text),))
    if position > len(words):
        assert mending.with_word(entry, 1, position, old="a", new=new) is None
        return
    after = mended(entry, position, words[position - 1], new).answers[0].text
    assert after.split() == [*words[: position - 1], *new.split(), *words[position:]]
    assert len(after) == len(text) - len(words[position - 1]) + len(new)


@pytest.mark.parametrize(
    ("old", "typed", "new"),
    [
        ("casimir,", "Kasimir", "Kasimir,"),
        ("“casimir", "Kasimir", "“Kasimir"),
        ("casimir,", "Kasimir.", "Kasimir."),
        ("casimir", "  Kasi   mir ", "Kasi mir"),
        ("...", "so", "so"),
    ],
)
def test_punctuation_that_was_not_typed_stays(old: str, typed: str, new: str) -> None:
    assert mending.spelt(old, typed) == new


def test_names_are_capitalised_words() -> None:
    assert mending.names_in("Kasimir, of Łódź I x.") == ("Kasimir", "Łódź")


def test_sentences_cover_every_word_once() -> None:
    assert mending.sentences(words_of(transcribed())) == ((1, 4), (5, 7))


@given(st.lists(st.sampled_from(["a", "b.", "c?"]), max_size=300))
def test_sentences_follow_each_other(words: list[str]) -> None:
    timed = aligned(" ".join(words), None, duration_s=9)
    found = mending.sentences(timed)
    assert [n for first, last in found for n in range(first, last + 1)] == list(
        range(1, len(words) + 1)
    )


def test_a_word_is_shown_in_its_own_sentence() -> None:
    assert mending.sentence_around(words_of(transcribed()), 6) == (5, 7)


@pytest.mark.parametrize("value", ["nonsense", 3, ["nonsense", 4, None], {"a": 1}])
def test_what_a_hand_made_of_the_list_does_no_harm(value: object) -> None:
    entry = transcribed()
    (answer,) = entry.answers
    answer = replace(answer, **further_keys.read({"confirmed": value}, further_keys.OF_ANSWER))
    entry = replace(entry, answers=(answer,))
    assert unsure(entry) == (3, 6)
    assert unsure(mending.with_confirmed(entry, 1, words_of(entry)[2])) == (6,)
