"""Filters and searches as SQL; knows columns and FTS5's own language, and no row."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from voicereflect.core.search.filters import Wanted
from voicereflect.core.search.names import plain
from voicereflect.core.search.unspaced import indexed
from voicereflect.core.words.folding import folded

SEPARATOR: Final = "\n"
FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {"plain": plain, "folded": folded}
"""What conditions call beside SQLite's own functions: its `lower` knows ASCII alone."""
Conditions = list[tuple[str, object]]


def joined(values: tuple[str, ...]) -> str:
    """Keep several values in one column, so that each can be found whole."""
    return SEPARATOR.join(("", *values, "")) if values else ""


def parted(column: str) -> tuple[str, ...]:
    """Take a column of several values apart."""
    return tuple(column.split(SEPARATOR)[1:-1])


def of_entries(wanted: Wanted) -> tuple[str, list[object]]:
    """Give the conditions that an entry must meet; `e` is the table of entries."""
    conditions = _of_entry(wanted)
    sql = ["e.problem = ''", "e.twin = 0", *(text for text, _ in conditions)]
    values = [value for _, value in conditions]
    answer = _of_answer(wanted)
    if answer:
        inner = " AND ".join(text for text, _ in answer)
        sql.append(f"EXISTS (SELECT 1 FROM answers AS a WHERE a.entry = e.key AND {inner})")
        values += [value for _, value in answer]
    if wanted.among is not None:
        sql.append("e.id IN (SELECT value FROM json_each(?))")
        values.append(_listed({each.partition("/")[0] for each in wanted.among}))
    return " AND ".join(sql), values


def of_passages(wanted: Wanted) -> tuple[str, list[object]]:
    """Give the conditions for a passage; `e` is its entry and `a` its answer."""
    conditions = [*_of_entry(wanted), *_of_answer(wanted)]
    if wanted.among is not None:
        reference = "e.id || '/' || p.answer || ':' || p.word"
        inside = f"{reference} IN (SELECT value FROM json_each(?))"
        conditions.append((inside, _listed(wanted.among)))
    sql = ["e.twin = 0", *(text for text, _ in conditions)]
    return " AND ".join(sql), [value for _, value in conditions]


def any_of(words: Iterable[str]) -> str:
    """Give FTS5's expression for one of the words or more."""
    return " OR ".join(map(quoted, words))


def all_of(phrases: Iterable[str]) -> str:
    """Give FTS5's expression for all of the phrases."""
    return " AND ".join(map(quoted, phrases))


def quoted(text: str) -> str:
    """Make one FTS5 string of any text, in the letters that the index has."""
    return '"' + indexed(text).replace('"', '""').replace("\0", " ") + '"'


def _listed(values: Iterable[str]) -> str:
    return json.dumps(sorted(values))


def _of_entry(wanted: Wanted) -> Conditions:
    conditions: Conditions = []
    if wanted.since is not None:
        conditions.append(("e.day >= ?", wanted.since.isoformat()))
    if wanted.until is not None:
        conditions.append(("e.day <= ?", wanted.until.isoformat()))
    if wanted.deck:
        conditions.append(("plain(e.deck) = ?", plain(wanted.deck)))
    if wanted.closed is not None:
        conditions.append(("e.closed = ?", int(wanted.closed)))
    conditions += [
        ("instr(folded(e.tags), ?) > 0", joined((folded(tag).lstrip("#"),))) for tag in wanted.tags
    ]
    return conditions


def _of_answer(wanted: Wanted) -> Conditions:
    conditions: Conditions = []
    if "/" in wanted.prompt:
        conditions.append(("lower(a.prompt) = ?", wanted.prompt.lower()))
    elif wanted.prompt:
        alone = "substr(lower(a.prompt), instr(a.prompt, '/') + 1)"
        conditions.append((f"{alone} = ?", wanted.prompt.lower()))
    if wanted.speaker:
        conditions.append(("folded(a.speaker) = ?", folded(wanted.speaker)))
    if wanted.state is not None:
        conditions.append(("a.state = ?", wanted.state.value))
    return conditions
