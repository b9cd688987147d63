"""TOML of our format, and what is wrong in it, each with its line; knows no key's meaning."""

import difflib
import re
from dataclasses import dataclass
from typing import Any, Final

from voicereflect.core.store import bounds
from voicereflect.core.store.toml_lines import KeyPath, line_of
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
    """Remembers what is wrong in a file, so that one look finds every problem."""

    def __init__(self, text: str, file: str) -> None:
        """`file` is what errors call it."""
        self._text = text
        self._file = file
        self._found: list[DeckProblem] = []
        self._mistyped: dict[KeyPath, set[str]] = {}
        """Per table, keys that a misspelt one was taken for: not reported as missing too."""

    @property
    def problems(self) -> tuple[DeckProblem, ...]:
        """What was found so far, in the file's order."""
        return tuple(sorted(self._found, key=lambda problem: problem.line))

    def add(self, path: KeyPath, what: str, instead: str) -> None:
        """Remember one problem."""
        self._found.append(DeckProblem(line=line_of(self._text, path), what=what, instead=instead))

    def raise_problems(self) -> None:
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
        self._mistyped[path] = set()
        for key in table:
            if key in known:
                continue
            near = difflib.get_close_matches(key, missing, 1) or difflib.get_close_matches(
                key, known, 1
            )
            self._mistyped[path].update(near)
            instead = f'Write "{near[0]}".' if near else f"Remove it; {owner} has {_list(known)}."
            self.add((*path, key), f"{shown(key)} is not a key of {owner}", instead)

    def missing(self, path: KeyPath, instead: str) -> None:
        """Report a key that is needed, unless it was misspelt."""
        if path[-1] not in self._mistyped[path[:-1]]:
            self.add(path[:-1], f'"{path[-1]}" is missing', instead)

    def wrong(self, path: KeyPath, given: object, what: str, instead: str) -> None:
        """Report a key whose value is wrong, or not there at all (None)."""
        if given is None:
            self.missing(path, instead)
        else:
            self.add(path, what, instead)


def _list(keys: tuple[str, ...]) -> str:
    return f"{', '.join(keys[:-1])} and {keys[-1]}"
