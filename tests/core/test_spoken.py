import re
from collections import Counter

import pytest

from tests.support import shipped
from voicereflect.core.decks.file.checks import check, most_asked
from voicereflect.core.decks.file.strings import spoken_strings
from voicereflect.core.decks.knowing import filled
from voicereflect.core.decks.rotation import GATHER, GATHER_GENTLY, closing
from voicereflect.core.words.speakable import (
    FORBIDDEN,
    SPOKEN_LIMITS,
    count_sentences,
    count_words,
    forbidden_phrases,
    median_words,
    spoken_problems,
)
from voicereflect.model import Deck

PROMPTS = shipped.PROMPTS
DECKS = [shipped.DECKS[name] for name in sorted(shipped.DECKS)]
CALLS = ("your mother", "your daughter", "Mum")
SESSIONS_APART = 4
NAMED = shipped.known_as("Mum")
YES_AND_NO = {"yes", "no", "unsure", "done", "not yet", "let go", "go on", "tell me"}
OPENING_WORDS = 20
OF_AN_HOUR = {"morning", "evening", "night-worry"}
"""Their closings ask something that fits the hour; those for two, something for both."""

each_deck = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.name)


def test_the_first_decks_are_there() -> None:
    assert {"everyday", "her-biography", "small-steps"} <= {deck.name for deck in DECKS}


@each_deck
def test_every_string_of_a_deck_can_be_followed_by_ear(deck: Deck) -> None:
    told = [filled(text, shipped.known_as("your daughter")) for text in spoken_strings(deck)]
    assert told
    assert {text: found for text in told if (found := spoken_problems(text))} == {}


@each_deck
def test_half_of_a_decks_strings_are_short(deck: Deck) -> None:
    assert median_words(spoken_strings(deck)) <= SPOKEN_LIMITS.median_words


@each_deck
def test_a_deck_fits_one_sitting(deck: Deck) -> None:
    assert deck.parts or most_asked(deck) <= SPOKEN_LIMITS.prompts
    assert deck.minutes <= SPOKEN_LIMITS.minutes


@each_deck
def test_an_opening_says_what_in_a_few_words_and_asks_nothing(deck: Deck) -> None:
    for text in deck.opening:
        assert count_words(text) <= OPENING_WORDS
        assert "minutes" not in text
        assert "?" not in text or text.endswith(".")


@each_deck
def test_a_closing_is_one_sentence_and_what_brings_back_follows_it(deck: Deck) -> None:
    asks_itself = deck.name in OF_AN_HOUR or bool(deck.voices)
    for text in deck.closing:
        assert ("?" in text) == asks_itself
        for breath in {b for n in range(30) for b in closing(text, deck.depth, n)}:
            assert spoken_problems(filled(breath, NAMED)) == []


@each_deck
def test_no_wording_returns_within_four_sessions_unless_it_always_does(deck: Deck) -> None:
    assert len(deck.opening) >= SESSIONS_APART
    assert len(deck.closing) >= SESSIONS_APART
    assert deck.depth != "heavy" or len(deck.coming) >= SESSIONS_APART
    for prompt in deck.every_prompt:
        for words in (prompt.words, prompt.without, *(each.words for each in prompt.variants)):
            assert len(words) <= 1 or len(words) >= SESSIONS_APART


def test_no_string_is_said_in_two_places() -> None:
    of_all = {*YES_AND_NO, *GATHER, GATHER_GENTLY}
    told = [text for deck in DECKS for text in spoken_strings(deck) if text not in of_all]
    said = Counter(text.casefold() for text in told)
    assert [text for text, times in said.items() if times > 1] == []


def test_only_these_prompts_keep_their_words() -> None:
    single = {
        f"{deck.name}/{prompt.id}"
        for deck in DECKS
        for prompt in deck.every_prompt
        if len(prompt.words) == 1
    }
    life = {name for name in single if name.startswith("life-story/")}
    assert single - life == shipped.ALWAYS_THE_SAME
    assert len(life) == 40  # each comes back after eight sittings


@each_deck
def test_a_shipped_deck_passes_the_check_given_to_authors(deck: Deck) -> None:
    text = (PROMPTS / f"{deck.name}.toml").read_text("utf-8")
    assert check(text, deck.name, facts=shipped.PROGRAMME.facts, decks=shipped.DECKS) == ()


@each_deck
@pytest.mark.parametrize("call", CALLS)
def test_a_sentence_begins_with_a_capital_whatever_she_is_called(deck: Deck, call: str) -> None:
    for text in spoken_strings(deck):
        if "{" in text and not text[0].islower():  # a choice of a menu does not begin a sentence
            said = filled(text, shipped.known_as(call))
            assert "{" not in said
            assert all(part[0].isupper() for part in re.split(r"(?<=[.?!]) ", said))


@each_deck
def test_every_prompt_of_a_middle_or_heavy_deck_has_a_gentler_one(deck: Deck) -> None:
    if deck.depth != "light":
        assert [prompt.id for prompt in deck.every_prompt if not prompt.gentler] == []


@each_deck
def test_what_is_shown_holds_no_forbidden_phrase(deck: Deck) -> None:
    assert forbidden_phrases(f"{deck.title} {deck.why}") == []


@pytest.mark.parametrize(
    "name", ["after-work", "everyday", "good-things", "her-biography", "small-steps"]
)
def test_every_prompt_and_the_closing_have_a_sample_answer(name: str) -> None:
    deck = next(deck for deck in DECKS if deck.name == name)
    recorded = (PROMPTS.parent / "examples" / "answers" / name).glob("*.flac")
    asked = {prompt.id for prompt in deck.prompts if not prompt.earlier}
    assert {file.stem for file in recorded} == {"closing", *asked}


@pytest.mark.parametrize(
    "deck", [deck for deck in DECKS if deck.about not in {"life", "close"}], ids=lambda d: d.name
)
def test_decks_for_anyone_know_of_no_mother(deck: Deck) -> None:
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
