"""The tables of `themes.toml`, read and written with their comments kept; knows no file."""

from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from voicereflect.core.store import bounds
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation, Move


def read(table: dict[str, Any]) -> Curation:
    """Read what a file holds; raises KeyError, TypeError or ValueError where it is mangled."""
    return Curation(
        records=tuple(_record(each) for each in table.get("theme", ())),
        moves=tuple(
            Move(quote=_quote(each), to=str(each.get("to", ""))) for each in table.get("move", ())
        ),
    )


def _record(table: dict[str, Any]) -> CuratedTheme:
    return CuratedTheme(
        name=str(table["name"]),
        handle=str(table.get("handle", "")),
        suggested=_truth(table.get("suggested", False)),
        seed=str(table.get("seed", "")),
        quotes=tuple(_quote(each) for each in table.get("quotes", ())),
        examples=_texts(table.get("examples", [])),
        words=_texts(table.get("words", [])),
        strictness=bounds.amount(table.get("strictness", CuratedTheme(name="").strictness), -1, 1),
        hidden=_truth(table.get("hidden", False)),
        pinned=_truth(table.get("pinned", False)),
        confirmed=_truth(table.get("confirmed", False)),
        into=str(table.get("into", "")),
        apart=_texts(table.get("apart", [])),
    )


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)  # the letters of one text are not meant
    return tuple(map(str, value))


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _quote(table: dict[str, Any]) -> CuratedQuote:
    return CuratedQuote(
        entry=str(table["entry"]),
        answer=bounds.whole(table["answer"], 0, bounds.LARGEST_NUMBER),
        words=str(table["words"]),
    )


def write(document: tomlkit.TOMLDocument, before: Curation, after: Curation) -> None:
    """Touch only what changed: records and moves keep their order."""
    records = _tables(document, "theme", len(after.records))
    for number, record in enumerate(after.records):
        known = before.records[number] if number < len(before.records) else None
        _update(records[number], _record_keys(known) if known else {}, _record_keys(record))
    moves = _tables(document, "move", len(after.moves))
    for number, move in enumerate(after.moves):
        old = before.moves[number] if number < len(before.moves) else None
        _update(moves[number], _move_keys(old) if old else {}, _move_keys(move))


def _tables(document: tomlkit.TOMLDocument, name: str, count: int) -> list[Table]:
    if not document.get(name):  # none, or `[]`
        document.pop(name, None)
    if not count:
        document.pop(name, None)  # tomlkit would write `[]`, which is no list of tables
        return []
    if name not in document:
        document.append(name, tomlkit.aot())
    array = document[name]
    if not isinstance(array, AoT):
        raise TypeError(name)
    while len(array) > count:
        del array[-1]
    while len(array) < count:
        table = tomlkit.table()
        table.trivia.indent = "\n"  # an empty line between tables
        array.append(table)
    return list(array)


def _update(table: Table, before: dict[str, Any], after: dict[str, Any]) -> None:
    for key, value in after.items():
        if before.get(key) != value:
            table[key] = _multiline(value) if isinstance(value, list) else value
    for key in before.keys() - after.keys():
        table.pop(key, None)


def _multiline(values: list[Any]) -> Any:
    array = tomlkit.array()
    for value in values:
        item = tomlkit.inline_table() if isinstance(value, dict) else value
        if isinstance(value, dict):
            item.update(value)
        array.append(item)
    return array.multiline(multiline=True)


def _record_keys(record: CuratedTheme) -> dict[str, Any]:
    """Only what differs from a theme nobody touched."""
    plain = CuratedTheme(name="")
    keys: dict[str, Any] = {"name": record.name}
    for key in (
        "handle",
        "suggested",
        "seed",
        "strictness",
        "hidden",
        "pinned",
        "confirmed",
        "into",
    ):
        if getattr(record, key) != getattr(plain, key):
            keys[key] = getattr(record, key)
    for key in ("examples", "words", "apart"):
        if values := getattr(record, key):
            keys[key] = list(values)
    if record.quotes:
        keys["quotes"] = [_quote_keys(each) for each in record.quotes]
    return keys


def _move_keys(move: Move) -> dict[str, Any]:
    return {**_quote_keys(move.quote), "to": move.to}


def _quote_keys(quote: CuratedQuote) -> dict[str, Any]:
    return {"entry": quote.entry, "answer": quote.answer, "words": quote.words}
