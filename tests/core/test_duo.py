"""Two in one room: whose turn it is, what both hear, and what is a yes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.lines import lines_of
from tests.support.shipped import DECKS
from voicereflect.core.session import duo as rules
from voicereflect.core.session.duo import (
    consent_of_deck,
    duo_of,
    may_change_over,
    said_backs,
    says_yes,
    turn_is_over,
    turn_line,
)
from voicereflect.core.words.speakable import median_words, spoken_problems
from voicereflect.errors import DeckError, SettingsError
from voicereflect.model import Deck

FOR_TWO = [deck for deck in DECKS.values() if deck.voices]
each_deck = pytest.mark.parametrize("deck", FOR_TWO, ids=lambda deck: deck.name)


def test_everything_said_to_two_can_be_followed_by_ear() -> None:
    turns = {turn_line(replace(FOR_TWO[0], turn_minutes=each)) for each in range(1, 11)}
    lines = [*turns, *lines_of(rules)]
    assert {line: spoken_problems(line) for line in lines if spoken_problems(line)} == {}
    assert median_words(lines) <= 18


@each_deck
@pytest.mark.parametrize("guest_begins", [False, True])
def test_whoever_begins_the_guest_is_asked_for_her_yes_first(
    deck: Deck,
    guest_begins: bool,  # noqa: FBT001
) -> None:
    two = duo_of(deck, ("Ida", "Ruth"), guest_begins=guest_begins)
    assert two.speaker_of(consent_of_deck(deck)) == "Ruth"
    assert set(two.roles.values()) == {"Ida", "Ruth"}
    first = two.roles[deck.voices[0]]
    assert first == ("Ruth" if guest_begins and may_change_over(deck) else "Ida")


def test_turns_are_equal_in_number_and_in_length() -> None:
    deck = DECKS["speaker-and-listener"]
    for guest_begins in (False, True):
        two = duo_of(deck, ("Ida", "Ruth"), guest_begins=guest_begins)
        turns = [two.speaker_of(each) for each in deck.every_prompt if not each.consent]
        assert turns.count("Ida") == turns.count("Ruth") == 4
    assert "two minutes" in turn_line(deck)
    assert turn_line(DECKS["interview"]) == ""


def test_only_where_both_speak_they_choose_who_begins() -> None:
    assert {deck.name for deck in FOR_TWO if may_change_over(deck)} == {
        "speaker-and-listener",
        "line-together",
    }


def test_two_without_names_see_which_of_them_has_which_role() -> None:
    interview = DECKS["interview"]
    assert duo_of(interview, None).in_order == "listening: whose vault this is · telling: the other"
    assert duo_of(interview, ("Ida", "Ruth")).in_order == "listening: Ida · telling: Ruth"


def test_what_is_said_back_is_what_the_other_said() -> None:
    assert said_backs(DECKS["speaker-and-listener"]) == (
        ("first-speaks", "second-says-back"),
        ("second-speaks", "first-says-back"),
    )
    assert said_backs(DECKS["interview"]) == ()


@given(st.floats(0, 600), st.floats(0, 600))
def test_a_turn_is_over_once_and_one_without_length_never(turn_s: float, elapsed: float) -> None:
    assert turn_is_over(turn_s, elapsed, told=False) == (0 < turn_s <= elapsed)
    assert not turn_is_over(turn_s, elapsed, told=True)


@pytest.mark.parametrize(
    ("text", "language", "yes"),
    [
        ("Yes.", "en", True),
        ("Yes, I agree to that.", "en", True),
        ("Yeah okay.", "en", True),
        ("Ja.", "de", True),
        ("No.", "en", False),
        ("Yes, no, rather not.", "en", False),
        ("I don't agree.", "en", False),
        ("Thank you.", "en", False),
        ("Yesterday it rained.", "en", False),
        ("", "en", False),
        ("Nein, ja nicht.", "de", False),
    ],
)
def test_only_a_plain_yes_is_one(text: str, language: str, yes: bool) -> None:  # noqa: FBT001
    assert says_yes(text, language) == yes


@pytest.mark.parametrize("names", [("", "Ruth"), ("Ida", " "), ("Ida", "ida"), ("I\nda", "Ruth")])
def test_names_must_tell_two_apart(names: tuple[str, str]) -> None:
    with pytest.raises(SettingsError):
        duo_of(DECKS["interview"], names)


def test_a_deck_without_a_yes_is_not_for_two() -> None:
    deck = DECKS["interview"]
    for wrong in (DECKS["everyday"], replace(deck, prompts=deck.prompts[1:])):
        with pytest.raises(DeckError):
            consent_of_deck(wrong)
