"""What a session leaves for the next one: choices, refusals, and decks it speaks of."""

from collections.abc import Sequence
from datetime import datetime

from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.entry.ids import day_of
from voicereflect.core.session.state import Refusal
from voicereflect.deck_model import Offered
from voicereflect.flows.decks.readable import readable
from voicereflect.flows.session.deciding import lasting
from voicereflect.ports.decks import Decks, PreferenceStore


def keep_refused(
    store: PreferenceStore, refused: Sequence[tuple[str, Refusal]], now: datetime
) -> None:
    """Keep what was refused for longer than a session and could not be kept in it."""
    for name, for_good in lasting(refused):
        if for_good:
            store.never(name)
        else:
            store.not_today(name, day_of(now))


def open_offers(offers: Sequence[Offered], decks: Decks, person: Person) -> tuple[str, ...]:
    """Lines that offer other decks, as far as they are open to the person."""
    there = {deck.name: deck for deck in readable(decks, (offer.deck for offer in offers))}
    return tuple(
        f"{offer.say[0]} voicereflect reflect {offer.deck}"
        for offer in offers
        if offer.deck in there and may_open(there[offer.deck], person)
    )
