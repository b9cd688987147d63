"""What themes are made of, read out of the index; knows its tables, and no theme."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

import apsw

from voicereflect.core.finding import ORDINAL_BITS
from voicereflect.core.themes.passages import Passage, Told

_TOLD: Final = (
    "SELECT key, id, day, deck, closed, themed FROM entries"
    " WHERE problem = '' AND twin = 0 ORDER BY id"
)
_SAID: Final = "SELECT key, answer, word, text FROM passages WHERE NOT thin"
_SAID_AT: Final = (
    "SELECT p.key, p.answer, p.word, p.text, a.speaker FROM passages p"
    " JOIN answers a ON a.entry = ? AND a.number = p.answer"
    " WHERE NOT p.thin AND p.key BETWEEN ? AND ? ORDER BY p.key LIMIT 1 OFFSET ?"
)


def told(db: apsw.Connection) -> list[Told]:
    """Every entry without its words, in the order of ids."""
    return [
        Told(
            key=key,
            id=entry_id,
            day=date.fromisoformat(day),
            deck=deck,
            closed=bool(closed),
            digest=themed,
        )
        for key, entry_id, day, deck, closed, themed in db.execute(_TOLD)
    ]


def said_in(db: apsw.Connection, keys: Sequence[int] | None) -> dict[int, tuple[Passage, ...]]:
    """What can belong to a theme, by the entry's key; of all entries, or of some."""
    if keys is None:
        speakers = _speakers(db, "SELECT entry, number, speaker FROM answers", ())
        return dict(_by_entry(db.execute(f"{_SAID} ORDER BY key"), speakers))
    found: dict[int, tuple[Passage, ...]] = {}
    for key in keys:
        of_entry = "SELECT entry, number, speaker FROM answers WHERE entry = ?"
        between = (key << ORDINAL_BITS, ((key + 1) << ORDINAL_BITS) - 1)
        rows = db.execute(f"{_SAID} AND key BETWEEN ? AND ? ORDER BY key", between)
        found |= dict(_by_entry(rows, _speakers(db, of_entry, (key,))))
    return found


def said_at(db: apsw.Connection, spots: Sequence[tuple[int, int]]) -> list[Passage]:
    """One passage for each spot: an entry's key, and which of those that can belong to a theme."""
    found = []
    for key, which in spots:
        first = key << ORDINAL_BITS
        last = first + (1 << ORDINAL_BITS) - 1
        ((*row, speaker),) = db.execute(_SAID_AT, (key, first, last, which))
        found.append(_passage(row, key, speaker))
    return found


def vectors_of(db: apsw.Connection, key: int, model: str) -> bytes | None:
    """The vectors of all passages of one entry, if they are there."""
    select = "SELECT half FROM vectors WHERE entry = ? AND model = ?"
    half: bytes | None = db.execute(select, (key, model)).get
    return half


def _by_entry(
    rows: apsw.Cursor, speakers: dict[tuple[int, int], str]
) -> Iterator[tuple[int, tuple[Passage, ...]]]:
    for entry, group in groupby(rows, key=lambda row: int(row[0]) >> ORDINAL_BITS):
        yield entry, tuple(_passage(row, entry, speakers[entry, row[1]]) for row in group)


def _passage(row: Sequence[Any], entry: int, speaker: str) -> Passage:
    key, answer, word, text = row
    return Passage(
        answer=answer,
        word=word,
        words=text.count(" ") + 1,
        speaker=speaker,
        text=text,
        ordinal=key - (entry << ORDINAL_BITS),
    )


def _speakers(
    db: apsw.Connection, select: str, values: tuple[int, ...]
) -> dict[tuple[int, int], str]:
    return {(entry, number): speaker for entry, number, speaker in db.execute(select, values)}
