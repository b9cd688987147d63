"""What the programme promises, held by walking it: all facts and all choices that gate."""

from datetime import timedelta
from itertools import pairwise, product
from random import Random

import pytest

from tests.support.shipped import DECKS, HERS, PATHS, PROGRAMME, SPEAKERS
from tests.support.walking import Choose, Visit, is_light, person_of, sit, walk
from voicereflect.core.decks.choosing import Person
from voicereflect.core.decks.programme import ProgrammeSoFar

TWICE_A_WEEK = [3, 4] * 45
GATED = {*PROGRAMME.gated}
PEOPLE = [
    (SPEAKERS[(number + number // len(PATHS)) % len(SPEAKERS)], her, path)
    for number, (her, path) in enumerate(product(HERS, PATHS))
]
"""Of three things that are known of somebody, every two together once."""
WALKS = 8
"""Seeded ones here; `python -m bench walks` takes ten thousand."""
MOURNED = frozenset({"resentment", "the-pattern", "younger-self", "unsent-letter"})
"""Decks that somebody whose loss this is meets only where they were chosen."""


def choosing(**fixed: str) -> Choose:
    """Pick what is fixed by a prompt's id, else the first choice."""
    return lambda name, menu: fixed.get(name.partition("/")[2].replace("-", "_"), menu[0])


def ready_the(time: int) -> Choose:
    """Be ready the n-th time that it is asked, and not before."""
    asked = 0

    def choose(name: str, menu: tuple[str, ...]) -> str:
        nonlocal asked
        if name == "ready-or-not/ready":
            asked += 1
            return "ready" if asked == time else "not-ready"
        return {"ready-or-not/room": "yes"}.get(name, menu[0])

    return choose


def decks_of(visits: tuple[Visit, ...]) -> list[str]:
    return [visit.deck for visit in visits]


def gated_prompts() -> set[str]:
    """Everything that asks for contact or for being together, by its words' place."""
    return {
        f"{deck.name}/{prompt.id}"
        for deck in DECKS.values()
        if deck.name in {*PROGRAMME.order, *(other for _, other in PROGRAMME.instead)}
        for prompt in deck.every_prompt
        if GATED & {*prompt.asks, *deck.asks} or any(GATED & {*v.asks} for v in prompt.variants)
    }


def gated_met(visits: tuple[Visit, ...]) -> set[str]:
    return {
        f"{visit.deck}/{one.prompt.id}"
        for visit in visits
        for one in visit.asked
        if GATED & {*one.asks, *DECKS[visit.deck].asks}
    }


@pytest.mark.parametrize("time", [1, 2, 3])
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_whoever_says_ready_meets_every_prompt_that_waited_for_it(speaker: str, time: int) -> None:
    who = person_of(speaker=speaker, her="living", path="together")
    open_to = gated_prompts() - ({"her-biography/not-known"} if speaker == "mother" else set())
    assert gated_met(walk(who, ready_the(time), TWICE_A_WEEK)) >= open_to


@pytest.mark.parametrize("room", ["no", "unsure", ""])
def test_without_a_yes_about_saying_no_only_what_is_done_face_to_face_is_never_met(
    room: str,
) -> None:
    who = person_of(speaker="daughter", her="living", path="together")
    visits = walk(who, choosing(ready="ready", room=room), TWICE_A_WEEK)
    assert not any("together" in visit.gated for visit in visits)
    asks = {name for name in gated_prompts() if not _is_together(name)}
    assert gated_met(visits) >= asks


def _is_together(name: str) -> bool:
    deck, _, wanted = name.partition("/")
    prompt = next(p for p in DECKS[deck].every_prompt if p.id == wanted)
    asks = {*DECKS[deck].asks, *prompt.asks, *(a for v in prompt.variants for a in v.asks)}
    return "together" in asks


@pytest.mark.parametrize(("speaker", "her", "path"), PEOPLE)
def test_whoever_does_not_say_ready_meets_nothing_that_waits_for_it(
    speaker: str, her: str, path: str
) -> None:
    who = person_of(speaker=speaker, her=her, path=path)
    for ready in ("not-ready", ""):
        visits = walk(who, choosing(ready=ready), TWICE_A_WEEK)
        assert not any(GATED & visit.gated for visit in visits)
    if not (her == "living" and path == "together"):
        visits = walk(who, choosing(ready="ready", room="yes"), TWICE_A_WEEK)
        assert not any(GATED & visit.gated for visit in visits)


def test_not_ready_is_asked_again_after_four_weeks_and_twice_at_most() -> None:
    who = person_of(speaker="daughter", her="living", path="together")
    visits = walk(who, choosing(ready="not-ready"), TWICE_A_WEEK)
    days = [visit.day for visit in visits if visit.deck == "ready-or-not"]
    assert len(days) == 3
    assert all((b - a).days >= 28 for a, b in pairwise(days))


def test_whether_one_is_ready_is_asked_before_any_deck_that_holds_a_step_to_her() -> None:
    who = person_of(speaker="daughter", her="living", path="together")
    decks = decks_of(walk(who, choosing(ready="ready", room="yes"), TWICE_A_WEEK))
    holding = {name.partition("/")[0] for name in gated_prompts()}
    assert min(decks.index(name) for name in holding) > decks.index("ready-or-not")


@pytest.mark.parametrize(("her", "path"), list(zip(HERS, PATHS, strict=True)))
def test_all_stages_of_a_life_are_asked(her: str, path: str) -> None:
    who = person_of(speaker="daughter", her=her, path=path)
    visits = walk(who, choosing(ready="ready", room="yes", recent="longer"), TWICE_A_WEEK)
    met = {one.prompt.id for visit in visits if visit.deck == "stages" for one in visit.asked}
    assert met == {prompt.id for prompt in DECKS["stages"].prompts}


@pytest.mark.parametrize(("speaker", "her", "path"), PEOPLE)
def test_it_ends_with_then_and_now_and_a_quiet_month(speaker: str, her: str, path: str) -> None:
    who = person_of(speaker=speaker, her=her, path=path)
    visits = walk(who, choosing(ready="ready", room="yes", recent="longer"), TWICE_A_WEEK)
    decks = decks_of(visits)
    end = decks.index("then-and-now")
    after = [visit for visit in visits[end + 1 :] if visit.deck in PROGRAMME.afterwards]
    assert decks.count("then-and-now") == 1
    assert 6 <= len(after) <= 9
    assert all(is_light(visit) for visit in visits[end:])
    assert visits[-1].day <= visits[end].day + timedelta(days=28)


@pytest.mark.parametrize("speaker", ["daughter", ""])
@pytest.mark.parametrize("apart", [[1] * 200, TWICE_A_WEEK, [9] * 60])
def test_then_and_now_has_two_answers_of_two_times(speaker: str, apart: list[int]) -> None:
    who = person_of(speaker=speaker, her="living", path="alone")
    visits = walk(who, choosing(), apart)
    ends = next(n for n, visit in enumerate(visits) if visit.deck == "then-and-now")
    told = [visit.day for visit in visits[:ends] if visit.deck == "everyday"]
    assert (told[-1] - told[0]).days >= 2
    assert visits[ends - 1].deck == "everyday"
    assert {one.prompt.id for one in visits[ends].asked} >= {"then", "now", "different", "keep"}


@pytest.mark.parametrize(
    ("speaker", "path", "recent"),
    [
        ("daughter", "together", "longer"),
        ("", "alone", "longer"),
        ("daughter", "together", "recent"),
        ("", "alone", ""),
    ],
)
@pytest.mark.parametrize("chosen", ["resentment", "letter", "younger", "pattern", ""])
def test_the_bereaved_meet_what_they_chose_and_nothing_else_of_its_kind(
    speaker: str, path: str, recent: str, chosen: str
) -> None:
    who = person_of(speaker=speaker, her="died", path=path)
    visits = walk(who, choosing(recent=recent, next=chosen), TWICE_A_WEEK)
    decks = decks_of(visits)
    assert decks[1] == "without-her"
    assert "door" not in {one.prompt.id for one in visits[1].asked}
    assert len(visits[1].asked) >= 2
    expected = {"resentment": "resentment", "letter": "unsent-letter"}
    expected |= {"younger": "younger-self", "pattern": "the-pattern"}
    wanted = {expected[chosen]} if recent == "longer" and chosen else set()
    assert MOURNED & {*decks} == wanted
    assert ("regret" in decks) == (recent == "longer")
    if recent != "longer":
        assert [deck for deck in decks if DECKS[deck].depth == "heavy"] in (
            ["without-her"],
            ["without-her", "without-her"],
        )


@pytest.mark.parametrize("her", ["living", "not-known", ""])
@pytest.mark.parametrize("door", ["unwilling", "not-safe", ""])
def test_whoever_picks_nothing_is_still_asked_something(her: str, door: str) -> None:
    who = person_of(speaker="daughter", her=her, path="alone")
    asked, _ = sit(DECKS["without-her"], who, ProgrammeSoFar(), choosing(door=door, next=""))
    assert len(asked) >= 2


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_is_chosen_the_rules_hold(seed: int) -> None:
    assert broken(seed) == []


def broken(seed: int) -> list[str]:
    """Walk once, by dice, and name what was broken."""
    dice = Random(seed)
    who = person_of(speaker=dice.choice(SPEAKERS), her=dice.choice(HERS), path=dice.choice(PATHS))

    def choose(_name: str, menu: tuple[str, ...]) -> str:
        return dice.choice(("", *menu))

    visits = walk(who, choose, [dice.randint(1, 9) for _ in range(90)])
    found = []
    for before, after in pairwise(visits):
        if DECKS[before.deck].depth == "heavy" and not is_light(after):
            found.append(f"{after.deck} after {before.deck}")
    heavy = [visit.day for visit in visits if DECKS[visit.deck].depth == "heavy"]
    found += [f"heavy on {b}" for a, b in pairwise(heavy) if (b - a).days < 7]
    allowed = who.known.get("her") == "living" and who.known.get("path") == "together"
    found += [v.deck for v in visits if GATED & v.gated and not allowed]
    decks = decks_of(visits)
    if "after-a-quarrel" in decks:
        found.append("a quarrel in the order")
    if len(visits) > 70:
        found.append("no end")
    return found


def test_nothing_put_aside_for_good_is_ever_offered() -> None:
    aside = frozenset({"who-holds-me", "what-hurt", "ready-or-not", "stages"})
    who = person_of(speaker="daughter", her="living", path="together")
    without = Person(known=who.known, facts=who.facts, never=aside)
    assert aside.isdisjoint(decks_of(walk(without, choosing(), TWICE_A_WEEK)))


SIDE_DOORS = {10, 23, 27, 28, 29}


def test_every_practice_is_met_in_the_programme_but_for_those_behind_side_doors() -> None:
    people = [("daughter", "living", "together"), ("mother", "living", "together")]
    people += [("daughter", "died", "alone"), ("daughter", "living", "alone")]
    met = {
        number
        for speaker, her, path in people
        for visit in walk(
            person_of(speaker=speaker, her=her, path=path),
            choosing(ready="ready", room="yes", recent="longer"),
            TWICE_A_WEEK,
        )
        for number in DECKS[visit.deck].practices
    }
    assert met == {*range(1, 33)} - SIDE_DOORS
    doors = {number for name in PROGRAMME.side_doors for number in DECKS[name].practices}
    assert doors >= SIDE_DOORS
