"""What a person said about decks, in `programme.toml`; keeps comments and order of the file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final, cast

import tomlkit
from tomlkit.items import AoT, Table

from voicereflect.adapters.toml_edit import edited
from voicereflect.core.programme.preferences import Preferences
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.core.store import bounds
from voicereflect.core.store.toml_lines import line_of
from voicereflect.errors import EntryUnreadable
from voicereflect.ports.vault import VaultTexts

NAME: Final = "programme.toml"
FORMAT: Final = 1
_HEAD = """\
# What you said about decks and steps. Remove a line to take it back.
format = 1
"""


class ProgrammeFile:
    """Reads and changes the file; each change is one save."""

    def __init__(self, pages: VaultTexts, *, put_aside: Callable[[], None] = lambda: None) -> None:
        """Nothing is read yet; `put_aside` is told before something is refused for good."""
        self._pages = pages
        self._put_aside = put_aside

    def read(self) -> Preferences:
        text = self._pages.page(NAME)
        table = _loaded(text)
        return Preferences(
            known={str(name): str(value) for name, value in _table(table, "known", text).items()},
            started=_days(table, "started", text),
            never=_names(table, "never", text),
            not_today=_days(table, "not_today", text),
            picks=tuple(_picks(table, text)),
            settled=_names(table, "settled", text),
            told=_names(table, "told", text),
        )

    def know(self, fact: str, value: str) -> None:
        self._change(lambda document: _put(document, "known", fact, value or None))

    def start(self, programme: str, day: date) -> None:
        self._change(lambda document: _put(document, "started", programme, day))

    def stop(self, programme: str) -> None:
        self._change(lambda document: _put(document, "started", programme, None))

    def never(self, name: str) -> None:
        self._put_aside()
        self._change(lambda document: _add(document, "never", name))

    def not_today(self, deck: str, day: date) -> None:
        self._change(lambda document: _put(document, "not_today", deck, day))

    def allow(self, name: str) -> None:
        def change(document: tomlkit.TOMLDocument) -> None:
            _put(document, "not_today", name, None)
            _drop(document, "never", name)

        self._change(change)

    def picked(self, pick: PickedChoice) -> None:
        def change(document: tomlkit.TOMLDocument) -> None:
            if "picks" not in document:
                document.append("picks", tomlkit.aot())
            item = tomlkit.table()
            item.update({"prompt": pick.prompt, "choice": pick.choice, "on": pick.day})
            cast("Any", document["picks"]).append(item)

        self._change(change)

    def unpick(self, prompt: str) -> None:
        def change(document: tomlkit.TOMLDocument) -> None:
            picks = cast("list[dict[str, Any]]", document.get("picks", []))
            for number in range(len(picks) - 1, -1, -1):
                if picks[number].get("prompt") == prompt:
                    del picks[number]
                    return

        self._change(change)

    def settle(self, step: str) -> None:
        self._change(lambda document: _add(document, "settled", step))

    def unsettle(self, step: str) -> None:
        self._change(lambda document: _drop(document, "settled", step))

    def tell(self, what: str) -> None:
        self._change(lambda document: _add(document, "told", what))

    def _change(self, change: Callable[[tomlkit.TOMLDocument], None]) -> None:
        def changed(text: str) -> str:
            _loaded(text)
            with translated(text):
                return edited(text or _HEAD, change)

        self._pages.change_page(NAME, changed)


@contextmanager
def translated(text: str) -> Iterator[None]:
    """Turn what is wrong with a text as TOML into one line, without any of its words."""
    try:
        yield
    except ValueError as error:
        line, what = bounds.toml_problem(text, error)
        raise _unreadable(line, what.partition(":")[0]) from error


def _put(document: tomlkit.TOMLDocument, table: str, name: str, value: object) -> None:
    if table not in document:
        if value is None:
            return
        document.append(table, tomlkit.table())
    inside = cast("dict[str, object]", document[table])
    if value is None:
        inside.pop(name, None)
    else:
        inside[name] = value


def _add(document: tomlkit.TOMLDocument, key: str, name: str) -> None:
    if key not in document:
        # Above the first table: below it, the key would belong to that.
        _put_on_top(document, key)
    items = cast("list[str]", document[key])
    if name not in items:
        items.append(name)


def _put_on_top(document: tomlkit.TOMLDocument, key: str) -> None:
    tables = [
        (name, document.item(name)) for name in document if isinstance(document[name], Table | AoT)
    ]
    for name, _ in tables:
        document.remove(name)
    document.append(key, tomlkit.array())
    for name, item in tables:
        document.append(name, item)


def _drop(document: tomlkit.TOMLDocument, key: str, name: str) -> None:
    items = cast("list[str]", document.get(key, []))
    while name in items:
        items.remove(name)


def _loaded(text: str) -> dict[str, Any]:
    with translated(text):
        table = bounds.toml(text)
    given = table.get("format", FORMAT)
    if type(given) is not int or given > FORMAT:
        raise EntryUnreadable(
            f"{NAME} is made for a newer voicereflect.", hint="Update voicereflect."
        )
    return table


def _table(table: dict[str, Any], key: str, text: str) -> dict[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise _unreadable(line_of(text, (key,)), f'"{key}" is not a table')
    return value


def _days(table: dict[str, Any], key: str, text: str) -> dict[str, date]:
    days = _table(table, key, text)
    for name, day in days.items():
        if type(day) is not date:
            raise _unreadable(line_of(text, (key, name)), f'"{name}" is not a date')
    return days


def _names(table: dict[str, Any], key: str, text: str) -> tuple[str, ...]:
    names = table.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise _unreadable(line_of(text, (key,)), f'"{key}" is not a list of names')
    return tuple(names)


def _picks(table: dict[str, Any], text: str) -> Iterator[PickedChoice]:
    picks = table.get("picks", [])
    for number, item in enumerate(picks if isinstance(picks, list) else [None]):
        match item:
            case {"prompt": str(prompt), "choice": str(choice), "on": date() as day}:
                yield PickedChoice(prompt=prompt, choice=choice, day=day)
            case _:
                line = line_of(text, ("picks", number))
                raise _unreadable(line, "this choice lacks prompt, choice or on")


def _unreadable(line: int, what: str) -> EntryUnreadable:
    return EntryUnreadable(
        f"{NAME}, line {line}: {what}.", hint="Mend the file in the vault, or remove the line."
    )
