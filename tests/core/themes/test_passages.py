"""Sentences with their places; what says too little or only repeats is left out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import make_entry
from voicereflect.core.entry.decisions import decided, undecided
from voicereflect.core.safety.consent import with_consent
from voicereflect.core.themes.names.words import content_words
from voicereflect.core.themes.passages import REPEATED_SHARE, is_thin, passages_of
from voicereflect.model import Consent


def test_places_are_counted_among_all_passages_of_the_entry() -> None:
    entry = make_entry(text="Well, yes. The tomatoes in the garden ripened. And so on.", answers=2)
    found = passages_of(entry).passages
    assert [(p.answer, p.word, p.words, p.ordinal) for p in found] == [(1, 3, 6, 1), (2, 3, 6, 4)]


def test_a_sentence_that_says_too_little_is_left_out() -> None:
    entry = make_entry(text="Well, yes. The tomatoes in the garden ripened. And so on.")
    assert [p.text for p in passages_of(entry).passages] == ["The tomatoes in the garden ripened."]


def test_one_word_of_content_is_enough() -> None:
    entry = make_entry(text="Nobody asked her if she was tired. And so on.")
    assert [p.text for p in passages_of(entry).passages] == ["Nobody asked her if she was tired."]


def test_a_sentence_that_repeats_the_prompt_is_left_out() -> None:
    entry = make_entry(
        text="What do I know of the day she was born? My grandmother told me about snow."
    )
    asked = replace(entry.answers[0], asked="Tell me of the day your mother was born.")
    entry = replace(entry, answers=(asked,))
    texts = [p.text for p in passages_of(entry).passages]
    assert texts == ["My grandmother told me about snow."]


def test_more_than_the_prompt_is_no_repetition() -> None:
    assert is_thin("The day my mother was born.", "Tell me of the day your mother was born.")
    assert not is_thin("My mother was born during a snow storm.", "When was your mother born?")


WORDS = st.lists(st.sampled_from(["mother", "snow", "storm", "was", "the", "born"])).map(" ".join)


@given(WORDS, WORDS)
def test_thin_is_what_says_nothing_or_four_fifths_of_the_prompt(said: str, asked: str) -> None:
    content = content_words(said)
    again = len(content & content_words(asked)) >= REPEATED_SHARE * len(content)
    assert is_thin(said, asked) == (not content or again)


def test_only_those_who_agreed_are_heard() -> None:
    entry = make_entry(answers=2, text="The tomatoes in the garden ripened.")
    second = replace(entry.answers[1], speaker="mother")
    entry = replace(entry, answers=(entry.answers[0], second), speakers=("me", "mother"))
    assert [p.speaker for p in passages_of(entry).passages] == ["me"]
    yes = with_consent(entry, "mother", Consent(kept=True, themes=True))
    assert [p.speaker for p in passages_of(yes).passages] == ["me", "mother"]


def test_what_waits_for_a_choice_says_nothing_yet() -> None:
    entry = make_entry(text="The tomatoes in the garden ripened.")
    assert passages_of(undecided(entry)).passages == ()
    assert len(passages_of(decided(undecided(entry), closed=True)).passages) == 1
