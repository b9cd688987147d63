"""The kinds of value that deck files are made of: how each is read, and what a schema says of it.

A value that is wrong is reported and read as an empty one, so that one look finds every problem.
A value that is needed and not there is read as well: as None, which TOML cannot hold.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from voicereflect.core.decks.file.reader import ID, Reader, shown
from voicereflect.core.store.toml_lines import KeyPath
from voicereflect.deck_model import When

_SCHEMA_OF_TEXT: Final = {"type": "string", "minLength": 1}
_SCHEMA_OF_TEXTS: Final = {"type": "array", "items": _SCHEMA_OF_TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of value."""

    read: Callable[[Reader, Any, KeyPath], Any]
    """Takes what stands under a key, and the path to it."""
    schema: Mapping[str, Any]
    """The same as JSON Schema."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table, and the row about it in docs/decks.md."""

    kind: Kind
    takes: str = ""
    means: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)
    """What an editor says beyond the kind; `decks check` looks at it, reading does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A kind of table, by its keys."""

    name: str
    keys: Mapping[str, Key]
    needed: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    """Needed keys that may be left out where another one is there."""

    @property
    def word(self) -> str:
        """Its name without an article, as a schema calls it."""
        return self.name.split()[-1]

    def fields(self, reader: Reader, table: dict[str, Any], path: KeyPath = ()) -> dict[str, Any]:
        """Read the keys that are there or needed; the others keep the defaults of their value."""
        reader.known_keys(table, path, tuple(self.keys), self.name)
        needed = [key for key in self.needed if not table.get(self.stand_ins.get(key, ""))]
        return {
            name: key.kind.read(reader, table.get(name), (*path, name))
            for name, key in self.keys.items()
            if name in table or name in needed
        }

    def file_fields(self, reader: Reader, table: dict[str, Any]) -> dict[str, Any]:
        """Read a whole file's keys, without its format."""
        fields = self.fields(reader, table)
        return {name: value for name, value in fields.items() if name != "format"}


def repeated(table: Table, make: Callable[..., Any], *, least: int = 0) -> Kind:
    """Repeated tables, `[[key]]`, each made into a value."""

    def read(reader: Reader, given: Any, path: KeyPath) -> tuple[Any, ...]:
        name = ".".join(part for part in path if isinstance(part, str))
        instead = f"Begin each with a line [[{name}]]."
        if given is None:
            reader.missing(path, instead)
        elif not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            reader.add(path, f'"{path[-1]}" is not a table', instead)
        elif len(given) < least:
            reader.add(path, f'"{path[-1]}" is empty', instead)
        else:
            return tuple(
                make(**table.fields(reader, item, (*path, number)))
                for number, item in enumerate(given)
            )
        return ()

    schema = {"type": "array", "items": {"$ref": f"#/$defs/{table.word}"}}
    return Kind(read=read, schema={**schema, "minItems": least} if least else schema)


def whole(least: int = 1) -> Kind:
    """A whole number from `least` up; 0 if it is none."""

    def read(reader: Reader, given: Any, path: KeyPath) -> int:
        if type(given) is int and given >= least:
            return given
        instead = f"Write a whole number from {least} up, such as {path[-1]} = 1."
        reader.wrong(path, given, f'"{path[-1]}" is {shown(given)}, not a count', instead)
        return 0

    return Kind(read=read, schema={"type": "integer", "minimum": least})


def one_of(*values: str) -> Kind:
    """A text that is one of a few."""

    def read(reader: Reader, given: Any, path: KeyPath) -> str:
        text = _text(reader, given, path)
        if text and text not in values:
            instead = f"Write one of {', '.join(map(shown, values))}."
            reader.add(path, f'"{path[-1]}" is {shown(text)}', instead)
        return text

    return Kind(read=read, schema={"enum": list(values)})


def identifier(*taken: str) -> Kind:
    """What something is filed under; `taken` cannot be used."""

    def read(reader: Reader, given: Any, path: KeyPath) -> str:
        text = _text(reader, given, path)
        if text in taken:
            instead = "Choose another id; this one belongs to the deck itself."
            reader.add(path, f"{shown(text)} cannot be a prompt's id", instead)
        elif text and not ID.fullmatch(text):
            instead = "Use small letters a to z, digits and single hyphens, as in first-years."
            reader.add(path, f"{shown(text)} cannot be an id", instead)
        return text

    schema = {"type": "string", "pattern": f"^{ID.pattern}$", "not": {"enum": list(taken)}}
    return Kind(read=read, schema=schema)


def _text(reader: Reader, given: Any, path: KeyPath) -> str:
    instead = f'Write {path[-1]} = "…".'
    if given is None:
        reader.missing(path, instead)
        return ""
    return _plain(reader, given, path, f'"{path[-1]}"', instead)


def _flag(reader: Reader, given: Any, path: KeyPath) -> bool:
    if not isinstance(given, bool):
        reader.add(path, f'"{path[-1]}" is {shown(given)}', f"Write {path[-1]} = true.")
    return given is True


def _wordings(reader: Reader, given: Any, path: KeyPath) -> tuple[str, ...]:
    key, instead = path[-1], f'Write {path[-1]} = ["…"], with one wording or several.'
    if isinstance(given, list) and given:
        return tuple(_each(reader, given, path, f'a wording of "{key}"', instead))
    reader.wrong(path, given, f'"{key}" is not a list of wordings', instead)
    return ()


def _names(reader: Reader, given: Any, path: KeyPath) -> tuple[str, ...]:
    items = given if isinstance(given, list) else [given]
    return tuple(
        _each(reader, items, path, f'a name in "{path[-1]}"', f'Write {path[-1]} = ["…"].')
    )


def _numbers(reader: Reader, given: Any, path: KeyPath) -> tuple[int, ...]:
    if isinstance(given, list) and all(type(item) is int for item in given):
        return tuple(given)
    reader.add(path, f'"{path[-1]}" is not a list of numbers', f"Write {path[-1]} = [1, 2].")
    return ()


def _sayings(reader: Reader, given: Any, path: KeyPath) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, _plain(reader, item, (*path, name), f'"{name}"', f'Write {name} = "…".'))
        for name, item in _items(reader, given, path)
    )


def _days(reader: Reader, given: Any, path: KeyPath) -> tuple[tuple[str, int], ...]:
    right = []
    for name, days in _items(reader, given, path):
        if type(days) is int and days >= 1:
            right.append((name, days))
            continue
        instead = f"Write a number of days, such as {path[-1]} = {{ {name} = 28 }}."
        reader.add((*path, name), f'"{name}" is {shown(days)}', instead)
    return tuple(right)


def _when(reader: Reader, given: Any, path: KeyPath) -> When:
    conditions = []
    for name, value in _items(reader, given, path):
        values = value if isinstance(value, list) else [value]
        if not values or not all(isinstance(item, str) for item in values):
            what, values = "a condition is not a text or a list of texts", []
            reader.add((*path, name), what, 'Write "…" or ["…"].')
        conditions.append((name, tuple(values)))
    return tuple(conditions)


def _cases(reader: Reader, given: Any, path: KeyPath) -> tuple[tuple[str, When], ...]:
    return tuple(
        (name, _when(reader, item, (*path, name))) for name, item in _items(reader, given, path)
    )


def _condition(reader: Reader, given: Any, path: KeyPath) -> When:
    if not given:
        instead = 'Write when = { name = "value" }.'
        reader.add(path[:-1], "this variant has no condition", instead)
        return ()
    return _when(reader, given, path)


def _items(reader: Reader, given: Any, path: KeyPath) -> Iterator[tuple[str, Any]]:
    """Give what a table of names holds; nothing of what is no table."""
    if isinstance(given, dict):
        yield from given.items()
    else:
        key = path[-1]
        reader.add(path, f'"{key}" is not a table', f'Write {key} = {{ name = "…" }}.')


def _each(
    reader: Reader, items: list[Any], path: KeyPath, owner: str, instead: str
) -> Iterator[str]:
    for number, item in enumerate(items):
        yield _plain(reader, item, (*path, number), owner, instead)


def _plain(reader: Reader, value: Any, path: KeyPath, owner: str, instead: str) -> str:
    """Give a text with single spaces in place of line breaks and runs of spaces."""
    plain = " ".join(value.split()) if isinstance(value, str) else ""
    if not plain:
        what = "is empty" if isinstance(value, str) else "is not a text"
        reader.add(path, f"{owner} {what}", instead)
    elif any(unicodedata.category(letter) == "Cc" for letter in plain):
        reader.add(path, f"{owner} holds a control character", "Remove it.")
    return plain


TEXT: Final = Kind(read=_text, schema=_SCHEMA_OF_TEXT)
FLAG: Final = Kind(read=_flag, schema={"type": "boolean"})
WORDINGS: Final = Kind(read=_wordings, schema={**_SCHEMA_OF_TEXTS, "minItems": 1})
"""One text or several, which say the same in other words."""
NAMES: Final = Kind(read=_names, schema={"anyOf": [_SCHEMA_OF_TEXT, _SCHEMA_OF_TEXTS]})
"""One name, or a list of names."""
NUMBERS: Final = Kind(read=_numbers, schema={"type": "array", "items": {"type": "integer"}})
SAYINGS: Final = Kind(
    read=_sayings, schema={"type": "object", "additionalProperties": _SCHEMA_OF_TEXT}
)
"""A table of names to texts."""
DAYS: Final = Kind(
    read=_days,
    schema={"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
)
"""A table of names to whole numbers of days."""
WHEN: Final = Kind(
    read=_when,
    schema={
        "type": "object",
        "additionalProperties": {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
            ]
        },
    },
)
"""Conditions: what must be known, and the value or values that fit; the empty text fits what
is not known."""
CASES: Final = Kind(read=_cases, schema={"type": "object", "additionalProperties": WHEN.schema})
"""A table of names to conditions."""
CONDITION: Final = Kind(read=_condition, schema={**WHEN.schema, "minProperties": 1})
"""Conditions, at least one."""
