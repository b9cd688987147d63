"""Programme files as text: an order of decks, and what must be known; knows no history."""

from typing import Any

from voicereflect.core.decks.reader import ID, Reader, loaded, shown
from voicereflect.core.store.toml_lines import KeyPath
from voicereflect.deck_model import Fact, FactChoice, Gate, Programme

_KEYS = (
    *("format", "edition", "title", "why", "order", "side_doors", "facts"),
    *("meanwhile", "before_heavy", "before", "instead", "gate", "gated", "gates"),
)


def parse_programme(text: str, name: str, file: str = "") -> Programme:
    """Read a programme file's text; `name` is the file's stem, `file` what problems call it.

    Raises:
        DeckError: with every problem found, one a line, each with its place.
    """
    file = file or f"{name}.toml"
    table = loaded(text, file)
    reader = Reader(text, file)
    reader.known_keys(table, (), _KEYS, "a programme")
    reader.whole(table, "format")
    programme = Programme(
        name=name,
        edition=reader.whole(table, "edition"),
        title=reader.text(table, (), "title"),
        why=reader.text(table, (), "why"),
        order=reader.texts(table, (), "order"),
        side_doors=reader.names(table, "side_doors"),
        facts=_read_facts(reader, table),
        meanwhile=reader.text(table, (), "meanwhile") if "meanwhile" in table else "",
        before_heavy=reader.text(table, (), "before_heavy") if "before_heavy" in table else "",
        before=reader.when(table, (), "before"),
        instead=reader.sayings(table, "instead"),
        gate=reader.when(table, (), "gate"),
        gated=reader.names(table, "gated"),
        gates=_read_gates(reader, table),
    )
    reader.settle()
    return programme


def _read_facts(reader: Reader, table: dict[str, Any]) -> tuple[Fact, ...]:
    facts = []
    for number, item in enumerate(reader.tables(table, "facts")):
        path: KeyPath = ("facts", number)
        reader.known_keys(item, path, ("id", "ask", "unknown", "choices"), "a fact")
        fact = Fact(
            id=reader.text(item, path, "id"),
            ask=reader.text(item, path, "ask"),
            unknown=reader.text(item, path, "unknown") if "unknown" in item else "",
            choices=_read_choices(reader, item, path),
        )
        if fact.id and not ID.fullmatch(fact.id):
            reader.add((*path, "id"), f"{shown(fact.id)} cannot be an id", "Use small letters.")
        facts.append(fact)
    return tuple(facts)


def _read_gates(reader: Reader, table: dict[str, Any]) -> tuple[Gate, ...]:
    gates = []
    for number, item in enumerate(reader.tables(table, "gates")):
        path: KeyPath = ("gates", number)
        reader.known_keys(item, path, ("when", "asks"), "a gate")
        gates.append(Gate(when=reader.when(item, path), asks=reader.names(item, "asks", path)))
    return tuple(gates)


def _read_choices(reader: Reader, table: dict[str, Any], path: KeyPath) -> tuple[FactChoice, ...]:
    choices = []
    for number, item in enumerate(reader.tables(table, "choices", path)):
        place = (*path, "choices", number)
        reader.known_keys(item, place, ("id", "say", "never", "like", "gives"), "a choice")
        choices.append(
            FactChoice(
                id=reader.text(item, place, "id"),
                say=reader.text(item, place, "say"),
                never=reader.names(item, "never", place),
                like=reader.text(item, place, "like") if "like" in item else "",
                gives=reader.sayings(item, "gives", place),
            )
        )
    return tuple(choices)
