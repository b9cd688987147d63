"""Deck files as text: what one may hold; knows neither folders nor what may be said aloud."""

import difflib
import re
import tomllib
import unicodedata
from typing import Any, Final

from voicereflect.core.toml_lines import KeyPath, line_of
from voicereflect.errors import DeckError
from voicereflect.model import Deck, Prompt

FORMAT: Final = 1
DEPTHS: Final = ("light", "middle", "heavy")
CLOSING: Final = "closing"
"""What the answer to a closing is filed under, as if it were a prompt's id."""

_DECK_KEYS = (
    *("format", "edition", "title", "why", "minutes", "depth"),
    *("opening", "closing", "prompts"),
)
_PROMPT_KEYS = ("id", "words", "gentler")
_TAKEN_IDS = ("opening", CLOSING)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)")
_END = " (at end of document)"


def parse(text: str, name: str) -> Deck:
    """Read a deck file's text; `name` is the file's stem.

    Line breaks and runs of spaces inside a text become single spaces.

    Raises:
        DeckError: with every problem found, one a line, each with its place.
    """
    file = f"{name}.toml"
    table = _loaded(text, file)
    _refuse_newer(table, text, file)
    reader = _Reader(text, file)
    deck = _read_deck(reader, table, name)
    reader.settle()
    return deck


def wording(words: tuple[str, ...], times_asked: int) -> str:
    """Choose the wording whose turn it is."""
    return words[times_asked % len(words)]


def spoken_strings(deck: Deck) -> tuple[str, ...]:
    """Give everything a deck can say aloud, in the file's order."""
    asked = (text for prompt in deck.prompts for text in (*prompt.words, prompt.gentler) if text)
    return (*deck.opening, *deck.closing, *asked)


def _loaded(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place[1]) if place else text.rstrip().count("\n") + 1
        what = _PLACE.sub("", said).removesuffix(_END)
        raise DeckError(
            f"{file}, line {line}: this is not TOML: {what}",
            hint="Look for a missing quotation mark, comma or bracket on this line or just above.",
        ) from error


def _refuse_newer(table: dict[str, Any], text: str, file: str) -> None:
    given = table.get("format")
    if type(given) is int and given > FORMAT:
        raise DeckError(
            f"{file}, line {line_of(text, ('format',))}: "
            f"made for a newer voicereflect (format {given})",
            hint=f"Update voicereflect, or use a deck with format = {FORMAT}.",
        )


def _read_deck(reader: "_Reader", table: dict[str, Any], name: str) -> Deck:
    reader.known_keys(table, (), _DECK_KEYS, "a deck")
    reader.whole(table, "format")
    return Deck(
        name=name,
        edition=reader.whole(table, "edition"),
        title=reader.text(table, (), "title"),
        why=reader.text(table, (), "why"),
        minutes=reader.whole(table, "minutes"),
        depth=_read_depth(reader, table),
        opening=reader.texts(table, (), "opening"),
        prompts=_read_prompts(reader, table),
        closing=reader.texts(table, (), "closing"),
    )


def _read_depth(reader: "_Reader", table: dict[str, Any]) -> str:
    depth = reader.text(table, (), "depth")
    if depth and depth not in DEPTHS:
        instead = f"Write one of {', '.join(map(_shown, DEPTHS))}."
        reader.add(("depth",), f'"depth" is {_shown(depth)}', instead)
    return depth


def _read_prompts(reader: "_Reader", table: dict[str, Any]) -> tuple[Prompt, ...]:
    given = table.get("prompts")
    if not (isinstance(given, list) and given and all(isinstance(item, dict) for item in given)):
        if "prompts" not in reader.mistyped[()]:
            what = "there are no prompts" if given in (None, []) else "these are not prompts"
            reader.add(("prompts",), what, "Begin each prompt with a line [[prompts]].")
        return ()
    prompts = tuple(_read_prompt(reader, item, number) for number, item in enumerate(given))
    _refuse_twins(reader, prompts)
    return prompts


def _read_prompt(reader: "_Reader", table: dict[str, Any], number: int) -> Prompt:
    path = ("prompts", number)
    reader.known_keys(table, path, _PROMPT_KEYS, "a prompt")
    prompt = Prompt(
        id=reader.text(table, path, "id"),
        words=reader.texts(table, path, "words"),
        gentler=reader.text(table, path, "gentler") if "gentler" in table else "",
    )
    if prompt.id in _TAKEN_IDS:
        instead = "Choose another id; this one belongs to the deck itself."
        reader.add((*path, "id"), f'"{prompt.id}" cannot be a prompt\'s id', instead)
    elif prompt.id and not _ID.fullmatch(prompt.id):
        instead = "Use small letters a to z, digits and single hyphens, as in first-years."
        reader.add((*path, "id"), f"{_shown(prompt.id)} cannot be an id", instead)
    return prompt


def _refuse_twins(reader: "_Reader", prompts: tuple[Prompt, ...]) -> None:
    seen: set[str] = set()
    for number, prompt in enumerate(prompts):
        if prompt.id in seen:
            what = f"a second prompt has the id {_shown(prompt.id)}"
            reader.add(("prompts", number, "id"), what, "Give each prompt an id of its own.")
        seen.add(prompt.id or " ")


def _shown(value: object) -> str:
    """Show a value in an error, shortened: a line must stay a line."""
    shown = f'"{" ".join(value.split())}"' if isinstance(value, str) else str(value)
    return shown if len(shown) <= 40 else f"{shown[:36]} …"


class _Reader:
    """Takes values out of a deck's tables and remembers what was wrong with them.

    What is wrong yields an empty value, so that one look finds every problem.
    """

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._found: list[tuple[int, str, str]] = []
        self.mistyped: dict[KeyPath, set[str]] = {}
        """Per table, keys that a misspelt one was taken for: not reported as missing too."""

    def add(self, path: KeyPath, what: str, instead: str) -> None:
        """Remember one problem."""
        self._found.append((line_of(self._text, path), what, instead))

    def settle(self) -> None:
        """Raise what was found, if anything was."""
        if not self._found:
            return
        found = sorted(self._found, key=lambda problem: problem[0])
        what = "\n".join(f"{self._file}, line {line}: {said}" for line, said, _ in found)
        if len(found) == 1:
            raise DeckError(what, hint=found[0][2])
        raise DeckError(what, hint="\n".join(f"Line {line}: {do}" for line, _, do in found))

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
            self.add((*path, key), f"{_shown(key)} is not a key of {owner}", instead)

    def whole(self, table: dict[str, Any], key: str) -> int:
        """Take a whole number of the deck from 1 up; 0 if it is none."""
        value = table.get(key)
        if type(value) is int and value >= 1:
            return value
        instead = f"Write a whole number from 1 up, such as {key} = 1."
        if key in table:
            self.add((key,), f'"{key}" is {_shown(value)}, not a count', instead)
        else:
            self._missing((), key, instead)
        return 0

    def text(self, table: dict[str, Any], path: KeyPath, key: str) -> str:
        """Take a text that is not empty."""
        if key not in table:
            self._missing(path, key, f'Write {key} = "…".')
            return ""
        return self._plain(table[key], (*path, key), f'"{key}"', f'Write {key} = "…".')

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

    def _missing(self, path: KeyPath, key: str, instead: str) -> None:
        if key not in self.mistyped[path]:
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
