"""Claims about which known words an unsure one may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.words.vocabulary import nearest

KNOWN = ("Kasimir", "Łódź", "Katja", "Gordon", "Aunt Leni", "Wanda")


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("casimir", "Kasimir"), ("Lodz.", "Łódź"), ("garden", "Gordon"), ("catya", "Katja")],
)
def test_what_sounds_or_is_spelt_alike_is_found(heard: str, meant: str) -> None:
    assert nearest(heard, KNOWN)[0] == meant


@pytest.mark.parametrize("heard", ["kite", "the", "morning", "yesterday", "…", ""])
def test_what_is_unlike_is_not_offered(heard: str) -> None:
    assert nearest(heard, KNOWN) == ()


def test_the_word_as_it_stands_is_no_suggestion_but_its_capital_is() -> None:
    assert nearest("Wanda,", KNOWN) == ()
    assert nearest("wanda,", KNOWN) == ("Wanda",)


@given(word=st.text(max_size=12), known=st.lists(st.text(max_size=12), max_size=6))
def test_the_order_of_the_vocabulary_changes_nothing(word: str, known: list[str]) -> None:
    found = nearest(word, known)
    assert found == nearest(word, known[::-1])
    assert set(found) <= set(known)
