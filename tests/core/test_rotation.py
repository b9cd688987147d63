"""Nobody hears the same sentence every time, over the whole programme."""

import re
from itertools import pairwise, product

import pytest

from tests.core.test_promises import TWICE_A_WEEK, choosing
from tests.support.shipped import DECKS, HERS, PATHS, SPEAKERS
from tests.support.walking import APART, heard_too_soon, person_of, walk
from voicereflect.core.decks import rotation
from voicereflect.core.decks.rotation import BACK, BACK_GENTLY, FREELY
from voicereflect.core.words.speakable import spoken_problems

OWN = -1
"""A closing that asks something itself, where a deck has an hour of its own or two voices."""
EVERYBODY = list(product(SPEAKERS, HERS, PATHS))


@pytest.mark.parametrize(("speaker", "her", "path"), EVERYBODY[::3])
def test_no_sentence_returns_within_four_sittings_of_the_whole_programme(
    speaker: str, her: str, path: str
) -> None:
    who = person_of(speaker=speaker, her=her, path=path, call="Mum")
    choose = choosing(ready="ready", room="yes", recent="longer")
    visits = walk(who, choose, TWICE_A_WEEK, words=True)
    assert list(heard_too_soon(visits)) == []


@pytest.mark.parametrize("her", HERS)
def test_no_closing_brings_back_by_the_same_sense_twice_in_a_row(her: str) -> None:
    who = person_of(speaker="daughter", her=her, path="together")
    visits = walk(who, choosing(ready="ready", room="yes"), TWICE_A_WEEK, words=True)
    senses = [_sense(visit.said[-1][1]) for visit in visits]
    assert all(a != b for a, b in pairwise(senses) if OWN not in {a, b})
    assert {*senses} == {OWN, *range(len(BACK))}


def _sense(said: str) -> int:
    asked = re.split(r"[.!] ", said)[-1]
    gently = {0: 0, 1: 4, 2: 2, 3: 0, 4: 4, 5: 2}  # seeing, rest, hearing, and again
    for sense, words in enumerate(BACK):
        if asked in words:
            return sense
    return next((gently[n] for n, words in enumerate(BACK_GENTLY) if asked in words), OWN)


def test_whether_one_can_speak_freely_is_asked_at_first_and_before_what_is_heavy() -> None:
    who = person_of(speaker="daughter", her="living", path="together")
    visits = walk(who, choosing(ready="ready", room="yes"), TWICE_A_WEEK, words=True)
    for number, visit in enumerate(visits):
        asked = FREELY in [text for _, text in visit.said]
        assert asked == (number == 0 or DECKS[visit.deck].depth == "heavy")


def test_in_front_of_another_nobody_is_asked_whether_they_can_speak_freely() -> None:
    assert rotation.opening("A.", "B.", depth="heavy", number=0, for_two=True) == ("A.", "B.")
    assert rotation.opening("A.", "", depth="light", number=0, for_two=False) == ("A.", FREELY)
    assert rotation.opening("A.", "", depth="light", number=1, for_two=False) == ("A.",)


@pytest.mark.parametrize("text", [text for words in (*BACK, *BACK_GENTLY) for text in words])
def test_what_brings_back_can_be_followed_by_ear(text: str) -> None:
    assert spoken_problems(text) == []
    assert text.endswith("?")


def test_the_best_wording_comes_first_and_all_of_them_before_it_returns() -> None:
    words = ("best", "good", "fine")
    assert [rotation.wording(words, n) for n in range(4)] == ["best", "good", "fine", "best"]
    assert rotation.wording((), 3) == ""


def test_a_closing_of_somebodys_own_that_asks_is_left_as_it_is() -> None:
    assert rotation.closing("What now?", "light", 3) == ("What now?",)


def test_after_something_heavy_a_question_comes_in_a_breath_of_its_own_and_slowly() -> None:
    for number in range(30):
        said, slowly = rotation.closing("The letter stays.", "heavy", number)
        assert said == "The letter stays."
        assert slowly.startswith(rotation.SLOWLY[number % len(rotation.SLOWLY)])
        assert spoken_problems(slowly) == []
    assert len(rotation.closing("Said.", "middle", 3)) == 1


def test_what_gathers_has_its_turn_by_the_sitting_whatever_the_deck() -> None:
    def tally(sittings: int) -> rotation.Tally:
        return rotation.Tally(sittings=sittings, of_deck=0, asked={"a/gather": 5, "a/b": 5})

    assert tally(2).times("a/gather") == tally(2).times("c/gather") == 2
    assert (tally(2).times("a/b"), tally(2).times("c/b")) == (5, 0)
    assert len({*rotation.GATHER}) >= APART
