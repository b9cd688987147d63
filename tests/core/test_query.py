"""Claims about taking a search apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.search.query import parse


@pytest.mark.parametrize(
    ("typed", "phrases", "words", "names"),
    [
        ("the red door", (), ("red", "door"), ()),
        ('"the red door"', ("the red door",), (), ()),
        ("“the red door” garden", ("the red door",), ("garden",), ()),
        ("What did Deborah say", (), ("Deborah",), ("Deborah",)),
        ("to be or not to be", (), ("to", "be", "or", "not"), ()),
        ("garden garden", (), ("garden",), ()),
        ('" "', (), (), ()),
        ('an open "quote', (), ("open", "quote"), ()),
    ],
)
def test_quotes_names_and_words_are_told_apart(
    typed: str, phrases: tuple[str, ...], words: tuple[str, ...], names: tuple[str, ...]
) -> None:
    query = parse(typed)
    assert (query.phrases, query.words, query.names) == (phrases, words, names)


@given(st.text())
def test_anything_can_be_typed(typed: str) -> None:
    query = parse(typed)
    assert set(query.names) <= set(query.words)
