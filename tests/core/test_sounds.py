"""Claims about words that are said by ear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.words.comparing.sounds import parse, sounded

LINES = ("Siobhan = Shivawn", "Łódź", " Aunt Niamh=Aunt Neev ", "Mum =", "= nothing", "")
SOUNDS = {"Siobhan": "Shivawn", "Aunt Niamh": "Aunt Neev", "Aunt": "Ahnt"}


def test_a_line_is_a_word_and_may_tell_its_sound() -> None:
    assert parse(LINES) == (
        ("Siobhan", "Shivawn"),
        ("Łódź", ""),
        ("Aunt Niamh", "Aunt Neev"),
        ("Mum", ""),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("What did Siobhan say?", "What did Shivawn say?"),
        ("SIOBHAN's garden, siobhan.", "Shivawn's garden, Shivawn."),
        ("Aunt Niamh and aunt Leni", "Aunt Neev and Ahnt Leni"),
        ("Siobhanna, haunted", "Siobhanna, haunted"),
    ],
)
def test_whole_words_are_said_by_ear_the_longest_first(text: str, said: str) -> None:
    assert sounded(text, SOUNDS) == said


@given(text=st.text(), words=st.lists(st.text(min_size=1, max_size=5)))
def test_a_word_without_a_sound_changes_nothing(text: str, words: list[str]) -> None:
    assert sounded(text, dict.fromkeys(words, "")) == text


@given(text=st.text(), sounds=st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_any_vocabulary_can_be_given(text: str, sounds: dict[str, str]) -> None:
    assert isinstance(sounded(text, sounds), str)
