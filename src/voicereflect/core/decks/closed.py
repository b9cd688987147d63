"""Why a deck is closed to somebody, and what opens it; for whoever looks alone."""

from collections.abc import Iterator
from dataclasses import replace

from voicereflect.core.decks.choosing import ADULTS, Person, Resolved, resolve
from voicereflect.core.decks.knowing import choice_of, question
from voicereflect.core.decks.views import ClosedDeck
from voicereflect.deck_model import Gate, Programme
from voicereflect.model import Deck

Unmet = tuple[str, tuple[str, ...]]
"""What must be known or chosen, and which values would do."""


def in_one_room(deck: Deck, person: Person) -> Person:
    """Give what is known where two sit together: what their deck needs of them besides choices.

    An earlier no to being adults counts no more: it is asked again.
    """
    here = {name: values[0] for name, values in deck.when if "/" not in name}
    known = {name: value for name, value in person.known.items() if (name, value) != (ADULTS, "no")}
    return replace(person, known={**known, **here})


def closed(deck: Deck, person: Person, programme: Programme) -> ClosedDeck | None:
    """Tell why a deck is closed and how that is changed; None for one that is open."""
    found = resolve(deck, in_one_room(deck, person) if deck.voices else person)
    if found.may_open:
        return None
    return ClosedDeck(
        deck=deck.name, title=deck.title, why=tuple(dict.fromkeys(_why(found, programme)))
    )


def _why(found: Resolved, programme: Programme) -> Iterator[tuple[str, str]]:
    """Give reasons, each with the command that changes it."""
    deck, start = found.deck, f"programme start {programme.name} --know"
    if deck.name in found.person.never:
        yield "You put it aside for good.", f"programme skip {programme.name} {deck.name} --undo"
    unmet = dict(_unmet(found, programme))
    said = {name.partition("/")[0] for name in unmet if found.known.get(name)}
    for name, values in unmet.items():
        asked, slash, _ = name.partition("/")
        if slash and asked in said:
            yield f"What you said in {asked} keeps it closed, and that is fine.", f"reflect {asked}"
        elif slash:
            yield f"It waits for what {asked} asks you alone.", f"reflect {asked}"
        else:
            yield _wanted(found, name, values), f"{start} {name}={values[0]}"
    for fact in found.person.facts:
        asks = {*deck.asks}
        chosen = choice_of(fact, found.person.known.get(fact.id, ""))
        others = [choice.id for choice in fact.choices if not {*choice.never} & asks]
        if chosen is not None and {*chosen.never} & asks and others:
            yield f"You said {fact.id}={chosen.id}.", f"{start} {fact.id}={others[0]}"


def _wanted(found: Resolved, name: str, values: tuple[str, ...]) -> str:
    """Say what must be known, in the words in which it is asked."""
    facts = found.person.facts
    said = {known: value for known, value in found.person.known.items() if known != name}
    asked = next((question(fact, facts, said) for fact in facts if fact.id == name), None)
    says = [choice.say for choice in asked.choices if choice.id in values] if asked else []
    if asked is None or not says:
        return f"It needs {name}={' or '.join(values)}."
    return f'It opens once the answer to "{asked.ask}" is "{" or ".join(says)}".'


def _unmet(found: Resolved, programme: Programme) -> Iterator[Unmet]:
    gates = (Gate(when=programme.gate, asks=programme.gated), *programme.gates)
    held = [gate.when for gate in gates if {*gate.asks} & {*found.deck.asks}]
    known = {**found.last_picks, **found.known}
    for when in (found.deck.when, *held):
        yield from ((name, values) for name, values in when if known.get(name, "") not in values)
