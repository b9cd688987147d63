from collections import Counter
from pathlib import Path

import pytest

from voicereflect.core.deck import parse, spoken_strings
from voicereflect.core.spoken import (
    FORBIDDEN,
    SPOKEN_LIMITS,
    count_sentences,
    count_words,
    forbidden_phrases,
    median_words,
    spoken_problems,
)
from voicereflect.model import Deck

PROMPTS = Path(__file__).parents[2] / "prompts"
DECKS = [parse(file.read_text("utf-8"), file.stem) for file in sorted(PROMPTS.glob("*.toml"))]
STRINGS = [
    pytest.param(text, id=f"{deck.name}-{number}")
    for deck in DECKS
    for number, text in enumerate(spoken_strings(deck))
]
SESSIONS_APART = 4
ASKED_FIRST = "Is this a place where you can speak freely?"

each_deck = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.name)


def test_the_first_decks_are_there() -> None:
    assert {"everyday", "her-biography", "small-steps"} <= {deck.name for deck in DECKS}


@pytest.mark.parametrize("text", STRINGS)
def test_every_shipped_string_can_be_followed_by_ear(text: str) -> None:
    assert spoken_problems(text) == []


@each_deck
def test_half_of_a_decks_strings_are_short(deck: Deck) -> None:
    assert median_words(spoken_strings(deck)) <= SPOKEN_LIMITS.median_words


@each_deck
def test_a_deck_fits_one_sitting(deck: Deck) -> None:
    assert len(deck.prompts) <= SPOKEN_LIMITS.prompts
    assert deck.minutes <= SPOKEN_LIMITS.minutes


@each_deck
def test_an_opening_says_how_long_and_asks_for_privacy(deck: Deck) -> None:
    for text in deck.opening:
        assert "minutes" in text
        assert text.endswith(ASKED_FIRST)


@each_deck
def test_no_wording_returns_within_four_sessions_unless_it_always_does(deck: Deck) -> None:
    assert len(deck.opening) >= SESSIONS_APART
    assert len(deck.closing) >= SESSIONS_APART
    for prompt in deck.prompts:
        assert len(prompt.words) == 1 or len(prompt.words) >= SESSIONS_APART


def test_no_string_is_said_in_two_places() -> None:
    said = Counter(text.casefold() for deck in DECKS for text in spoken_strings(deck))
    assert [text for text, times in said.items() if times > 1] == []


@each_deck
def test_every_prompt_of_a_middle_or_heavy_deck_has_a_gentler_one(deck: Deck) -> None:
    if deck.depth != "light":
        assert [prompt.id for prompt in deck.prompts if not prompt.gentler] == []


@each_deck
def test_what_is_shown_holds_no_forbidden_phrase(deck: Deck) -> None:
    assert forbidden_phrases(f"{deck.title} {deck.why}") == []


@pytest.mark.parametrize("name", ["everyday", "her-biography", "small-steps"])
def test_every_prompt_and_the_closing_have_a_sample_answer(name: str) -> None:
    deck = next(deck for deck in DECKS if deck.name == name)
    recorded = (PROMPTS.parent / "examples" / "answers" / name).glob("*.flac")
    assert {file.stem for file in recorded} == {"closing", *(p.id for p in deck.prompts)}


def test_nothing_speaks_of_her_in_the_present_or_sends_anyone_to_her() -> None:
    deck = next(deck for deck in DECKS if deck.name == "her-biography")
    said = [text.casefold() for text in spoken_strings(deck)]
    present = (
        "ask her",
        "she is",
        "she has",
        "she does",
        "she's",
        "does she",
        "is she",
        "mother is",
    )
    assert [text for text in said if any(words in text for words in present)] == []


@pytest.mark.parametrize("name", ["everyday", "small-steps"])
def test_decks_for_anyone_know_of_no_mother(name: str) -> None:
    deck = next(deck for deck in DECKS if deck.name == name)
    words = {
        word.strip(".,?'").casefold() for text in spoken_strings(deck) for word in text.split()
    }
    assert words.isdisjoint({"she", "her", "hers", "mother", "mother's", "daughter"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("word " * 31, "31 words"),
        ("One. Two! Three", "3 sentences"),
        ("Who? And where?", "2 question marks"),
        ("Why did you go?", '"Why"'),
        ("“why not?”", '"Why"'),
        ("Say it (aloud).", "'('"),
        ("First\nsecond", "'\\n'"),
        ("Tea, milk etc. would do", "'etc.'"),
        (" \u2013 ", "nothing to say"),
        ("Was it a Healing hour?", '"healing"'),
        ("I\u2019m  here\tfor you.", '"I\'m here for you"'),
    ],
)
def test_each_way_to_lose_a_listener_is_named(text: str, found: str) -> None:
    assert any(found in problem for problem in spoken_problems(text))


@pytest.mark.parametrize("phrase", FORBIDDEN)
def test_a_forbidden_phrase_is_found_in_any_case_and_only_as_whole_words(phrase: str) -> None:
    assert forbidden_phrases(f"So, {phrase.upper()}: no.") == [phrase]
    assert forbidden_phrases(f"x{phrase}x") == []


@pytest.mark.parametrize(
    "text",
    [
        "The closing comes next, and remove one thing.",
        "Whys aside, say it. It is a week of 1.5 hours.",
        "word " * 30,
    ],
)
def test_harmless_neighbours_pass(text: str) -> None:
    assert spoken_problems(text) == []


def test_dashes_are_no_words_and_quoted_ends_are_ends() -> None:
    assert count_words("Yes \u2013 and no, well-worn.") == 4
    assert count_sentences("She said “no.” Then… nothing?!") == 3
