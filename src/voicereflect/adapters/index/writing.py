"""How an entry is written into the index; knows its tables, and rows as `rows` makes them."""

from collections.abc import Sequence, Set

import apsw

from voicereflect.adapters.index import rows
from voicereflect.core.search.filters import ORDINAL_BITS, IndexRecord
from voicereflect.core.themes.passages import Cut
from voicereflect.model import Answer


def put(db: apsw.Connection, record: IndexRecord) -> str:
    """Put one in; give the id that stood there before."""
    cut = rows.cut(record.entry)
    said = rows.said(cut)
    thick, themed = rows.themed(record.entry, cut)
    row = rows.row(record, said, themed)
    known = db.execute("SELECT id, said FROM entries WHERE place = ?", (record.place,)).get
    columns = ", ".join(row)
    holes = ", ".join("?" * len(row))
    updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "place")
    key = db.execute(
        f"INSERT INTO entries ({columns}) VALUES ({holes})"
        f" ON CONFLICT (place) DO UPDATE SET {updates} RETURNING key",
        tuple(row.values()),
    ).get
    if known is not None:
        forget_words(db, key)
        if known[1] != said:
            db.execute("DELETE FROM vectors WHERE entry = ?", (key,))
    _put_words(db, key, rows.answers(record.entry), cut, thick)
    return known[0] if known is not None else ""


def _put_words(
    db: apsw.Connection,
    key: int,
    answers: Sequence[Answer],
    cut: Cut,
    thick: Set[int],
) -> None:
    db.executemany(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (key, a.number, a.speaker, a.prompt, a.asked, a.duration_s, a.state.value, a.text)
            for a in answers
        ],
    )
    first = key << ORDINAL_BITS
    db.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [
            (first + n, answer.number, each.word, each.text, n not in thick)
            for n, (answer, each) in enumerate(cut)
        ],
    )
    for table in ("words", "spelt"):
        db.executemany(
            f"INSERT INTO {table} (rowid, text) VALUES (?, ?)",
            [(first + n, each.text) for n, (_, each) in enumerate(cut)],
        )


def forget_words(db: apsw.Connection, key: int) -> None:
    """Take the answers and passages of an entry away, by its key."""
    first = key << ORDINAL_BITS
    last = first + rows.LARGEST_ORDINAL
    for table in ("words", "spelt"):
        db.execute(
            f"DELETE FROM {table} WHERE rowid IN"
            " (SELECT key FROM passages WHERE key BETWEEN ? AND ?)",
            (first, last),
        )
    db.execute("DELETE FROM passages WHERE key BETWEEN ? AND ?", (first, last))
    db.execute("DELETE FROM answers WHERE entry = ?", (key,))
