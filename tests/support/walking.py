"""Walks through the whole programme: what is offered, asked and chosen, sitting by sitting."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.support.shipped import DECKS, PROGRAMME
from voicereflect.core.decks import rotation
from voicereflect.core.decks.choosing import Chosen, Person, questions, resolve
from voicereflect.core.programme.offering import next_deck
from voicereflect.core.programme.so_far import (
    LIGHT,
    DeckSitting,
    PickedChoice,
    ProgrammeSoFar,
    person_in,
)
from voicereflect.deck_model import Programme
from voicereflect.model import Deck

DAY = date(2026, 1, 5)
Choose = Callable[[str, tuple[str, ...]], str]
"""From a prompt (`deck/prompt`) and its choices to the one that is picked; empty is none."""
GATING = frozenset(
    {
        *("ready-or-not/ready", "ready-or-not/room"),
        *("without-her/door", "without-her/recent", "without-her/next"),
    }
)
"""Choices on which it depends what is offered and asked from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One sitting as a person meets it."""

    day: date
    deck: str
    asked: tuple[Chosen, ...]
    said: tuple[tuple[str, str], ...]
    """What was spoken, each with what it is: opening, a prompt's name, or closing."""
    gated: frozenset[str]
    """What the asked prompts ask for."""
    offered: bool = True
    """Not a side door."""


def person_of(**known: str) -> Person:
    said = {name: value for name, value in known.items() if value}
    return Person(known=said, facts=PROGRAMME.facts)


def every_walk(
    person: Person, days: Sequence[int], programme: Programme = PROGRAMME
) -> Iterator[tuple[dict[str, str], tuple[Visit, ...]]]:
    """Walk once for each way to answer what gates, skipping included; with the last answers."""
    ends = {f"{d.name}/{p.id}": p.ends for d in DECKS.values() for p in d.every_prompt}
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        script, taken, last = waiting.pop(), list[str](), dict[str, str]()

        def choose(
            name: str,
            menu: tuple[str, ...],
            script: tuple[str, ...] = script,
            taken: list[str] = taken,
            last: dict[str, str] = last,
        ) -> str:
            if name not in GATING:
                return next((choice for choice in menu if choice not in ends[name]), "")
            pick = script[len(taken)] if len(taken) < len(script) else ""
            if len(taken) >= len(script):
                waiting.extend((*taken, other) for other in menu)
            taken.append(pick)
            last[name.partition("/")[2]] = pick
            return pick

        yield last, walk(person, choose, days, programme=programme)


def walk(
    person: Person,
    choose: Choose,
    days: Iterable[int],
    *,
    words: bool = False,
    programme: Programme = PROGRAMME,
    door: Callable[[Person], str] = lambda _: "",
) -> tuple[Visit, ...]:
    """Take every offer, so many days apart, until there is none; with `words`, hear them.

    `door` may name a deck that is opened in place of the offer.
    """
    past, today, visits = ProgrammeSoFar(), DAY, []
    asked_before: Counter[str] = Counter()
    for apart in days:
        today += timedelta(days=apart)
        found = next_deck(programme, DECKS, person, past, today)
        if found is None:
            break
        who = person_in(programme, person, past)
        opened = door(who)
        deck = DECKS[opened or found.deck]
        asked, picks = sit(deck, who, past, choose)
        said = _said(deck, who, asked, past, asked_before) if words else ()
        met = frozenset(f"{deck.name}/{one.prompt.id}" for one in asked)
        asked_before.update(met)
        visits.append(
            Visit(
                day=today,
                deck=deck.name,
                asked=asked,
                said=said,
                gated=frozenset(each for one in asked for each in one.asks) | {*deck.asks},
                offered=not opened,
            )
        )
        past = ProgrammeSoFar(
            sittings=(*past.sittings, DeckSitting(deck=deck.name, day=today, met=met, told=met)),
            picks=(
                *past.picks,
                *(PickedChoice(prompt=prompt, choice=pick, day=today) for prompt, pick in picks),
            ),
        )
    return tuple(visits)


def sit(
    deck: Deck, who: Person, past: ProgrammeSoFar, choose: Choose
) -> tuple[tuple[Chosen, ...], list[tuple[str, str]]]:
    answered = [prompt for each in past.sittings for prompt in sorted(each.told)]
    here: dict[str, str] = {}
    done: list[Chosen] = []
    picks: list[tuple[str, str]] = []
    asked = questions(deck, who, answered=answered, here=here)
    while True:
        met = {one.prompt.id for one in done}
        one = next((each for each in asked if each.prompt.id not in met), None)
        if one is None:
            return tuple(done), picks
        done.append(one)
        if one.menu:
            name = f"{deck.name}/{one.prompt.id}"
            pick = choose(name, tuple(id_ for id_, _ in one.menu))
            picks.append((name, pick))
            if pick:
                here[one.prompt.id] = pick
                asked = questions(deck, who, answered=answered, here=here)


def _said(
    deck: Deck, who: Person, asked: tuple[Chosen, ...], past: ProgrammeSoFar, before: Counter[str]
) -> tuple[tuple[str, str], ...]:
    number = len(past.sittings)
    tally = rotation.Tally(sittings=number, of_deck=0, asked=before)
    times = sum(each.deck == deck.name for each in past.sittings)
    resolved = resolve(deck, who)
    coming, opening = resolved.filled(deck.coming), resolved.filled(deck.opening)
    breaths = rotation.opening(
        rotation.wording(opening, times),
        rotation.wording(coming, times),
        depth=deck.depth,
        number=number,
        company=bool(deck.voices),
    )
    lead = rotation.wording(resolved.filled(deck.closing), times)
    return (
        *(("opening", breath) for breath in breaths),
        *(
            (name, rotation.wording(one.words, tally.times(name)))
            for one in asked
            for name in (f"{deck.name}/{one.prompt.id}",)
        ),
        ("closing", " ".join(rotation.closing(lead, deck.depth, number))),
    )


def is_light(visit: Visit) -> bool:
    return DECKS[visit.deck].depth == LIGHT
