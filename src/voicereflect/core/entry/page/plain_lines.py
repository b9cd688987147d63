"""Front matter as voicereflect writes it, read line by line; knows no YAML beyond that.

A line is a name with or without a value, or an item of a list. What stands below a name is
two spaces further in, or a list right below it. All else is left to the other readers (ADR 93).
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from voicereflect.core.entry.page.plain_yaml import NotPlainError

_LINE: Final = re.compile(
    r"( *)(- )?(?:([A-Za-z_][\w-]{0,99}):(?: (?=[^ ])|$))?"
    r"('(?:[^']|'')*'|\[\]|[^\W_][^:#]*(?:(?::(?=[^ ])|(?<=[^ ])#)[^:#]*)*(?<! )|)"
)
"""Spaces, a dash, a name, and a value: in single quotes, an empty list, or bare.

A bare one begins with a letter or digit and has no colon or `#` that means anything to YAML.
"""
_EMPTY_LIST: Final = "[]"
_QUOTE: Final = "'"
_INWARD: Final = 2
_REMEMBERED: Final = 4096
"""Lines: most stand in every entry."""


class _Line(NamedTuple):
    inward: int
    """How far in its name or its item stands."""
    is_item: bool
    name: str
    value: str
    """As it is written; empty where there is none."""


def load(text: str, value: Callable[[str], Any]) -> dict[str, Any]:
    """Read a text; `value` tells what a bare scalar means.

    Raises:
        NotPlainError: a line of it is of another kind.
    """
    reader = _HeadLines([_line(each) for each in text.removesuffix("\n").split("\n")], value)
    found = reader.mapping(0)
    if reader.at < len(reader.lines):
        raise NotPlainError
    return found


@lru_cache(maxsize=_REMEMBERED)
def _line(text: str) -> _Line:
    parts = _LINE.fullmatch(text)
    if parts is None or not text.isprintable():
        raise NotPlainError
    spaces, dash, name, written = parts.groups("")
    if dash and not name and not written:
        raise NotPlainError
    return _Line(len(spaces) + len(dash), bool(dash), name, written)


class _HeadLines:
    """Turns lines into values, from the first to the last."""

    def __init__(self, lines: Sequence[_Line], value: Callable[[str], Any]) -> None:
        self.lines = lines
        self.at = 0
        """The line that comes next."""
        self._value = value

    def mapping(self, depth: int) -> dict[str, Any]:
        """Read the names that stand so far in; a dash may stand before the first."""
        found: dict[str, Any] = {}
        while self.at < len(self.lines):
            inward, is_item, name, written = self.lines[self.at]
            if not name or inward != depth or (is_item and found):
                break
            key = self._value(name)
            if key in found:
                raise NotPlainError
            self.at += 1
            found[key] = self._scalar(written) if written else self._below(depth)
        return found

    def _below(self, depth: int) -> Any:
        """Read what belongs to a name without a value: a list, a mapping, or nothing."""
        if self.at < len(self.lines):
            inward, is_item, name, _ = self.lines[self.at]
            if inward == depth + _INWARD and is_item:
                return self._list(inward)
            if inward == depth + _INWARD and name:
                return self.mapping(inward)
        return self._value("")

    def _list(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while self.at < len(self.lines):
            inward, is_item, name, written = self.lines[self.at]
            if not is_item or inward != depth:
                break
            if name:
                found.append(self.mapping(depth))
            else:
                found.append(self._scalar(written))
                self.at += 1
        return found

    def _scalar(self, written: str) -> Any:
        if written[0] == _QUOTE:
            return written[1:-1].replace("''", _QUOTE)
        return [] if written == _EMPTY_LIST else self._value(written)
