"""What a programme offers next, from dated history; an order and no calendar, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.decks.knowing import fits
from voicereflect.deck_model import HEAVY, Gate, Programme
from voicereflect.model import Deck

LIGHT: Final = "light"
HEAVY_APART_DAYS: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckSitting:
    """A deck was answered on a day."""

    deck: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedChoice:
    """A choice made on a day."""

    prompt: str
    """`deck/prompt`."""
    choice: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSoFar:
    """What happened so far, each list oldest first."""

    sittings: tuple[DeckSitting, ...] = ()
    picks: tuple[PickedChoice, ...] = ()
    not_today: Mapping[str, date] = field(default_factory=dict)


class Reason(StrEnum):
    """What makes a deck the next one."""

    ORDER = "order"
    LIGHT_AFTER_HEAVY = "light after heavy"
    BEFORE_HEAVY = "before the first heavy one"
    MEANWHILE = "meanwhile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The deck to offer."""

    deck: str
    reason: Reason


def days_of(sittings: Iterable[DeckSitting]) -> Mapping[str, tuple[date, ...]]:
    """Give the days on which each deck was answered, in the order of the sittings."""
    found: dict[str, list[date]] = {}
    for each in sittings:
        found.setdefault(each.deck, []).append(each.day)
    return {deck: tuple(days) for deck, days in found.items()}


def person_in(programme: Programme, person: Person, past: ProgrammeSoFar) -> Person:
    """Add the choices made so far to what is known, and close what the gate holds back."""
    picked = {pick.prompt: pick.choice for pick in past.picks}
    known = {**picked, **person.known}
    closed = person.closed
    for gate in (Gate(when=programme.gate, asks=programme.gated), *programme.gates):
        if gate.asks and not fits(gate.when, known):
            closed |= frozenset(gate.asks)
    return replace(person, known=known, facts=person.facts or programme.facts, closed=closed)


def next_deck(
    programme: Programme,
    decks: Mapping[str, Deck],
    person: Person,
    past: ProgrammeSoFar,
    today: date,
) -> Next | None:
    """Choose what to offer today; None when there is nothing left, or nothing today."""
    days, who = days_of(past.sittings), person_in(programme, person, past)
    here = _Today(programme, decks, who, past, days, today)
    light_only = here.last_was_heavy()
    for name in here.order():
        if here.is_done(name) or not here.may_be_offered(name):
            continue
        if here.depth(name) != LIGHT and light_only:
            continue
        first = here.needed_before(name)
        if first and here.may_be_offered(first):
            return Next(deck=first, reason=Reason.BEFORE_HEAVY)
        if first or here.heavy_is_too_near(name):
            continue
        reason = Reason.LIGHT_AFTER_HEAVY if light_only else Reason.ORDER
        return Next(deck=name, reason=reason)
    if programme.meanwhile and here.may_be_offered(programme.meanwhile) and here.anything_left():
        return Next(deck=programme.meanwhile, reason=Reason.MEANWHILE)
    return None


def resting_until(deck: Deck, picks: Iterable[PickedChoice]) -> date | None:
    """Give the day on which a deck may be offered again, if a choice made it rest."""
    days = {
        (f"{deck.name}/{prompt.id}", choice): length
        for prompt in deck.every_prompt
        for choice, length in prompt.rests
    }
    newest = {pick.prompt: pick for pick in picks if pick.choice}
    until = [
        pick.day + timedelta(days=days[pick.prompt, pick.choice])
        for pick in newest.values()
        if (pick.prompt, pick.choice) in days
    ]
    return max(until, default=None)


def waiting_until(deck: Deck, days: Mapping[str, Sequence[date]]) -> date | None:
    """Give the day from which a deck may be offered, if it waits for others; else None.

    `days` tells on which days each deck was answered, oldest first. Without one of what
    it waits for, that is the end of time.
    """
    until = [
        days[name][-1] + timedelta(days=length) if days.get(name) else date.max
        for name, length in deck.waits
    ]
    return max(until, default=None)


@dataclass(frozen=True, slots=True)
class _Today:
    programme: Programme
    decks: Mapping[str, Deck]
    person: Person
    past: ProgrammeSoFar
    days: Mapping[str, tuple[date, ...]]
    """On which each deck was answered."""
    today: date

    def order(self) -> list[str]:
        """Give the order for this person: what does not fit is replaced where it stands."""
        instead = dict(self.programme.instead)
        names = []
        for name in self.programme.order:
            other = instead.get(name, "")
            takes_place = other and not self._opens(name)
            names.append(other if takes_place else name)
        return list(dict.fromkeys(names))

    def is_done(self, name: str) -> bool:
        """Tell whether a deck was answered; one that rested may be asked once more."""
        days = self.days.get(name, ())
        if not days:
            return False
        until = resting_until(self.decks[name], self.past.picks) if name in self.decks else None
        return until is None or max(days) >= until or self.today < until

    def may_be_offered(self, name: str) -> bool:
        if not self._opens(name) or self._waits(name):
            return False
        said = self.past.not_today.get(name)
        if said is not None and self.today <= said:
            return False
        return self.today >= max(
            resting_until(self.decks[name], self.past.picks) or self.today,
            waiting_until(self.decks[name], self.days) or self.today,
        )

    def depth(self, name: str) -> str:
        return self.decks[name].depth

    def last_was_heavy(self) -> bool:
        known = (each.deck for each in reversed(self.past.sittings) if each.deck in self.decks)
        last = next(known, "")
        return bool(last) and self.depth(last) == HEAVY

    def heavy_is_too_near(self, name: str) -> bool:
        if self.depth(name) != HEAVY:
            return False
        since = self.today - timedelta(days=HEAVY_APART_DAYS)
        return any(
            max(days) > since
            for deck, days in self.days.items()
            if deck in self.decks and self.depth(deck) == HEAVY
        )

    def needed_before(self, name: str) -> str:
        first = self.programme.before_heavy
        if self.depth(name) != HEAVY or not first or self.is_done(first) or not self._opens(first):
            return ""
        return first

    def anything_left(self) -> bool:
        return any(not self.is_done(name) and self._opens(name) for name in self.order())

    def _opens(self, name: str) -> bool:
        return name in self.decks and may_open(self.decks[name], self.person)

    def _waits(self, name: str) -> bool:
        return any(
            name in others and not self.is_done(first) and self._opens(first)
            for first, others in self.programme.before
        )
