import re

import pytest

from tests.support.shipped import DECKS
from voicereflect.core.decks.aloud import HeardSentence, plain, sentences
from voicereflect.core.words.speakable import spoken_problems


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        ("What's left of the night?", "what is left of the night", 0),
        ("You can't say. Don't.", "You cannot say, do not!", 0),
        ("Two small steps.", "2 small steps", 0),
        ("The day's work's over.", "the days works over", 0),
        ("Whose? You're sixteen, and grown-up.", "who's? your 16 and grown up", 0),
        ("They're not there any more.", "their not their anymore", 0),
        ("What would do you good in the next hour?", "What will do you go to the next tower?", 4),
        ("That was today.", "", 3),
        ("Stop.", "Please stop.", 1),
    ],
)
def test_what_sounds_the_same_is_the_same_and_each_wrong_word_counts(
    said: str, heard: str, wrong: int
) -> None:
    assert HeardSentence(said=said, heard=heard).wrong == wrong


def test_words_are_counted_as_they_are_said() -> None:
    assert plain("We\u2019ll see, won't we?") == ["we", "will", "see", "will", "not", "we"]
    assert HeardSentence(said="It isn't.", heard="").words == 3


def test_everything_a_deck_says_is_heard_and_what_has_a_name_in_it_with_each() -> None:
    deck = DECKS["what-hurt"]
    one, two = (sentences(deck, tuple({"call": c} for c in calls)) for calls in (["A"], ["A", "B"]))
    named = [text for text in one if re.search(r"\bA\b", text)]
    assert len(two) == len(one) + len(named) > len(one)
    assert not any("{" in text for text in two)
    assert all(spoken_problems(text) == [] for text in two)
    assert sum(text.startswith(deck.closing[0]) for text in one) == 1
