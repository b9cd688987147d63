"""The next thing to do, when a person asks for none in particular."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from voicereflect.core.decks.choosing import may_open
from voicereflect.core.decks.views import command_for
from voicereflect.core.entry.ids import short
from voicereflect.core.programme.so_far import LIGHT
from voicereflect.flows.decks.programme import Programmes
from voicereflect.flows.decks.readable import readable
from voicereflect.flows.library.finding.history import History
from voicereflect.model import Deck
from voicereflect.ports.decks import Decks, PreferenceStore

ORDINARY: Final = "everyday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to do."""

    title: str = ""
    """Empty: answers wait for their text."""
    minutes: int = 0
    """How long it takes; 0: it is still to be chosen whether an entry is kept."""
    command: str
    """What a person types for it."""
    for_two: "Offer | None" = None
    """What can be done as well, once somebody else is there."""
    blind: bool = False
    """What was said earlier is not read yet: nothing of it could be offered."""

    @classmethod
    def of(cls, deck: Deck) -> Self:
        """Offer a deck."""
        return cls(title=deck.title, minutes=deck.minutes, command=command_for(deck))


def next_thing(
    programmes: Programmes, decks: Decks, history: History, store: PreferenceStore, now: datetime
) -> Offer:
    """Choose one thing: what waits for its text, the programme's next deck, or ordinary days.

    Where many entries are not read yet, only ordinary days: reading them would take long.
    """
    seen = history.glance()
    if seen is None:
        return replace(_ordinary(programmes, decks, store), blind=True)
    if seen.waiting:
        return Offer(command="voicereflect transcribe --pending")
    if seen.undecided is not None:
        keep = f"voicereflect keep {short(seen.undecided.entry)}"
        return Offer(title=seen.undecided.title, command=keep)
    for name in programmes.running():
        found = programmes.next(name, now)
        if found is not None:
            other = Offer.of(decks.load(found.for_two)) if found.for_two else None
            return replace(Offer.of(decks.load(found.deck)), for_two=other)
    return _ordinary(programmes, decks, store)


def _ordinary(programmes: Programmes, decks: Decks, store: PreferenceStore) -> Offer:
    person = programmes.person()
    never = store.read().never
    names = [name for name in (ORDINARY, *decks.names()) if name not in never]
    light = (deck for deck in readable(decks, names) if deck.depth == LIGHT)
    return next(Offer.of(deck) for deck in light if may_open(deck, person))
