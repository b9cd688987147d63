"""Whoever it is about, each deck that is for them speaks of them alone, and rightly."""

import re
from itertools import product

import pytest

from tests.core.test_practices import told_to
from tests.support.shipped import DECKS, HERS, OPEN_GATE, PATHS, PROGRAMME, RELATIONS
from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.decks.knowing import question, resolved
from voicereflect.model import Deck

OF_HIM = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
OF_HER = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
WRONG_FORM = re.compile(r"\bthey (?:is|was|has|does)|\b(?:she|he) (?:are|were)\b")
LEAKS = {
    **dict.fromkeys(("mother", "daughter", "sister"), (OF_HIM, WRONG_FORM)),
    **dict.fromkeys(("father", "son", "brother"), (OF_HER, WRONG_FORM)),
    **dict.fromkeys(("partner", "friend", "someone"), (OF_HER, OF_HIM, WRONG_FORM)),
}
NEUTRAL = {"life-story", "perfect-mother"}
"""They speak of parents in general, each by the word that fits."""
FACTS = PROGRAMME.facts


def about(relation: str, **said: str) -> Person:
    known = {name: value for name, value in said.items() if value}
    return Person(known={"relation": relation, **known, **OPEN_GATE}, facts=FACTS)


def claimed(deck: Deck) -> tuple[str, ...]:
    """The relations a deck lists, or all of them if it lists none."""
    return dict(deck.when).get("relation", RELATIONS)


@pytest.mark.parametrize(
    "deck", [DECKS[n] for n in sorted(DECKS) if n not in NEUTRAL], ids=lambda d: d.name
)
def test_a_deck_speaks_rightly_of_everybody_it_is_for_and_is_closed_for_others(deck: Deck) -> None:
    for relation, her, path in product(RELATIONS, HERS, PATHS):
        who = about(relation, her=her, path=path)
        if relation not in claimed(deck):
            assert not may_open(deck, who)
        elif may_open(deck, who):
            told = {text for text in told_to(deck, who) if "{" in text} | {
                text for text in told_to(deck, who) for leak in LEAKS[relation] if leak.search(text)
            }
            assert told == set(), (relation, her, path)


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_decks_and_the_one_who_speaks_follows_from_it(relation: str) -> None:
    of_it = [
        name
        for name, deck in DECKS.items()
        if "call" in deck.needs and may_open(deck, about(relation, her="living", path="together"))
    ]
    assert len(of_it) >= 15
    known = resolved(FACTS, {"relation": relation})
    assert known["speaker"] in {"daughter", "mother", "other"}
    assert (known["speaker"] == "mother") == (relation in {"daughter", "son"})
    assert known["call"] == f"your {relation}" or relation == "someone"


def test_only_what_does_not_follow_is_asked() -> None:
    def asked(**said: str) -> list[str]:
        found = (question(fact, FACTS, said) for fact in FACTS)
        return [fact.id for fact in found if fact]

    assert asked(relation="father") == ["call", "her", "path"]
    assert asked(relation="son") == ["speaker", "call", "her", "path"]
    assert asked(relation="friend") == ["pronoun", "call", "her", "path"]
    assert asked() == ["relation", "speaker", "call", "her", "path"]
    assert asked(relation="father", her="died") == ["call"]
    by_id = {fact.id: fact for fact in FACTS}
    living = question(by_id["her"], FACTS, {"relation": "friend"})
    assert living is not None
    assert living.ask.startswith("Are they living, have they died")
    parent = question(by_id["speaker"], FACTS, {"relation": "son"})
    assert parent is not None
    assert [choice.id for choice in parent.choices] == ["mother", "father", "parent"]


@pytest.mark.parametrize(
    ("said", "role"), [("mother", "mother"), ("father", "father"), ("", "parent")]
)
def test_a_parent_hears_their_own_word(said: str, role: str) -> None:
    told = told_to(DECKS["my-biography"], about("son", speaker=said))
    assert any(f"before you were a {role}" in text for text in told)


def test_whoever_said_who_they_are_before_there_were_relations_hears_what_they_heard() -> None:
    for speaker, call in (("daughter", "your mother"), ("mother", "your daughter")):
        known = resolved(FACTS, {"speaker": speaker})
        assert (known["call"], known["they"], known["speaker"]) == (call, "she", speaker)
