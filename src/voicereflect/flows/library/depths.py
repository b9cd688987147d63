"""How heavy the deck of an entry is, where that deck is still there."""

from collections.abc import Callable
from functools import cache

from voicereflect.errors import DeckError
from voicereflect.ports import Decks


def depths_of(decks: Decks) -> Callable[[str], str | None]:
    """Make what tells a deck's depth by its name: None where it cannot be read; read once each."""

    @cache
    def depth(name: str) -> str | None:
        try:
            return decks.load(name).depth
        except DeckError:
            return None

    return depth
