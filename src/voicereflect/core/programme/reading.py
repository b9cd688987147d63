"""Programme files as text: an order of decks, and what must be known; knows no history."""

from typing import Final

from voicereflect.core.decks.file.reader import Reader, loaded
from voicereflect.core.decks.file.values import (
    CASES,
    FLAG,
    NAMES,
    SAYINGS,
    TEXT,
    WHEN,
    WORDINGS,
    Key,
    Table,
    identifier,
    repeated,
    whole,
)
from voicereflect.deck_model import Fact, FactChoice, Gate, Order, Programme

_CHOICE: Final = Table(
    name="a choice",
    keys={
        "id": Key(TEXT),
        "say": Key(TEXT),
        "never": Key(NAMES),
        "like": Key(TEXT),
        "gives": Key(SAYINGS),
        "when": Key(WHEN),
    },
    needed=("id", "say"),
)
_FACT: Final = Table(
    name="a fact",
    keys={
        "id": Key(identifier()),
        "ask": Key(TEXT),
        "anew": Key(FLAG),
        "when": Key(WHEN),
        "unknown": Key(TEXT),
        "choices": Key(repeated(_CHOICE, FactChoice)),
    },
    needed=("id",),
)
_GATE: Final = Table(name="a gate", keys={"when": Key(WHEN), "asks": Key(NAMES)}, needed=())
_ORDER: Final = Table(
    name="an order",
    keys={"when": Key(WHEN), "order": Key(WORDINGS), "chosen": Key(CASES)},
    needed=("order",),
)
_PROGRAMME: Final = Table(
    name="a programme",
    keys={
        "format": Key(whole()),
        "edition": Key(whole()),
        "title": Key(TEXT),
        "why": Key(TEXT),
        "order": Key(WORDINGS),
        "orders": Key(repeated(_ORDER, Order)),
        "afterwards": Key(NAMES),
        "steps": Key(TEXT),
        "side_doors": Key(NAMES),
        "facts": Key(repeated(_FACT, Fact)),
        "needs": Key(NAMES),
        "sets": Key(SAYINGS),
        "meanwhile": Key(TEXT),
        "before_heavy": Key(TEXT),
        "before": Key(WHEN),
        "instead": Key(SAYINGS),
        "gate": Key(WHEN),
        "gated": Key(NAMES),
        "gates": Key(repeated(_GATE, Gate)),
    },
    needed=("format", "edition", "title", "why", "order"),
)


def parse_programme(text: str, name: str, file: str = "") -> Programme:
    """Read a programme file's text; `name` is the file's stem, `file` what problems call it.

    Raises:
        DeckError: with every problem found, one a line, each with its place.
    """
    file = file or f"{name}.toml"
    table = loaded(text, file)
    reader = Reader(text, file)
    programme = Programme(name=name, **_PROGRAMME.file_fields(reader, table))
    reader.raise_problems()
    return programme
