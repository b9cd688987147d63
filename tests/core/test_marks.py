"""Apostrophes, and where a sentence ends: one rule for everything that looks."""

import pytest

from voicereflect.core.words.marks import ends_sentence, sentences_of, straight, without_marks
from voicereflect.core.words.passages import split
from voicereflect.core.words.speakable import count_sentences


def test_curly_apostrophes_are_written_straight() -> None:
    assert straight("I\u2019m here") == "I'm here"
    assert without_marks(" No, it ISN\u2019T! ") == "no it isn't"


@pytest.mark.parametrize(
    "word", ["so.", "so?!", "so\u2026", "so.\u201d", "so!)", "\u3002", "so.\u00bb"]
)
def test_a_word_ends_a_sentence_for_everybody_who_asks(word: str) -> None:
    assert ends_sentence(word)
    assert count_sentences(f"It is {word} Then more") == 2
    assert [passage.text for passage in split(f"It is {word} Then more")] == [
        f"It is {word}",
        "Then more",
    ]


@pytest.mark.parametrize("word", ["so", "so,", "so:", "3.5", "(so)"])
def test_other_words_end_none(word: str) -> None:
    assert not ends_sentence(word)
    assert count_sentences(f"It is {word} then more") == 1


def test_sentences_are_cut_before_spaces_alone() -> None:
    assert sentences_of(" One. Two!  Three? 4.5 ") == ["One.", "Two!", "Three?", "4.5"]
