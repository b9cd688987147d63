"""What is known of somebody in a programme, from dated history; no clock, and no offer yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from voicereflect.core.decks.choosing import Person
from voicereflect.core.decks.knowing import fits
from voicereflect.deck_model import Gate, Programme
from voicereflect.model import Deck

LIGHT: Final = "light"
HEAVY_APART_DAYS: Final = 7
PAIR_APART_DAYS: Final = 2
"""So far apart are two answers that may be laid beside each other."""
RETURNS: Final = 2
"""So often a deck comes back after a choice that let it rest."""
ONCE_MORE_DAYS: Final = 14
"""So long a deck waits of which something could not be asked the last time."""
AFTERWARDS_DAYS: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckSitting:
    """A deck was answered on a day."""

    deck: str
    day: date
    met: frozenset[str] = frozenset()
    """`deck/prompt`s that were asked, whether they were answered or skipped."""
    told: frozenset[str] = frozenset()
    """Those that were answered, and may be heard again."""


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
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The deck to offer."""

    deck: str
    reason: Reason
    for_two: str = ""
    """A deck whose turn it is too, once somebody else is there; nothing waits for it."""


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
    return replace(
        person,
        known=known,
        facts=person.facts or programme.facts,
        closed=closed,
        pairs=pairs(past.sittings),
    )


def pairs(sittings: Iterable[DeckSitting]) -> frozenset[str]:
    """Name the prompts (`deck/prompt`) that have two answers which may be laid side by side."""
    first: dict[str, date] = {}
    found = set()
    for each in sittings:
        for prompt in each.told:
            since = each.day - first.setdefault(prompt, each.day)
            if since.days >= PAIR_APART_DAYS:
                found.add(prompt)
    return frozenset(found)


def resting_until(deck: Deck, picks: Iterable[PickedChoice]) -> date | None:
    """Give the day on which a deck may be offered again, if a choice made it rest."""
    days = {
        (f"{deck.name}/{prompt.id}", choice): length
        for prompt in deck.every_prompt
        for choice, length in prompt.rests
    }
    if not days:
        return None
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


def pair_by_date(days: Sequence[tuple[str, date]]) -> tuple[str, str] | None:
    """Give the oldest and the newest of some dated answers, if they lie far enough apart."""
    ordered = sorted(days, key=lambda each: each[1])
    if not ordered or (ordered[-1][1] - ordered[0][1]).days < PAIR_APART_DAYS:
        return None
    return ordered[0][0], ordered[-1][0]
