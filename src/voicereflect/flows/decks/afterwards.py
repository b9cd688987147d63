"""What a session leaves for the next one: choices, refusals, and decks it speaks of."""

from collections.abc import Sequence
from datetime import datetime

from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.decks.file.reading import CLOSING
from voicereflect.core.entry.ids import day_of
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.core.session.state import Refusal
from voicereflect.deck_model import Offered
from voicereflect.flows.decks.readable import readable
from voicereflect.ports.decks import Decks, PreferenceStore


def keep_refused(
    store: PreferenceStore, refused: Sequence[tuple[str, Refusal]], now: datetime
) -> None:
    """Keep what was refused for longer than a session: a prompt for good, a deck for today."""
    for name, for_good in lasting(refused):
        if for_good:
            store.never(name)
        else:
            store.not_today(name, day_of(now))


def keep_open(store: PreferenceStore, prompts: Sequence[str], now: datetime) -> None:
    """Let no older choice stand for one that was put again and left open."""
    if not prompts:  # a vault that is locked need not be read for that
        return
    picked = {pick.prompt: pick.choice for pick in store.read().picks}
    for prompt in prompts:
        if picked.get(prompt):
            store.picked(PickedChoice(prompt=prompt, choice="", day=day_of(now)))


def lasting(refused: Sequence[tuple[str, Refusal]]) -> tuple[tuple[str, bool], ...]:
    """Name what was refused for longer than a session: prompts for good, decks for today.

    Neither a closing nor free talk is a prompt that could come back.
    """
    found = []
    for prompt, refusal in refused:
        deck, _, name = prompt.partition("/")
        if name == CLOSING or deck == "talk":
            continue
        if refusal is Refusal.NEVER:
            found.append((prompt, True))
        elif refusal is Refusal.NOT_TODAY:
            found.append((deck, False))
    return tuple(found)


def open_offers(offers: Sequence[Offered], decks: Decks, person: Person) -> tuple[str, ...]:
    """Lines that offer other decks, of those that are open to the person."""
    there = {deck.name: deck for deck in readable(decks, (offer.deck for offer in offers))}
    return tuple(
        f"{offer.say[0]} voicereflect reflect {offer.deck}"
        for offer in offers
        if offer.deck in there and may_open(there[offer.deck], person)
    )
