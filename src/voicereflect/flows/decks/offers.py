"""The next thing to do, when a person asks for none in particular."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from voicereflect.core.decks.choosing import may_open
from voicereflect.core.decks.views import command_for
from voicereflect.flows.decks.programme import Programmes, Store
from voicereflect.flows.library.history import History
from voicereflect.ports import Decks

ORDINARY: Final = "everyday"


class Kind(StrEnum):
    """What is offered."""

    PENDING = "pending"
    """Answers wait for their text."""
    UNDECIDED = "undecided"
    """It is still to be chosen whether `entry` is kept."""
    PROGRAMME = "programme"
    DECK = "deck"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to do."""

    kind: Kind
    deck: str = ""
    title: str = ""
    minutes: int = 0
    programme: str = ""
    entry: str = ""
    command: str
    """What a person types for it."""
    blind: bool = False
    """What was said earlier is not read yet: nothing of it could be offered."""


def next_thing(
    programmes: Programmes, decks: Decks, history: History, store: Store, now: datetime
) -> Offer:
    """Choose one thing: what waits for its text, the programme's next deck, or ordinary days.

    Where many entries are not read yet, only ordinary days: reading them would take long.
    """
    seen = history.glance()
    if seen is None:
        return replace(_ordinary(programmes, decks, store), blind=True)
    if seen.waiting:
        return Offer(
            kind=Kind.PENDING, entry=seen.waiting, command="voicereflect transcribe --pending"
        )
    if seen.undecided:
        entry_id, title = seen.undecided
        return Offer(
            kind=Kind.UNDECIDED,
            title=title,
            entry=entry_id,
            command=f"voicereflect keep {entry_id.rpartition('-')[2]}",
        )
    for name in programmes.running():
        found = programmes.next(name, now)
        if found is not None:
            deck = decks.load(found.deck)
            return Offer(
                kind=Kind.PROGRAMME,
                deck=deck.name,
                title=deck.title,
                minutes=deck.minutes,
                programme=name,
                command=command_for(deck),
            )
    return _ordinary(programmes, decks, store)


def _ordinary(programmes: Programmes, decks: Decks, store: Store) -> Offer:
    person = programmes.person()
    never = store.read().never
    names = [ORDINARY, *decks.names()]
    light = (decks.load(name) for name in names if name in decks.names() and name not in never)
    deck = next(deck for deck in light if deck.depth == "light" and may_open(deck, person))
    return Offer(
        kind=Kind.DECK,
        deck=deck.name,
        title=deck.title,
        minutes=deck.minutes,
        command=command_for(deck),
    )
