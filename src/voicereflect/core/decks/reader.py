"""Takes typed values out of TOML tables and remembers what was wrong; knows no key's meaning."""

import difflib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from voicereflect.core.store import bounds
from voicereflect.core.store.toml_lines import KeyPath, line_of
from voicereflect.deck_model import When
from voicereflect.errors import DeckError

FORMAT: Final = 1
ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckProblem:
    """What is wrong in a file, where, and what to write instead."""

    line: int
    what: str
    instead: str


def loaded(text: str, file: str) -> dict[str, Any]:
    """Read TOML of our format.

    Raises:
        DeckError: it is not TOML, or made for a newer voicereflect.
    """
    try:
        table = bounds.toml(text)
    except ValueError as error:
        line, what = bounds.toml_problem(text, error)
        raise DeckError(
            f"{file}, line {line}: {what}",
            hint="Look for a missing quotation mark, comma or bracket on this line or just above.",
        ) from error
    given = table.get("format")
    if type(given) is int and given > FORMAT:
        raise DeckError(
            f"{file}, line {line_of(text, ('format',))}: "
            f"made for a newer voicereflect (format {given})",
            hint=f"Update voicereflect, or use a file with format = {FORMAT}.",
        )
    return table


def shown(value: object) -> str:
    """Show a value in an error, shortened: a line must stay a line."""
    text = f'"{" ".join(value.split())}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:36]} …"


class Reader:
    """Takes values out of a file's tables and remembers what was wrong with them.

    What is wrong yields an empty value, so that one look finds every problem.
    """

    def __init__(self, text: str, file: str) -> None:
        """`file` is what errors call it."""
        self._text = text
        self._file = file
        self._found: list[DeckProblem] = []
        self.mistyped: dict[KeyPath, set[str]] = {}
        """Per table, keys that a misspelt one was taken for: not reported as missing too."""

    @property
    def problems(self) -> tuple[DeckProblem, ...]:
        """What was found so far, in the file's order."""
        return tuple(sorted(self._found, key=lambda problem: problem.line))

    def add(self, path: KeyPath, what: str, instead: str) -> None:
        """Remember one problem."""
        self._found.append(DeckProblem(line=line_of(self._text, path), what=what, instead=instead))

    def settle(self) -> None:
        """Raise what was found, if anything was."""
        found = self.problems
        if not found:
            return
        what = "\n".join(f"{self._file}, line {each.line}: {each.what}" for each in found)
        if len(found) == 1:
            raise DeckError(what, hint=found[0].instead)
        hint = "\n".join(f"Line {each.line}: {each.instead}" for each in found)
        raise DeckError(what, hint=hint)

    def known_keys(
        self, table: dict[str, Any], path: KeyPath, known: tuple[str, ...], owner: str
    ) -> None:
        """Report keys that mean nothing, with the one that was probably meant."""
        missing = [key for key in known if key not in table]
        self.mistyped[path] = set()
        for key in table:
            if key in known:
                continue
            near = difflib.get_close_matches(key, missing, 1) or difflib.get_close_matches(
                key, known, 1
            )
            self.mistyped[path].update(near)
            instead = f'Write "{near[0]}".' if near else f"Remove it; {owner} has {_list(known)}."
            self.add((*path, key), f"{shown(key)} is not a key of {owner}", instead)

    def whole(self, table: dict[str, Any], key: str, path: KeyPath = (), *, least: int = 1) -> int:
        """Take a whole number from `least` up; 0 if it is none."""
        value = table.get(key)
        if type(value) is int and value >= least:
            return value
        instead = f"Write a whole number from {least} up, such as {key} = 1."
        if key in table:
            self.add((*path, key), f'"{key}" is {shown(value)}, not a count', instead)
        else:
            self._missing(path, key, instead)
        return 0

    def flag(self, table: dict[str, Any], key: str, path: KeyPath = ()) -> bool:
        """Take true or false; false if it is missing."""
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.add((*path, key), f'"{key}" is {shown(value)}', f"Write {key} = true.")
            return False
        return value

    def text(self, table: dict[str, Any], path: KeyPath, key: str) -> str:
        """Take a text that is not empty."""
        if key not in table:
            self._missing(path, key, f'Write {key} = "…".')
            return ""
        return self._plain(table[key], (*path, key), f'"{key}"', f'Write {key} = "…".')

    def one_of(
        self, table: dict[str, Any], path: KeyPath, key: str, values: tuple[str, ...]
    ) -> str:
        """Take a text that is one of a few."""
        text = self.text(table, path, key)
        if text and text not in values:
            instead = f"Write one of {', '.join(map(shown, values))}."
            self.add((*path, key), f'"{key}" is {shown(text)}', instead)
        return text

    def texts(self, table: dict[str, Any], path: KeyPath, key: str) -> tuple[str, ...]:
        """Take one or more texts, which are wordings of one thing."""
        instead = f'Write {key} = ["…"], with one wording or several.'
        given = table.get(key)
        if key not in table:
            self._missing(path, key, instead)
        elif not isinstance(given, list) or not given:
            self.add((*path, key), f'"{key}" is not a list of wordings', instead)
        else:
            return tuple(
                self._plain(item, (*path, key, number), f'a wording of "{key}"', instead)
                for number, item in enumerate(given)
            )
        return ()

    def names(self, table: dict[str, Any], key: str, path: KeyPath = ()) -> tuple[str, ...]:
        """Take one name or a list of names; none if the key is missing."""
        given = table.get(key, [])
        items = given if isinstance(given, list) else [given]
        instead = f'Write {key} = ["…"].'
        return tuple(
            self._plain(item, (*path, key, number), f'a name in "{key}"', instead)
            for number, item in enumerate(items)
        )

    def numbers(self, table: dict[str, Any], key: str) -> tuple[int, ...]:
        """Take a list of whole numbers; none if the key is missing."""
        given = table.get(key, [])
        if not isinstance(given, list) or any(type(item) is not int for item in given):
            self.add((key,), f'"{key}" is not a list of numbers', f"Write {key} = [1, 2].")
            return ()
        return tuple(given)

    def pairs(
        self, table: dict[str, Any], key: str, path: KeyPath = ()
    ) -> tuple[tuple[str, Any], ...]:
        """Take a table of names to whatever the caller checks; nothing if it is missing."""
        given = table.get(key, {})
        if not isinstance(given, dict):
            self.add((*path, key), f'"{key}" is not a table', f'Write {key} = {{ name = "…" }}.')
            return ()
        return tuple(given.items())

    def sayings(
        self, table: dict[str, Any], key: str, path: KeyPath = ()
    ) -> tuple[tuple[str, str], ...]:
        """Take a table of names to texts."""
        return tuple(
            (name, self._plain(item, (*path, key, name), f'"{name}"', f'Write {name} = "…".'))
            for name, item in self.pairs(table, key, path)
        )

    def when(self, table: dict[str, Any], path: KeyPath = (), key: str = "when") -> When:
        """Take conditions: a table of what must be known to the value or values that fit.

        The empty text fits what is not known.
        """
        return tuple(
            (name, self._values(given, (*path, key, name)))
            for name, given in self.pairs(table, key, path)
        )

    def _values(self, given: object, path: KeyPath) -> tuple[str, ...]:
        items = given if isinstance(given, list) else [given]
        if not items or not all(isinstance(item, str) for item in items):
            self.add(path, "a condition is not a text or a list of texts", 'Write "…" or ["…"].')
            return ()
        return tuple(items)

    def tables(self, table: dict[str, Any], key: str, path: KeyPath = ()) -> list[dict[str, Any]]:
        """Take repeated tables; none if the key is missing."""
        given = table.get(key, [])
        if isinstance(given, list) and all(isinstance(item, dict) for item in given):
            return given
        name = ".".join(str(part) for part in (*path, key) if isinstance(part, str))
        self.add((*path, key), f'"{key}" is not a table', f"Begin each with a line [[{name}]].")
        return []

    def _missing(self, path: KeyPath, key: str, instead: str) -> None:
        if key not in self.mistyped.get(path, ()):
            self.add(path, f'"{key}" is missing', instead)

    def _plain(self, value: object, path: KeyPath, owner: str, instead: str) -> str:
        plain = " ".join(value.split()) if isinstance(value, str) else ""
        if not plain:
            what = "is empty" if isinstance(value, str) else "is not a text"
            self.add(path, f"{owner} {what}", instead)
        elif any(unicodedata.category(letter) == "Cc" for letter in plain):
            self.add(path, f"{owner} holds a control character", "Remove it.")
        return plain


def _list(keys: tuple[str, ...]) -> str:
    return f"{', '.join(keys[:-1])} and {keys[-1]}"
