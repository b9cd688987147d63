"""The next thing to do, when a person asks for none in particular."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from voicereflect.core.decks.choosing import may_open
from voicereflect.core.decks.views import command_for
from voicereflect.core.entry.decisions import is_undecided
from voicereflect.flows.decks.programme import Programmes, Store
from voicereflect.flows.library.showing import Shelf
from voicereflect.model import AnswerState, Entry
from voicereflect.ports import Decks

ORDINARY: Final = "everyday"


class Kind(StrEnum):
    """What is offered."""

    CONTINUE = "continue"
    """A sitting left unfinished; `entry` names it."""
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


def next_thing(
    programmes: Programmes, decks: Decks, shelf: Shelf, store: Store, now: datetime
) -> Offer:
    """Choose one thing: what waits for its text, the programme's next deck, or ordinary days."""
    waiting = _waiting(shelf)
    if waiting:
        return Offer(
            kind=Kind.PENDING, entry=waiting.id, command="voicereflect transcribe --pending"
        )
    open_one = _undecided(shelf)
    if open_one:
        return Offer(
            kind=Kind.UNDECIDED,
            title=open_one.title,
            entry=open_one.id,
            command=f"voicereflect keep {open_one.id.rpartition('-')[2]}",
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


def _waiting(shelf: Shelf) -> Entry | None:
    for entry in shelf.load_all():
        if isinstance(entry, Entry) and any(
            answer.state is AnswerState.PENDING for answer in entry.answers
        ):
            return entry
    return None


def _undecided(shelf: Shelf) -> Entry | None:
    for entry in shelf.load_all():
        if isinstance(entry, Entry) and is_undecided(entry):
            return entry
    return None
