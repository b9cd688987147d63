"""Deck files as text to decks as values; knows no limits for the ear."""

from typing import Any

from voicereflect.core.decks.file.keys import DECK
from voicereflect.core.decks.file.reader import Reader, loaded, shown
from voicereflect.core.decks.file.strings import placed_prompts
from voicereflect.core.decks.rotation import GATHER, GATHER_GENTLY, GATHERING
from voicereflect.model import Deck, Prompt


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
    reader.raise_problems()
    return deck


def read_deck(reader: Reader, table: dict[str, Any], name: str) -> Deck:
    """Read a whole deck; what is wrong is in the reader afterwards."""
    fields = DECK.file_fields(reader, table)
    if fields.get("gather"):
        fields["prompts"] = (*fields.get("prompts", ()), _gathering(fields))
    deck = Deck(name=name, **fields)
    seen: set[str] = set()
    for path, prompt in placed_prompts(deck):
        if prompt.id in seen:
            what = f"a second prompt has the id {shown(prompt.id)}"
            reader.add((*path, "id"), what, "Give each prompt an id of its own.")
        seen.add(prompt.id or " ")
    return deck


def _gathering(fields: dict[str, Any]) -> Prompt:
    """The question before the closing; part of every sitting where there are parts."""
    always = bool(fields.get("parts"))
    return Prompt(id=GATHERING, words=GATHER, gentler=GATHER_GENTLY, always=always)
