"""Decks that can be read: a person's own broken one hinders no other."""

from collections.abc import Iterable, Iterator

from voicereflect.errors import DeckError
from voicereflect.model import Deck
from voicereflect.ports.decks import Decks


def deck_if_readable(decks: Decks, name: str) -> Deck | None:
    """Give a deck, if it is still there and can be read."""
    try:
        return decks.load(name)
    except DeckError:
        return None


def readable(decks: Decks, names: Iterable[str]) -> Iterator[Deck]:
    """Give them one by one, in this order; `decks list` tells what is wrong with the others."""
    there = set(decks.names())
    found = (deck_if_readable(decks, name) for name in names if name in there)
    yield from (deck for deck in found if deck is not None)
