"""Claims about names and words that are typed otherwise than they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.entry.tags import tags_in
from voicereflect.core.search import names, spelling
from voicereflect.core.words.folding import folded, without_strokes

DECKS = ("everyday", "small-steps", "small-talk", "her-biography")
SAID = (("promotion", 12), ("potion", 3), ("starbucks", 2), ("garden", 9), ("gardens", 1), ("3", 4))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("everyday", "everyday"),
        ("Everyday", "everyday"),
        ("Small steps", "small-steps"),
        ("her_biography ", "her-biography"),
        ("small", None),
        ("", None),
    ],
)
def test_a_name_is_known_however_it_is_written(typed: str, meant: str | None) -> None:
    assert names.known(typed, DECKS) == meant


def test_of_two_names_that_differ_in_case_alone_the_typed_one_is_meant() -> None:
    assert names.known("Joy", ("joy", "Joy")) == "Joy"
    assert names.known("JOY", ("joy", "Joy")) is None


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("moring", ""),
        ("Everydy", 'Did you mean "everyday"?'),
        ("small", 'Did you mean "small-talk" or "small-steps"?'),
        ("xylophone", ""),
    ],
)
def test_what_is_spelt_alike_is_asked_for(typed: str, asked: str) -> None:
    assert names.did_you_mean(typed, DECKS) == asked


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("promtion", ("promotion",)),
        ("Starbuks", ("starbucks",)),
        ("gardn", ("garden", "gardens")),
        ("zebra", ()),
        ("gar", ()),
    ],
)
def test_the_nearest_words_are_those_that_were_said(typed: str, near: tuple[str, ...]) -> None:
    found = spelling.nearest(typed, SAID)
    assert found[: len(near)] == near
    assert bool(found) == bool(near)


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Søren", "soren"), ("Łódź", "lodz"), ("Zürich", "ZURICH"), ("Æther", "aether")],
)
def test_letters_with_marks_and_strokes_are_found_without_them(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert without_strokes(without_strokes(text)) == without_strokes(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (("#garden",), ("garden",)),
        (("garden, #work", "garden"), ("garden", "work")),
        (("my mother",), ("my mother",)),
        ((" ,#",), ()),
    ],
)
def test_tags_of_other_programs_are_read_as_they_are_meant(
    written: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    assert tags_in(written) == meant
