"""What a programme offers somebody on a day; an order and no calendar, no clock.

A deck is done when it was answered. It comes once more where something was closed
the last time and is open now, after a choice that let it rest, and where it stands
in the order again; one in parts is done when all its parts were asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from voicereflect.core.decks.choosing import Chosen, Person, basis_of
from voicereflect.core.decks.knowing import fits, resolved
from voicereflect.core.programme.so_far import (
    AFTERWARDS_DAYS,
    HEAVY_APART_DAYS,
    LIGHT,
    ONCE_MORE_DAYS,
    RETURNS,
    Next,
    ProgrammeSoFar,
    Reason,
    days_of,
    person_in,
    resting_until,
    waiting_until,
)
from voicereflect.deck_model import HEAVY, Gate, Programme
from voicereflect.model import Deck


def next_deck(
    programme: Programme,
    decks: Mapping[str, Deck],
    person: Person,
    past: ProgrammeSoFar,
    today: date,
) -> Next | None:
    """Choose what to offer today; None when there is nothing left, or nothing today.

    Nobody can make another come: a deck for two stands beside what one can do alone,
    and by itself where that is nothing.
    """
    here = _Today(programme, decks, person_in(programme, person, past), past, today)
    found = here.chosen(alone=False)
    if found is None or not here.is_for_two(found.deck):
        return found
    alone = here.chosen(alone=True)
    return replace(alone, for_two=found.deck) if alone else found


def order_for(programme: Programme, person: Person) -> tuple[str, ...]:
    """Give the order for somebody of whom all is known, without what was never chosen."""
    known = resolved(person.facts, person.known)
    for other in programme.orders:
        if fits(other.when, known):
            chosen = dict(other.chosen)
            return tuple(name for name in other.order if fits(chosen.get(name, ()), known))
    return programme.order


class _Today:
    """One look at a programme; decks are looked at once each."""

    def __init__(
        self,
        programme: Programme,
        decks: Mapping[str, Deck],
        person: Person,
        past: ProgrammeSoFar,
        today: date,
    ) -> None:
        self._programme = programme
        self._decks = decks
        self._person = person
        self._basis = basis_of(person)
        self._past = past
        self._today = today
        self._open: dict[str, bool] = {}
        self._questions: dict[str, tuple[Chosen, ...]] = {}
        self._days = days_of(past.sittings)
        self._sittings: dict[str, list[int]] = {}
        """Of each deck, by their numbers: all sittings are counted from 0, the oldest first."""
        for number, each in enumerate(past.sittings):
            self._sittings.setdefault(each.deck, []).append(number)

    def chosen(self, *, alone: bool) -> Next | None:
        """The next deck; `alone`: of those for which nobody else has to be there."""
        light_only = self.last_was_heavy()
        for place, name in enumerate(self.order):
            if alone and self.is_for_two(name):
                continue
            if self.is_done(name, place) or not self.may_be_offered(name):
                continue
            if light_only and self.depth(name) != LIGHT:
                continue
            first = self.needed_before(name)
            if first and self.may_be_offered(first):
                return Next(deck=first, reason=Reason.BEFORE_HEAVY)
            if first or self.heavy_is_too_near(name):
                continue
            reason = Reason.LIGHT_AFTER_HEAVY if light_only else Reason.ORDER
            return Next(deck=name, reason=reason)
        meanwhile = self._programme.meanwhile
        if meanwhile and self.may_be_offered(meanwhile) and self.anything_left():
            return Next(deck=meanwhile, reason=Reason.MEANWHILE)
        later = self.afterwards()
        return Next(deck=later, reason=Reason.AFTERWARDS) if later else None

    def is_for_two(self, name: str) -> bool:
        """Whether somebody else has to be there for it."""
        return name in self._decks and bool(self._decks[name].voices)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The order for this person: what does not fit is replaced where it stands."""
        instead = dict(self._programme.instead)
        return tuple(
            instead[name] if name in instead and not self._opens(name) else name
            for name in order_for(self._programme, self._person)
        )

    def is_done(self, name: str, place: int) -> bool:
        """Tell whether a deck is done at its place in the order."""
        sittings = self._sittings.get(name)
        if not sittings:
            return False
        if name not in self._decks:
            return True
        if self._rested(name, sittings) or self._has_unasked(name, sittings):
            return False
        return name not in self.order[:place] or sittings[-1] > self._begun_before(name, place)

    def may_be_offered(self, name: str) -> bool:
        if not self._opens(name) or self._waits(name):
            return False
        said = self._past.not_today.get(name)
        if said is not None and self._today <= said:
            return False
        deck = self._decks[name]
        return self._today >= max(
            resting_until(deck, self._past.picks) or self._today,
            waiting_until(deck, self._days) or self._today,
            self._once_more_from(name) or self._today,
        )

    def depth(self, name: str) -> str:
        return self._decks[name].depth

    def last_was_heavy(self) -> bool:
        known = (each.deck for each in reversed(self._past.sittings) if each.deck in self._decks)
        last = next(known, "")
        return bool(last) and self.depth(last) == HEAVY

    def heavy_is_too_near(self, name: str) -> bool:
        if self.depth(name) != HEAVY:
            return False
        since = self._today - timedelta(days=HEAVY_APART_DAYS)
        return any(
            max(days) > since
            for deck, days in self._days.items()
            if deck in self._decks and self.depth(deck) == HEAVY
        )

    def needed_before(self, name: str) -> str:
        first = self._programme.before_heavy
        if self.depth(name) != HEAVY or not first or first in self._sittings:
            return ""
        return first if self._opens(first) else ""

    def anything_left(self) -> bool:
        return any(
            not self.is_for_two(name) and not self.is_done(name, place) and self._opens(name)
            for place, name in enumerate(self.order)
        )

    def afterwards(self) -> str:
        """What is offered for some weeks after the end: the one least lately done."""
        ended = self._sittings.get(self.order[-1], []) if self.order else []
        if not ended:
            return ""
        until = self._past.sittings[ended[0]].day + timedelta(days=AFTERWARDS_DAYS)
        if self._today > until:
            return ""
        names = [name for name in self._programme.afterwards if self.may_be_offered(name)]
        return min(names, key=lambda name: self._sittings.get(name, [-1])[-1], default="")

    def _opens(self, name: str) -> bool:
        if name not in self._open:
            self._open[name] = (
                name in self._decks and self._basis.resolve(self._decks[name]).may_open
            )
        return self._open[name]

    def _waits(self, name: str) -> bool:
        return any(
            name in others and first not in self._sittings and self._opens(first)
            for first, others in self._programme.before
        )

    def _rested(self, name: str, sittings: list[int]) -> bool:
        """Whether a choice let it rest and the time is over, so that it is asked once more."""
        until = resting_until(self._decks[name], self._past.picks)
        last = self._past.sittings[sittings[-1]].day
        return until is not None and last < until <= self._today and len(sittings) <= RETURNS

    def _begun_before(self, name: str, place: int) -> int:
        """The sitting by which every other deck before this place had begun; -1: none has."""
        before = {other for other in self.order[:place] if other != name}
        return max((self._sittings[each][0] for each in before & {*self._sittings}), default=-1)

    def _has_unasked(self, name: str, sittings: list[int]) -> bool:
        """Whether something is open in a deck that was answered, and was not asked yet."""
        if self._decks[name].parts:
            return any(not self._was_asked(name, each) for each in self._asked(name))
        return any(
            sittings[-1] <= since or not self._was_asked(name, each)
            for since, asks in self._opened
            if asks & self._ever_asks(name)
            for each in self._asked(name)
            if asks & {*each.asks}
        )

    def _ever_asks(self, name: str) -> set[str]:
        """What a deck asks of anybody at all."""
        prompts = [each for top in self._decks[name].prompts for each in (top, *top.steps)]
        found = {asks for prompt in prompts for asks in prompt.asks}
        return found | {asks for p in prompts for variant in p.variants for asks in variant.asks}

    def _once_more_from(self, name: str) -> date | None:
        """The day from which a deck may come for what could not be asked the last time."""
        sittings = self._sittings.get(name)
        if not sittings or self._decks[name].parts or not self._has_unasked(name, sittings):
            return None
        if any(sittings[-1] <= since for since, _ in self._opened):
            return None
        return self._past.sittings[sittings[-1]].day + timedelta(days=ONCE_MORE_DAYS)

    @cached_property
    def _opened(self) -> list[tuple[int, frozenset[str]]]:
        """For each open gate the sitting that opened it (-1: before all), and what it opens."""
        first = Gate(when=self._programme.gate, asks=self._programme.gated)
        found = []
        for gate in (first, *self._programme.gates):
            asks = frozenset(gate.asks) - self._person.closed
            if asks:
                found.append((max(map(self._since, gate.when), default=-1), asks))
        return found

    def _since(self, condition: tuple[str, tuple[str, ...]]) -> int:
        """The sitting since which a condition holds; -1: before all, or none tells."""
        prompt, values = condition
        since: date | None = None
        for pick in self._past.picks:
            if pick.prompt == prompt:
                since = (since or pick.day) if pick.choice in values else None
        if since is None:
            return -1
        deck = prompt.partition("/")[0]
        days = [each.day for each in self._past.sittings]
        on_it = [each for each in self._sittings.get(deck, []) if days[each] == since]
        return on_it[-1] if on_it else sum(day < since for day in days) - 1

    def _asked(self, name: str) -> Iterable[Chosen]:
        """What is open to this person in a deck, with or without earlier answers to hear."""
        if name not in self._questions:
            deck = self._decks[name]
            # a part holds what was asked least recently: what was never asked is in it
            before = self._ever_asked if deck.parts else self._ever_told
            self._questions[name] = self._basis.resolve(deck).questions(answered=before)
        return self._questions[name]

    def _was_asked(self, name: str, asked: Chosen) -> bool:
        prompt = f"{name}/{asked.prompt.id}"
        return asked.prompt.always or prompt in self._ever_asked

    @cached_property
    def _ever_asked(self) -> tuple[str, ...]:
        """Every prompt that was asked, the least recent first."""
        return _least_recent_first(each.met for each in self._past.sittings)

    @cached_property
    def _ever_told(self) -> tuple[str, ...]:
        """Every prompt that has an answer to be heard again, the least recent first."""
        return _least_recent_first(each.told for each in self._past.sittings)


def _least_recent_first(sittings: Iterable[Iterable[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for names in sittings:
        for name in names:
            found.pop(name, None)
            found[name] = None
    return tuple(found)
