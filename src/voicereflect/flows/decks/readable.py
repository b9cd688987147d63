"""Those of the named decks that can be read: a person's own broken one hinders no other."""

from collections.abc import Iterable, Iterator

from voicereflect.errors import DeckError
from voicereflect.model import Deck
from voicereflect.ports.decks import Decks


def readable(decks: Decks, names: Iterable[str]) -> Iterator[Deck]:
    """Give them one by one, in this order; `decks list` tells what is wrong with the others."""
    there = set(decks.names())
    for name in filter(there.__contains__, names):
        try:
            yield decks.load(name)
        except DeckError:
            continue
