"""What the programme promises, held by walking it: all facts and all choices that gate."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise, product
from random import Random

import pytest

from tests.house.test_practices_doc import DECK, ROWS
from tests.support.shipped import (
    DECKS,
    HERS,
    PATHS,
    PROGRAMME,
    RELATIONS,
    SPEAKERS,
    everybody,
    sittings,
)
from tests.support.walking import (
    Choose,
    Visit,
    every_walk,
    heard_too_soon,
    is_light,
    person_of,
    sit,
    walk,
)
from voicereflect.core.decks.choosing import Person, basis_of, may_open, questions
from voicereflect.core.programme.so_far import ProgrammeSoFar
from voicereflect.deck_model import Prompt

TWICE_A_WEEK = [3, 4] * 45
GATED = {*PROGRAMME.gated}
WALKS = 30
"""Seeded ones here; `python -m bench walks` takes ten thousand."""
MOURNED = {
    "resentment": "resentment",
    "pattern": "the-pattern",
    "younger": "younger-self",
    "letter": "unsent-letter",
}
"""Decks that somebody whose loss this is meets only where they were chosen, by the choice."""
SIDE_DOORS = {10, 23, 27, 28, 29}


def choosing(**fixed: str) -> Choose:
    """Pick what is fixed by a prompt's id, else the first choice."""
    return lambda name, menu: fixed.get(name.partition("/")[2].replace("-", "_"), menu[0])


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """One way through the programme."""

    known: dict[str, str]
    picks: dict[str, str]
    """What was answered last to each question that gates."""
    visits: tuple[Visit, ...]

    @property
    def decks(self) -> list[str]:
        return decks_of(self.visits)

    @property
    def may_meet(self) -> bool:
        return self.known["her"] == "living" and self.known["path"] == "together"


def every_one_walked() -> tuple[Walked, ...]:
    """Everybody, and every way to answer what gates, skipping included.

    People of whom the same is known, once all that follows is worked out, walk together:
    who is not sure, or has not said, is as somebody alone.
    """
    found: list[Walked] = []
    walked: dict[tuple[object, ...], list[tuple[dict[str, str], tuple[Visit, ...]]]] = {}
    for speaker, her, path in product(SPEAKERS, HERS, PATHS):
        who = person_of(speaker=speaker, her=her, path=path)
        basis = basis_of(who)
        same = (*sorted(basis.known.items()), basis.ruled_out)
        if same not in walked:
            walked[same] = list(every_walk(who, TWICE_A_WEEK))
        said = {"speaker": speaker, "her": her, "path": path}
        found += [Walked(known=said, picks=p, visits=v) for p, v in walked[same]]
    return tuple(found)


def _is_together(name: str) -> bool:
    deck, _, wanted = name.partition("/")
    prompt = next(p for p in DECKS[deck].every_prompt if p.id == wanted)
    asks = {*DECKS[deck].asks, *prompt.asks, *(a for v in prompt.variants for a in v.asks)}
    return "together" in asks


def rules_broken(who: Walked) -> Iterator[str]:
    """Name what was broken of what holds for anybody, whatever they choose."""
    offered = [visit for visit in who.visits if visit.offered]
    if "after-a-quarrel" in decks_of(tuple(offered)):
        yield "a quarrel in the order"
    if len(offered) > 70:
        yield "no end"
    yield from _heavy_broken(who.visits)
    if not who.may_meet:
        yield from (visit.deck for visit in who.visits if GATED & visit.gated)
    asked = [visit.day for visit in offered if visit.deck == "ready-or-not"]
    if len(asked) > 3 or any((b - a).days < 28 for a, b in pairwise(asked)):
        yield "asked again whether one is ready"
    holding = [n for n, visit in enumerate(who.visits) if GATED & visit.gated]
    if holding and "ready-or-not" not in who.decks[: holding[0]]:
        yield "a step to her before she was asked for"


def _heavy_broken(visits: tuple[Visit, ...]) -> Iterator[str]:
    for before, after in pairwise(visits):
        if after.offered and DECKS[before.deck].depth == "heavy" and not is_light(after):
            yield f"{after.deck} after {before.deck}"
    heavy = [visit for visit in visits if DECKS[visit.deck].depth == "heavy"]
    for one, other in pairwise(heavy):
        if other.offered and (other.day - one.day).days < 7:
            yield f"{other.deck} on {other.day}"


def gate_broken(who: Walked) -> Iterator[str]:
    """Name what somebody who takes every offer met against, or missed in spite of, a choice."""
    met, ready = gated_met(who.visits), who.picks.get("ready") == "ready"
    if who.may_meet and not who.picks.keys() >= {"ready"}:
        yield "never asked whether one is ready"
    open_to = gated_prompts() if ready and who.may_meet else set()
    if who.known["speaker"] == "mother":
        open_to -= {"her-biography/not-known"}
    if who.picks.get("room") != "yes":
        open_to = {name for name in open_to if not _is_together(name)}
    yield from (f"missed {name}" for name in open_to - met)
    yield from (f"met {name}" for name in met - open_to)


def order_broken(who: Walked) -> Iterator[str]:
    """Name what is missing of the order, or in it and not chosen."""
    decks, new = who.decks, who.known["her"] == "died" and who.picks.get("recent") != "longer"
    stages = {p.id for visit in who.visits if visit.deck == "stages" for p in _prompts(visit)}
    if not new and stages != {prompt.id for prompt in DECKS["stages"].prompts}:
        yield f"stages: {stages}"
    end = decks.index("then-and-now")
    after = [visit for visit in who.visits[end + 1 :] if visit.deck in PROGRAMME.afterwards]
    if decks.count("then-and-now") != 1 or not 6 <= len(after) <= 9:
        yield f"{len(after)} sittings after the end"
    if not all(map(is_light, who.visits[end:])):
        yield "something heavy in the quiet month"
    if who.visits[-1].day > who.visits[end].day + timedelta(days=28):
        yield "longer than a month"


def mourning_broken(who: Walked) -> Iterator[str]:
    """Name what the bereaved met that they did not choose, or did not meet."""
    if who.known["her"] != "died":
        return
    decks, longer = who.decks, who.picks.get("recent") == "longer"
    asked = {prompt.id for prompt in _prompts(who.visits[1])}
    if decks[1] != "without-her" or "door" in asked or len(asked) < 2:
        yield f"{decks[1]}: {asked}"
    chosen = MOURNED.get(who.picks.get("next", "")) if longer else None
    if {*MOURNED.values()} & {*decks} != ({chosen} if chosen else set()):
        yield f"{chosen}, and {decks}"
    heavy = {deck for deck in decks if DECKS[deck].depth == "heavy"}
    if ("regret" in decks) != longer or (not longer and heavy != {"without-her"}):
        yield f"heavy: {heavy}"


def _prompts(visit: Visit) -> list[Prompt]:
    return [one.prompt for one in visit.asked]


@pytest.mark.slow
def test_whatever_is_known_and_chosen_at_the_gates_all_promises_are_kept() -> None:
    """One test, because walking takes most of its time."""
    walks = every_one_walked()
    assert len(walks) > 200
    rules = (rules_broken, gate_broken, order_broken, mourning_broken)
    found = [
        (each.known, each.picks, what) for each in walks for rule in rules for what in rule(each)
    ]
    assert found == []
    assert_rows_are_met(walks)


def assert_rows_are_met(walks: tuple[Walked, ...]) -> None:
    """What docs/practices.md says of a row is met in the programme or behind a side door."""
    met = {
        f"{visit.deck}/{prompt.id}"
        for each in walks
        for visit in each.visits
        for prompt in _prompts(visit)
    }
    behind = set(_behind_side_doors())
    whole: set[int] = set()
    for number, decks, _ in ROWS:
        for deck, prompts in DECK.findall(decks):
            asked = {f"{deck}/{prompt}" for prompt in prompts.split(", ")}
            whole |= {int(number)} if asked <= met else set()
            assert asked <= met | behind, number
    assert whole >= {*range(1, 33)} - SIDE_DOORS
    assert whole.isdisjoint(SIDE_DOORS)


def _behind_side_doors() -> Iterator[str]:
    for name, who in product(PROGRAMME.side_doors, everybody()):
        if may_open(DECKS[name], who):
            whole = replace(DECKS[name], parts=False)  # as it is asked over several sittings
            told = questions(whole, who)  # whoever tells it freely picks nothing
            for _, asked in (({}, told), *sittings(whole, who)):
                yield from (f"{name}/{one.prompt.id}" for one in asked)


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


@pytest.mark.parametrize("her", ["living", "not-known", ""])
@pytest.mark.parametrize("door", ["unwilling", "not-safe", ""])
def test_whoever_picks_nothing_is_still_asked_something(her: str, door: str) -> None:
    who = person_of(speaker="daughter", her=her, path="alone")
    asked, _ = sit(DECKS["without-her"], who, ProgrammeSoFar(), choosing(door=door, next=""))
    assert len(asked) >= 2


def test_nothing_put_aside_for_good_is_ever_offered() -> None:
    aside = frozenset({"who-holds-me", "what-hurt", "ready-or-not", "stages"})
    who = person_of(speaker="daughter", her="living", path="together")
    without = Person(known=who.known, facts=who.facts, never=aside)
    assert aside.isdisjoint(decks_of(walk(without, choosing(), TWICE_A_WEEK)))


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(("her", "path"), [("living", "together"), ("died", "alone")])
def test_whoever_it_is_about_the_rules_hold_and_it_comes_to_its_end(
    relation: str, her: str, path: str
) -> None:
    known = {"relation": relation, "her": her, "path": path}
    choose = choosing(ready="ready", room="yes", recent="longer", next="")
    visits = walk(person_of(**known), choose, TWICE_A_WEEK)
    who = Walked(known=known, picks={}, visits=visits)
    assert list(rules_broken(who)) == []
    assert who.decks.count("then-and-now") == 1
    assert len({*who.decks}) >= 15


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_is_chosen_the_rules_hold(seed: int) -> None:
    assert broken(seed) == []


def broken(seed: int) -> list[str]:
    """Walk once, by dice, through side doors too, and name what was broken."""
    dice = Random(seed)
    relation = dice.choice(("", *RELATIONS))
    speaker = "" if relation else dice.choice(SPEAKERS)
    known = {"speaker": speaker, "her": dice.choice(HERS), "path": dice.choice(PATHS)}

    def choose(_name: str, menu: tuple[str, ...]) -> str:
        return dice.choice(("", *menu))

    def door(who: Person) -> str:
        name = dice.choice(PROGRAMME.side_doors)
        return name if dice.random() < 1 / 8 and may_open(DECKS[name], who) else ""

    days = [dice.randint(1, 9) for _ in range(90)]
    visits = walk(person_of(relation=relation, **known), choose, days, door=door, words=True)
    rules = rules_broken(Walked(known=known, picks={}, visits=visits))
    return [*rules, *heard_too_soon(visits)]
