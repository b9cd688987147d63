"""What is known of the person, and what follows from it; every name comes from the files."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from voicereflect.deck_model import Fact, FactChoice, When

Known = Mapping[str, str]

_PLACE = re.compile(r"(?P<start>^|[.!?]\s+)?\{(?P<name>[a-z][a-z0-9-]*)\}")


def resolved(facts: Iterable[Fact], said: Known) -> dict[str, str]:
    """Fill in what follows from what was said, and what holds while nothing was.

    Something else that is known (a choice made in a deck) is passed through.
    """
    known = dict(said)
    listed = tuple(facts)
    for fact in listed:
        chosen = choice_of(fact, known.get(fact.id) or fact.unknown)
        if chosen is None:
            continue
        known[fact.id] = chosen.like or chosen.id
        for name, value in chosen.gives:
            known.setdefault(name, value)
    for fact in listed:
        if not known.get(fact.id) and fact.unknown:
            known[fact.id] = fact.unknown
    return known


def never_asked(facts: Iterable[Fact], known: Known) -> frozenset[str]:
    """Give what is asked of nobody of whom this is known; `known` is resolved."""
    found: set[str] = set()
    for fact in facts:
        chosen = choice_of(fact, known.get(fact.id, ""))
        found.update(chosen.never if chosen else ())
    return frozenset(found)


def question(fact: Fact, facts: Iterable[Fact], said: Known) -> Fact | None:
    """Give a fact as it is asked of somebody who said this; None if it is not asked."""
    known = resolved(facts, said)
    if fact.id in said or not fact.ask or not fits(fact.when, known):
        return None
    choices = (choice for choice in fact.choices if fits(choice.when, known))
    return replace(
        fact,
        ask=filled(fact.ask, known),
        choices=tuple(replace(choice, say=filled(choice.say, known)) for choice in choices),
    )


def choice_of(fact: Fact, id_: str) -> FactChoice | None:
    """Give the choice with this id, or None."""
    return next((choice for choice in fact.choices if choice.id == id_), None)


def fits(when: When, known: Known) -> bool:
    """Tell whether all conditions hold."""
    return all(known.get(name, "") in values for name, values in when)


def filled(text: str, known: Known) -> str:
    """Put what is known in its places: `{call}`; capital where a sentence begins."""
    if "{" not in text:
        return text

    def put(place: re.Match[str]) -> str:
        value = known.get(place["name"], "")
        start = place["start"]
        if start is None:
            return value
        return start + value[:1].upper() + value[1:]

    return _PLACE.sub(put, text)


def places(text: str) -> tuple[str, ...]:
    """Name what a text wants filled in."""
    return tuple(match["name"] for match in _PLACE.finditer(text))
