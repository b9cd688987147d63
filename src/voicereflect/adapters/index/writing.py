"""What is written into the index: entries, their passages, and the vectors of those.

Knows its tables, and rows as `rows` makes them. All of it can be made again from the vault.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

import apsw

from voicereflect.adapters.index import rows
from voicereflect.adapters.index.database import Database, changing
from voicereflect.core.search.filters import ORDINAL_BITS, IndexRecord, Unread
from voicereflect.core.search.unspaced import indexed
from voicereflect.core.themes.passages import Cut
from voicereflect.model import Answer

# of these ids alone: a new entry must not rewrite ten thousand rows
_TWINS: Final = """
    UPDATE entries SET twin = problem = '' AND EXISTS (
        SELECT 1 FROM entries AS first
        WHERE first.id = entries.id AND first.problem = '' AND first.place < entries.place
    )
    WHERE id = ?
"""


class IndexWriter(Database):
    """Changes the index, each time wholly or not at all."""

    @changing
    def restamp(self, stamps: Mapping[str, str]) -> None:
        """Note that files were touched and say the same as before."""
        self.db.executemany(
            "UPDATE entries SET stamp = ? WHERE place = ?",
            [(stamp, place) for place, stamp in stamps.items()],
        )

    @changing
    def note_quiet(self, folders: Mapping[str, str]) -> None:
        """Note the stamps of folders in which nothing is left to finish."""
        self.db.executemany(
            "UPDATE entries SET folder = ? WHERE place = ?",
            [(stamp, place) for place, stamp in folders.items()],
        )

    @changing
    def put(self, records: Sequence[IndexRecord]) -> None:
        """Add what was read, in place of what was known; all of it or nothing."""
        ids = {_put(self.db, record) for record in records}
        ids |= {record.entry.id for record in records if record.entry}
        self.db.executemany(_TWINS, [(each,) for each in ids])

    @changing
    def drop(self, places: Iterable[str]) -> None:
        """Forget folders that are gone."""
        for place in places:
            known = self.db.execute("SELECT key, id FROM entries WHERE place = ?", (place,)).get
            if known is not None:
                _forget_words(self.db, known[0])
                self.db.execute("DELETE FROM vectors WHERE entry = ?", (known[0],))
                self.db.execute("DELETE FROM entries WHERE key = ?", (known[0],))
                self.db.execute(_TWINS, (known[1],))

    @changing
    def put_vectors(self, model: str, learnt: Sequence[tuple[Unread, bytes]]) -> None:
        """Keep vectors, unless the text has changed since it was handed out."""
        self.db.executemany(
            "INSERT OR REPLACE INTO vectors SELECT key, ?, said, ? FROM entries"
            " WHERE key = ? AND said = ?",
            [(model, half, unread.key, unread.said) for unread, half in learnt],
        )
        self.db.execute("DELETE FROM vectors WHERE model <> ?", (model,))


def _put(db: apsw.Connection, record: IndexRecord) -> str:
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
        _forget_words(db, key)
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
            [(first + n, indexed(each.text)) for n, (_, each) in enumerate(cut)],
        )


def _forget_words(db: apsw.Connection, key: int) -> None:
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
