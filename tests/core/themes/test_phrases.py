"""The exact words of the shipped themes: what they take, and what only sounds like it."""

import pytest

from tests.support.shipped import ROOT
from voicereflect.core.themes.known import parse
from voicereflect.core.themes.names.phrases import Phrases, plainly

SEEDS = parse((ROOT / "src/voicereflect/themes.toml").read_text("utf-8"))


def taken_by(said: str) -> set[str]:
    return {
        seed.title for seed in SEEDS if Phrases(seed.words, seed.unless).stand_in(plainly(said))
    }


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("My mother's voice came out of my mouth.", "my mother"),
        ("I told Mum about it.", "my mother"),
        ("Dad never said much.", "my father"),
        ("She hit me with the wooden spoon.", "being hurt"),
        ("I've thought about killing myself.", "not wanting to live"),
    ],
)
def test_plain_words_are_taken(said: str, title: str) -> None:
    assert title in taken_by(said)


@pytest.mark.parametrize(
    "said",
    [
        "My mother-in-law came for lunch.",
        "My son-in-law mowed the lawn.",
        "Her mother had eleven of them and her father laughed.",
        "The other mums at the gate wore coats.",
        "She patted my hand and said it's okay, mama.",
        "Then it hit me that the house was sold.",
        "Tom beat me at cards again.",
        "I do not want to die like that.",
        "I wanted to die of embarrassment.",
        "The coat hung over the chair.",
        "They talked behind my back.",
        "The heating did not want to work.",
    ],
)
def test_what_only_sounds_like_it_is_left_to_its_meaning(said: str) -> None:
    assert taken_by(said) == set()


def test_every_word_can_be_said() -> None:
    for seed in SEEDS:
        for word in (*seed.words, *seed.unless):
            assert Phrases([word]).stand_in(plainly(word)), word
