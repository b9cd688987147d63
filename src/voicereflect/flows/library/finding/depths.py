"""How heavy the deck of an entry is, where that deck is still there."""

from collections.abc import Callable
from functools import cache

from voicereflect.errors import DeckError
from voicereflect.ports.decks import Decks


def depths_of(decks: Decks) -> Callable[[str], str | None]:
    """Map a deck's name to its depth, None if it cannot be read; reads each deck once."""

    @cache
    def depth(name: str) -> str | None:
        try:
            return decks.load(name).depth
        except DeckError:
            return None

    return depth
