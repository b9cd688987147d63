import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.shipped import DECKS, person
from voicereflect.core.decks.choosing import Person, may_open, questions
from voicereflect.core.decks.file.reading import parse
from voicereflect.core.decks.knowing import filled, never_asked, resolved
from voicereflect.core.decks.menus import NONE, pick_asked_back, pick_heard, spoken_menu
from voicereflect.core.words.speakable import spoken_problems
from voicereflect.deck_model import Deck, Fact, FactChoice

FACTS = (
    Fact(
        id="boat",
        ask="Which boat?",
        unknown="none",
        choices=(
            FactChoice(id="sail", say="a sailing boat", gives=(("noun", "the sloop"),)),
            FactChoice(id="old", say="an old one", like="none"),
            FactChoice(id="none", say="none", never=("steering",)),
        ),
    ),
    Fact(id="noun", ask="What do you call it?", unknown="the boat"),
)
HARBOUR = """\
format = 1
edition = 1
title = "Harbour"
why = "About boats."
minutes = 5
depth = "light"
opening = ["{noun} waits. Five minutes."]
closing = ["What now?"]

[[prompts]]
id = "see"
words = ["What do you see of {noun}?"]
ends = ["nothing"]
[prompts.menu]
nothing = "nothing"
mast = "a mast"

[[prompts.variants]]
when = { boat = "sail" }
asks = ["steering"]
words = ["How does {noun} lie in the wind?"]

[[prompts]]
id = "mast"
when = { see = "mast" }
words = ["How tall is it?"]

[[prompts]]
id = "before"
earlier = ["harbour/see"]
words = ["What has changed?"]
without = ["What will you look for next time?"]

[[prompts.steps]]
id = "steer"
asks = ["steering"]
words = ["Where would you steer it?"]
"""


def harbour() -> Deck:
    return parse(HARBOUR, "harbour")


def who(**known: str) -> Person:
    return Person(known=known, facts=FACTS)


def asked(person: Person, **here: str) -> list[str]:
    return [one.prompt.id for one in questions(harbour(), person, here=here)]


def test_what_is_not_known_is_taken_for_what_is_safe() -> None:
    assert resolved(FACTS, {}) == {"boat": "none", "noun": "the boat"}
    assert never_asked(FACTS, resolved(FACTS, {})) == {"steering"}


def test_a_choice_behaves_as_another_and_brings_words_of_its_own() -> None:
    assert resolved(FACTS, {"boat": "old"})["boat"] == "none"
    assert resolved(FACTS, {"boat": "sail"})["noun"] == "the sloop"
    assert resolved(FACTS, {"boat": "sail", "noun": "Anna"})["noun"] == "Anna"


def test_the_first_variant_that_fits_and_is_allowed_is_asked() -> None:
    (first, *_) = questions(harbour(), who(boat="sail"))
    assert first.words == ("How does the sloop lie in the wind?",)
    (first, *_) = questions(harbour(), who())
    assert first.words == ("What do you see of the boat?",)


def test_what_waits_for_something_is_not_asked_before() -> None:
    person = who(boat="sail")
    assert "steer" in asked(person)
    assert "steer" not in asked(Person(known=person.known, facts=FACTS, closed={"steering"}))  # type: ignore[arg-type]


def test_a_choice_brings_its_prompt_and_another_ends_the_deck() -> None:
    assert asked(who()) == ["see", "before"]
    assert asked(who(), see="mast") == ["see", "mast", "before"]
    assert asked(who(), see="nothing") == ["see"]


def test_a_choice_of_an_earlier_sitting_is_no_choice_of_this_one() -> None:
    person = Person(known={"harbour/see": "mast"}, facts=FACTS)
    assert asked(person) == ["see", "before"]


def test_never_again_leaves_out_a_prompt_or_closes_the_deck() -> None:
    assert [
        one.prompt.id for one in questions(harbour(), Person(never=frozenset({"harbour/see"})))
    ] == ["before", "steer"]
    assert not may_open(harbour(), Person(never=frozenset({"harbour"})))


def test_without_an_earlier_answer_other_words_are_said() -> None:
    before = questions(harbour(), who())[-1]
    assert (before.words, before.quotes) == (("What will you look for next time?",), False)
    before = questions(harbour(), who(), answered=["harbour/see"])[-1]
    assert (before.words, before.quotes) == (("What has changed?",), True)


def test_a_place_to_fill_begins_a_sentence_with_a_capital() -> None:
    assert filled("{noun} sinks. {noun} swims, {noun}!", {"noun": "the boat"}) == (
        "The boat sinks. The boat swims, the boat!"
    )


@pytest.mark.parametrize(
    ("heard", "pick"),
    [
        ("2", "mast"),
        ("Number two.", "mast"),
        ("the second one", "mast"),
        ("A mast!", "mast"),
        ("nothing", "nothing"),
        ("None of these.", NONE),
        ("I saw a mast and a gull", None),
        ("", None),
    ],
)
def test_a_menu_is_picked_by_number_or_word_as_a_whole_utterance(
    heard: str, pick: str | None
) -> None:
    menu = harbour().prompts[0].menu
    assert pick_heard(menu, heard) == pick


def test_a_menu_is_said_choice_by_choice_and_asked_back() -> None:
    menu = harbour().prompts[0].menu
    assert spoken_menu(menu)[:2] == ("1: nothing.", "2: a mast.")
    assert all(spoken_problems(text) == [] for text in spoken_menu(menu))
    assert pick_asked_back(menu, "mast") == "A mast, is that it?"


@given(st.integers(0, 12))
def test_a_deck_in_parts_asks_everything_before_anything_returns(times: int) -> None:
    deck = DECKS["stages"]
    answered: list[str] = []
    for _ in range(times):
        sitting = [
            f"stages/{one.prompt.id}" for one in questions(deck, person(), answered=answered)
        ]
        assert len(sitting) == 5
        unasked = {f"stages/{p.id}" for p in deck.prompts} - set(answered)
        assert len(unasked & set(sitting)) == min(5, len(unasked))
        answered.extend(sitting)


@given(st.integers(1, 6))
def test_an_interview_in_parts_always_begins_with_yes_and_ends_with_what_was_not_asked(
    times: int,
) -> None:
    answered: list[str] = []
    who = person("daughter", "living", "together")
    for _ in range(times):
        ids = [one.prompt.id for one in questions(DECKS["interview"], who, answered=answered)]
        assert (ids[0], ids[-1]) == ("yes", "not-asked")
        assert len(ids) == 5
        answered.extend(f"interview/{id_}" for id_ in ids)


@pytest.mark.parametrize(
    ("heard", "pick"),
    [
        ("She died.", "died"),
        ("Well, she's died", "died"),
        ("It's not safe.", "not-safe"),
        ("It is safe.", None),
        ("One of us isn't willing", None),
        ("Um, not willing.", "unwilling"),
        ("She died and it was not safe", None),
        ("She lives far away.", None),
        ("She.", None),
    ],
)
def test_whoever_plainly_names_a_choice_has_picked_it(heard: str, pick: str | None) -> None:
    asked = questions(DECKS["without-her"], person("daughter", "", "alone"))
    menu = next(one.menu for one in asked if one.prompt.id == "door")
    assert pick_heard(menu, heard) == pick


@pytest.mark.parametrize("heard", ["Keep it closed.", "Keep it close.", "Close.", "closed"])
def test_a_last_letter_that_is_not_heard_changes_no_choice(heard: str) -> None:
    menu = (("keep", "keep it"), ("closed", "keep it closed"), ("delete", "delete it"))
    assert pick_heard(menu, heard) == "closed"
    assert pick_heard(menu, "Keep it.") == "keep"


@pytest.mark.parametrize(
    ("heard", "pick"),
    [
        ("I'm ready.", "ready"),
        ("Ready for something small", "ready"),
        ("I am not ready", "not-ready"),
    ],
)
def test_not_is_never_left_out(heard: str, pick: str) -> None:
    menu = next(p.menu for p in DECKS["ready-or-not"].prompts if p.id == "ready")
    assert pick_heard(menu, heard) == pick
