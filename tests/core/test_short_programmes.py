"""Programmes of about eight sittings, for anybody: walked with every answer that gates."""

from itertools import pairwise, product

import pytest

from tests.support.shipped import DECKS, PROGRAMME, PROGRAMMES, RELATIONS
from tests.support.walking import Visit, every_walk, heard_too_soon, is_light, walk
from voicereflect.core.decks.choosing import Person

WEEKLY = [7] * 30
SHORT = ("grief", "life-story", "work")
PEOPLE = [
    (name, relation, her)
    for name, (relation, her) in product(
        SHORT, [("", ""), ("mother", "living"), *((each, "died") for each in RELATIONS)]
    )
    if name == "grief" or relation == ""
]


def somebody(relation: str, her: str) -> Person:
    known = {"relation": relation, "her": her}
    return Person(known={k: v for k, v in known.items() if v}, facts=PROGRAMME.facts)


@pytest.mark.parametrize(("name", "relation", "her"), PEOPLE)
def test_it_has_about_eight_sittings_and_then_quiet_weeks(
    name: str, relation: str, her: str
) -> None:
    programme = PROGRAMMES[name]
    for picks, visits in every_walk(somebody(relation, her), WEEKLY, programme):
        decks = [visit.deck for visit in visits]
        until = len(decks) - sum(1 for _ in _afterwards(visits, programme.afterwards))
        assert 7 <= until <= 12, (picks, decks)
        for before, after in pairwise(visits):
            if DECKS[before.deck].depth == "heavy":
                assert is_light(after)
                assert (after.day - before.day).days >= 7
        assert not any(visit.gated & {"contact", "together"} for visit in visits)
        assert ("unsent-letter" in decks) == (picks.get("next") == "letter")


def _afterwards(visits: tuple[Visit, ...], names: tuple[str, ...]) -> list[Visit]:
    after: list[Visit] = []
    for visit in reversed(visits):
        if visit.deck not in names or len(after) == 4:
            break
        after.append(visit)
    return after


@pytest.mark.parametrize(("name", "relation", "her"), PEOPLE[:4] + PEOPLE[-2:])
def test_no_sentence_returns_within_four_sittings(name: str, relation: str, her: str) -> None:
    who = somebody(relation, her)
    visits = walk(who, lambda _, menu: menu[0], WEEKLY, words=True, programme=PROGRAMMES[name])
    assert list(heard_too_soon(visits)) == []


def test_one_programme_of_grief_serves_mothers_and_others() -> None:
    for relation in RELATIONS:
        decks = {
            visit.deck
            for _, visits in every_walk(somebody(relation, "died"), WEEKLY, PROGRAMMES["grief"])
            for visit in visits
        }
        assert decks >= {"after-a-death", "without-her", "regret", "who-holds-me"}


def test_whoever_speaks_of_somebody_living_is_asked_in_grief_for_nobody_else() -> None:
    visits = walk(
        somebody("mother", "living"), lambda _, m: m[0], WEEKLY, programme=PROGRAMMES["grief"]
    )
    assert not any(
        "call" in DECKS[visit.deck].needs and visit.deck != "shared-time" for visit in visits
    )


def test_all_of_a_life_is_asked_once() -> None:
    visits = walk(somebody("", ""), lambda _, m: m[0], WEEKLY, programme=PROGRAMMES["life-story"])
    told = [one.prompt.id for visit in visits if visit.deck == "life-story" for one in visit.asked]
    assert told == [prompt.id for prompt in DECKS["life-story"].prompts]
