"""Sentences with their places; what says too little or only repeats is left out."""

from dataclasses import replace

import pytest

from tests.support.vaults import make_entry
from voicereflect.core.themes.passages import passages_of, repeats, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I planted beans. They came up.", ["I planted beans.", "They came up."]),
        ("Mr. Smith rang. I was out.", ["Mr. Smith rang.", "I was out."]),
        ("I said no. She left.", ["I said no.", "She left."]),
        ("“Go away!” she said. I went.", ["“Go away!”", "she said.", "I went."]),
        ("no end at all", ["no end at all"]),
        ("One line\n\nAnother line", ["One line", "Another line"]),
        ("It cost 3.50 then. Yes.", ["It cost 3.50 then.", "Yes."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [" ".join(words) for _, words in sentences(text)] == expected


def test_every_word_is_counted_from_one() -> None:
    text = "I planted beans. They came\nup. And\n\nthen rain."
    words = text.split()
    for begun, said in sentences(text):
        assert words[begun - 1 : begun - 1 + len(said)] == said


def test_a_sentence_that_says_too_little_is_left_out() -> None:
    entry = make_entry(text="Well, yes. The tomatoes in the garden ripened. And so on.")
    assert [p.text for p in passages_of(entry).passages] == ["The tomatoes in the garden ripened."]


def test_a_sentence_that_repeats_the_prompt_is_left_out() -> None:
    entry = make_entry(
        text="What do I know of the day she was born? My grandmother told me about snow."
    )
    asked = replace(entry.answers[0], asked="Tell me of the day your mother was born.")
    entry = replace(entry, answers=(asked,))
    texts = [p.text for p in passages_of(entry).passages]
    assert texts == ["My grandmother told me about snow."]


def test_more_than_the_prompt_is_no_repetition() -> None:
    assert repeats("The day my mother was born.", "Tell me of the day your mother was born.")
    assert not repeats("My mother was born during a snow storm.", "When was your mother born?")


def test_only_those_who_agreed_are_heard() -> None:
    entry = make_entry(answers=2, text="The tomatoes in the garden ripened.")
    second = replace(entry.answers[1], speaker="mother")
    entry = replace(entry, answers=(entry.answers[0], second))
    assert len(passages_of(entry).passages) == 2
    heard = passages_of(entry, speakers=frozenset({"me"})).passages
    assert [passage.speaker for passage in heard] == ["me"]
