"""Claims about cutting a text into passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.words.passages import LONGEST_WORDS, split

TEXTS = st.lists(
    st.sampled_from(
        [
            "She",
            "said",
            "no.",
            "Yes!",
            "Mr.",
            "Smith",
            "e.g.",
            "3.5",
            "-",
            "...",
            "“Go.”",
            "why?",
            "and,",
            "日本。",
            "\n\n",
            "\n",
            "J.",
            "",
            "\t",
        ]
    ),
    max_size=200,
).map(" ".join)


@given(TEXTS | st.text())
def test_passages_hold_every_word_once_in_order(text: str) -> None:
    assert " ".join(each.text for each in split(text)).split() == text.split()


@given(TEXTS | st.text())
def test_a_passage_begins_at_the_word_it_says(text: str) -> None:
    words = text.split()
    for each in split(text):
        said = each.text.split()
        assert words[each.word - 1 : each.word - 1 + len(said)] == said


@given(TEXTS | st.text())
def test_no_passage_is_empty_or_endless(text: str) -> None:
    assert all(0 < len(each.text.split()) <= LONGEST_WORDS for each in split(text))


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("I went. She stayed.", ["I went.", "She stayed."]),
        ("I met Mr. Smith. He left.", ["I met Mr. Smith.", "He left."]),
        ("J. K. came. We ate.", ["J. K. came.", "We ate."]),
        ("He said “Go.” I went.", ["He said “Go.”", "I went."]),
        ("I waited ... and waited.", ["I waited ... and waited."]),
        ("It cost 3.5 euros. Why?", ["It cost 3.5 euros.", "Why?"]),
        ("no full stop\n\nanother thought", ["no full stop", "another thought"]),
        ("Buy:\n- milk\n- bread", ["Buy:", "- milk", "- bread"]),
        ("one\nline goes on", ["one line goes on"]),
        ("", []),
    ],
)
def test_sentences_are_passages(text: str, passages: list[str]) -> None:
    assert [each.text for each in split(text)] == passages


def test_a_sentence_that_runs_on_is_cut_at_a_pause() -> None:
    text = " ".join(["and"] * 39 + ["then,"] + ["so"] * 50)
    first, second = split(text)
    assert first.text.endswith("then,")
    assert second.word == 41
