"""On which line of a TOML text things are; knows the syntax, and no meaning of any key.

The standard parser gives values without places. This reads only as much as is
needed to find the line of a key, a table or an array's item.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from voicereflect.core.store import bounds

KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5}
        | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<newline>\n)
    | (?P<space>[ \t\r]+)
    | (?P<mark>[\[\]{},=])
    | (?P<bare>[^\s\[\]{},=\#"']+ | .)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


@dataclass(slots=True)
class _Places:
    """The lines found so far, and the table that keys are read into."""

    lines: dict[KeyPath, int] = field(default_factory=dict)
    tables: dict[KeyPath, int] = field(default_factory=dict)
    """How many `[[name]]` tables were opened, by path."""
    table: KeyPath = ()

    def put(self, path: KeyPath, line: int) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)

    def open_table(self, names: list[str], line: int, *, repeated: bool) -> None:
        path: KeyPath = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if repeated and place == len(names) - 1:
                self.tables[path] = self.tables.get(path, 0) + 1
            if path in self.tables:
                path = (*path, self.tables[path] - 1)
        self.put(path, line)
        self.table = path


def line_of(text: str, path: KeyPath) -> int:
    """Give the 1-based line of `path`, or of the nearest thing around it that has one.

    `("prompts", 2, "words")` is a key of the third `[[prompts]]`, `("words", 1)`
    the second item of an array; what stands nowhere is on line 1.
    """
    lines = lines_of(text)
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def lines_of(text: str) -> dict[KeyPath, int]:
    """Give the line of every table, key and array item; nothing inside inline tables."""
    places = _Places()
    for statement in _statements(text):
        if statement[0].text == "[":
            _read_header(places, statement)
        else:
            _read_pair(places, statement)
    return places.lines


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        yield _Token(match.lastgroup or "", match.group(), line)
        line += match.group().count("\n")


def _statements(text: str) -> Iterator[list[_Token]]:
    """Cut at line ends outside brackets; spaces and comments are left out."""
    statement: list[_Token] = []
    depth = 0
    for token in _tokens(text):
        if token.kind == "mark":
            depth += (token.text in "[{") - (token.text in "]}")
        if token.kind == "newline" and depth <= 0:
            if statement:
                yield statement
            statement, depth = [], 0
        elif token.kind in {"text", "mark", "bare"}:
            statement.append(token)
    if statement:
        yield statement


def _read_header(places: _Places, statement: list[_Token]) -> None:
    inner = [token.text for token in statement if token.text not in "[]"]
    names = _names("".join(inner))
    if names:
        repeated = len(statement) > 1 and statement[1].text == "["
        places.open_table(names, statement[0].line, repeated=repeated)


def _read_pair(places: _Places, statement: list[_Token]) -> None:
    equals = next((at for at, token in enumerate(statement) if token.text == "="), None)
    if equals is None:
        return
    names = _names("".join(token.text for token in statement[:equals]))
    if names:
        path = (*places.table, *names)
        places.put(path, statement[0].line)
        _read_items(places, path, statement[equals + 1 :])


def _read_items(places: _Places, path: KeyPath, value: list[_Token]) -> None:
    """Note where each item of the value's arrays begins."""
    inside: list[int | None] = []  # an array's running item, or None for an inline table
    for token in value:
        if token.text in "]}" and inside:
            inside.pop()
            continue
        if token.text == ",":
            if inside and inside[-1] is not None:
                inside[-1] += 1
            continue
        places.put((*path, *_indices(inside)), token.line)
        if token.text in "[{":
            inside.append(0 if token.text == "[" else None)


def _indices(inside: list[int | None]) -> Iterator[int]:
    for item in inside:
        if item is None:
            return
        yield item


def _names(key: str) -> list[str]:
    """Split a dotted key by letting the standard parser read it; nothing if it cannot."""
    try:
        table: object = bounds.toml(f"{key} = 0")
    except ValueError:
        return []
    names = []
    while isinstance(table, dict) and len(table) == 1:
        name, table = next(iter(table.items()))
        names.append(name)
    return names
