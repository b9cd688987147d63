"""Deck files as text: what one may hold; knows neither folders nor what may be said aloud."""

from voicereflect.core.decks.parsing import CLOSING as CLOSING  # noqa: PLC0414 - passed on
from voicereflect.core.decks.parsing import DEPTHS as DEPTHS  # noqa: PLC0414 - passed on
from voicereflect.core.decks.parsing import read_deck
from voicereflect.core.decks.reader import FORMAT as FORMAT  # noqa: PLC0414 - passed on
from voicereflect.core.decks.reader import Reader, loaded
from voicereflect.core.decks.strings import spoken_strings as spoken_strings  # noqa: PLC0414 - passed on
from voicereflect.deck_model import HEAVY as HEAVY  # noqa: PLC0414 - passed on
from voicereflect.model import Deck


def parse(text: str, name: str, file: str = "") -> Deck:
    """Read a deck file's text; `name` is the file's stem, `file` what problems call it.

    Line breaks and runs of spaces inside a text become single spaces.

    Raises:
        DeckError: with every problem found, one a line, each with its place.
    """
    file = file or f"{name}.toml"
    table = loaded(text, file)
    reader = Reader(text, file)
    deck = read_deck(reader, table, name)
    reader.settle()
    return deck
