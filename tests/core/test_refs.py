"""Claims about references to entries, answers and words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.entry.refs import Reference, parse, resolve
from voicereflect.errors import EntryNotFound

IDS = ("20261120T070000Z-abcd", "20261121T070000Z-efgh", "20261121T190000Z-kzqv")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("last", Reference(entry=IDS[2])),
        ("LAST", Reference(entry=IDS[2])),
        ("-1", Reference(entry=IDS[2])),
        ("-3", Reference(entry=IDS[0])),
        ("kzqv", Reference(entry=IDS[2])),
        ("20261120", Reference(entry=IDS[0])),
        ("20261121t07", Reference(entry=IDS[1])),
        (IDS[1], Reference(entry=IDS[1])),
        (" efgh/2 ", Reference(entry=IDS[1], answer=2)),
        ("last/3:14", Reference(entry=IDS[2], answer=3, word=14)),
        ("-2/1:1", Reference(entry=IDS[1], answer=1, word=1)),
    ],
)
def test_a_reference_finds_what_it_means(text: str, meant: Reference) -> None:
    assert resolve(text, IDS) == meant


@pytest.mark.parametrize("text", ["nope", "-4", "20270101", "lastt"])
def test_an_unknown_entry_is_not_found(text: str) -> None:
    with pytest.raises(EntryNotFound):
        resolve(text, IDS)


@pytest.mark.parametrize("text", ["", "last/", "last/0", "last/x", "last:3", "a b", "last/1:0"])
def test_a_misshapen_reference_is_refused_with_its_shape(text: str) -> None:
    with pytest.raises(EntryNotFound) as caught:
        resolve(text, IDS)
    assert "ENTRY/ANSWER:WORD" in caught.value.hint


def test_an_ambiguous_reference_lists_the_candidates() -> None:
    with pytest.raises(EntryNotFound) as caught:
        resolve("20261121", IDS)
    assert IDS[1] in caught.value.what
    assert IDS[2] in caught.value.what
    assert IDS[0] not in caught.value.what


def test_a_long_list_of_candidates_is_cut_to_the_newest() -> None:
    many = [f"20261121T0700{n:02}Z-abcd" for n in range(30)]
    with pytest.raises(EntryNotFound) as caught:
        resolve("abcd", many)
    assert many[-1] in caught.value.what
    assert many[0] not in caught.value.what
    assert "20 older" in caught.value.what


def test_a_whole_id_wins_over_those_it_begins() -> None:
    assert resolve("abc", ["abc", "abcd"]).entry == "abc"


def test_without_entries_the_hint_says_how_to_make_one() -> None:
    with pytest.raises(EntryNotFound, match="no entry yet"):
        resolve("last", ())


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_answer_and_word_are_read_as_written(answer: int, word: int) -> None:
    assert parse(f"last/{answer}:{word}") == Reference(entry="last", answer=answer, word=word)


@given(st.text())
def test_any_text_either_names_a_known_entry_or_is_not_found(text: str) -> None:
    with suppress(EntryNotFound):
        assert resolve(text, IDS).entry in IDS
