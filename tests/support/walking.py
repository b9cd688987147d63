"""Walks through the whole programme: what is offered, asked and chosen, sitting by sitting."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.support.shipped import ALWAYS_THE_SAME, DECKS, PROGRAMME
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
APART = 4
"""So many sittings lie between a sentence and the same sentence."""
ENDS = {f"{d.name}/{p.id}": p.ends for d in DECKS.values() for p in d.every_prompt}
"""Choices that end a deck, by their prompts."""
Choose = Callable[[str, tuple[str, ...]], str]
"""From a prompt (`deck/prompt`) and its choices to the one that is picked; empty is none."""
Picks = Sequence[tuple[str, str]]
"""Prompts (`deck/prompt`), each with the choice that was picked there."""
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
    """Walk once for each way to answer what gates, skipping included; with the last answers.

    Ways that begin alike are walked together until they part.
    """
    waiting = [Walking(programme=programme, person=person)]
    while waiting:
        now = waiting.pop()
        offer = now.offer(days)
        if offer is None:
            yield now.last, now.visits
            continue
        waiting.extend(now.after(offer, *way) for way in _ways(now, offer))


def _ways(now: "Walking", offer: "Offer") -> Iterator[tuple[tuple[Chosen, ...], Picks]]:
    """Give each way to answer what gates in one sitting: what was asked, and what was picked."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        script, taken = waiting.pop(), list[str]()

        def choose(
            name: str,
            menu: tuple[str, ...],
            script: tuple[str, ...] = script,
            taken: list[str] = taken,
        ) -> str:
            if name not in GATING:
                return plainly(name, menu)
            pick = script[len(taken)] if len(taken) < len(script) else ""
            if len(taken) >= len(script):
                waiting.extend((*taken, other) for other in menu)
            taken.append(pick)
            return pick

        yield sit(offer.deck, offer.who, now.past, choose)


def plainly(name: str, menu: tuple[str, ...]) -> str:
    """Pick the first choice that does not end the deck."""
    return next((choice for choice in menu if choice not in ENDS[name]), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is opened on a day, and for whom by then."""

    day: date
    deck: Deck
    who: Person
    offered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking:
    """Where somebody is in a programme."""

    programme: Programme
    person: Person
    past: ProgrammeSoFar = field(default_factory=ProgrammeSoFar)
    today: date = DAY
    visits: tuple[Visit, ...] = ()
    last: dict[str, str] = field(default_factory=dict)
    """What was answered last to each question that gates."""

    def offer(
        self, days: Sequence[int], door: Callable[[Person], str] = lambda _: ""
    ) -> Offer | None:
        """Give what comes next, if the days are not over and there is anything.

        Somebody else is there whenever a deck wants that.
        """
        if len(self.visits) >= len(days):
            return None
        today = self.today + timedelta(days=days[len(self.visits)])
        found = next_deck(self.programme, DECKS, self.person, self.past, today)
        if found is None:
            return None
        who = person_in(self.programme, self.person, self.past)
        opened = door(who)
        taken = opened or found.for_two or found.deck
        return Offer(day=today, deck=DECKS[taken], who=who, offered=not opened)

    def after(
        self,
        offer: Offer,
        asked: tuple[Chosen, ...],
        picks: Picks,
        said: tuple[tuple[str, str], ...] = (),
    ) -> "Walking":
        """Be where an offer was taken, and these things asked and picked."""
        deck = offer.deck
        met = frozenset(f"{deck.name}/{one.prompt.id}" for one in asked)
        visit = Visit(
            day=offer.day,
            deck=deck.name,
            asked=asked,
            said=said,
            gated=frozenset(each for one in asked for each in one.asks) | {*deck.asks},
            offered=offer.offered,
        )
        sitting = DeckSitting(deck=deck.name, day=offer.day, met=met, told=met)
        picked = (PickedChoice(prompt=name, choice=pick, day=offer.day) for name, pick in picks)
        gates = {name.partition("/")[2]: pick for name, pick in picks if name in GATING}
        return replace(
            self,
            past=ProgrammeSoFar(
                sittings=(*self.past.sittings, sitting), picks=(*self.past.picks, *picked)
            ),
            today=offer.day,
            visits=(*self.visits, visit),
            last={**self.last, **gates},
        )


def walk(
    person: Person,
    choose: Choose,
    days: Sequence[int],
    *,
    words: bool = False,
    programme: Programme = PROGRAMME,
    door: Callable[[Person], str] = lambda _: "",
) -> tuple[Visit, ...]:
    """Take every offer, so many days apart, until there is none; with `words`, hear them.

    `door` may name a deck that is opened in place of the offer.
    """
    now, asked_before = Walking(programme=programme, person=person), Counter[str]()
    while offer := now.offer(days, door):
        asked, picks = sit(offer.deck, offer.who, now.past, choose)
        said = _said(offer.deck, offer.who, asked, now.past, asked_before) if words else ()
        now = now.after(offer, asked, picks, said)
        asked_before.update(now.past.sittings[-1].met)
    return now.visits


def sit(
    deck: Deck, who: Person, past: ProgrammeSoFar, choose: Choose
) -> tuple[tuple[Chosen, ...], Picks]:
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
        for_two=bool(deck.voices),
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


def heard_too_soon(visits: Sequence[Visit]) -> Iterator[str]:
    """Name what is said twice within four sittings, but for what always keeps its words."""
    last: dict[str, int] = {}
    for number, visit in enumerate(visits):
        for what, text in visit.said:
            if what in ALWAYS_THE_SAME or text == rotation.FREELY:
                continue
            if number - last.get(text, -APART) < APART:
                yield f"{visit.deck}, sitting {number + 1}: {text}"
            last[text] = number


def is_light(visit: Visit) -> bool:
    return DECKS[visit.deck].depth == LIGHT
