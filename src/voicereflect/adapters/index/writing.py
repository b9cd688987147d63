"""What is written into the index: entries, their passages, and the vectors of those.

Knows its tables, and rows as `rows` makes them. All of it can be made again from the vault.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import apsw

from voicereflect.adapters.index import rows
from voicereflect.adapters.index.database import Database, changing
from voicereflect.adapters.index.rows import FolderRows
from voicereflect.core.search.filters import ORDINAL_BITS, IndexRecord, Unread
from voicereflect.core.search.unspaced import indexed

_PUT: Final = (
    f"INSERT INTO entries ({', '.join(rows.COLUMNS)}) VALUES (:{', :'.join(rows.COLUMNS)})"
    " ON CONFLICT (place) DO UPDATE SET "
    + ", ".join(f"{each} = excluded.{each}" for each in rows.COLUMNS)
    + " RETURNING key"
)
# of these ids alone, and only where it changes: a new entry must not rewrite ten thousand rows
_TWINS: Final = """
    UPDATE entries SET twin = NOT twin
    WHERE id IN (SELECT value FROM json_each(?)) AND twin <> (problem = '' AND EXISTS (
        SELECT 1 FROM entries AS first
        WHERE first.id = entries.id AND first.problem = '' AND first.place < entries.place
    ))
"""


class IndexWriter(Database):
    """Changes the index, each time wholly or not at all."""

    @changing
    def restamp(self, stamps: Mapping[str, str]) -> None:
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
        made = [rows.made_of(record) for record in records]
        ids = {str(each.head["id"]) for each in made}
        ids |= _forget_known(self.db, made)
        # every row of one table before the next one's: a row that may be refused
        # makes SQLite write out all the searchable words it has gathered
        keys = [key for (key,) in self.db.executemany(_PUT, [each.head for each in made])]
        _put_words(self.db, keys, made)
        self.db.execute(_TWINS, (json.dumps(sorted(ids)),))

    @changing
    def drop(self, places: Iterable[str]) -> None:
        for place in places:
            known = self.db.execute("SELECT key, id FROM entries WHERE place = ?", (place,)).get
            if known is not None:
                _forget_words(self.db, known[0])
                self.db.execute("DELETE FROM vectors WHERE entry = ?", (known[0],))
                self.db.execute("DELETE FROM entries WHERE key = ?", (known[0],))
                self.db.execute(_TWINS, (json.dumps([known[1]]),))

    @changing
    def put_vectors(self, model: str, learnt: Sequence[tuple[Unread, bytes]]) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO vectors SELECT key, ?, said, ? FROM entries"
            " WHERE key = ? AND said = ?",
            [(model, half, unread.key, unread.said) for unread, half in learnt],
        )
        self.db.execute("DELETE FROM vectors WHERE model <> ?", (model,))


def _forget_known(db: apsw.Connection, made: Sequence[FolderRows]) -> set[str]:
    """Take away what folders said before; give the ids that stood there."""
    ids = set()
    for head in (each.head for each in made):
        select = "SELECT key, id, said FROM entries WHERE place = ?"
        known = db.execute(select, (head["place"],)).get
        if known is not None:
            key, entry_id, said = known
            ids.add(entry_id)
            _forget_words(db, key)
            if said != head["said"]:
                db.execute("DELETE FROM vectors WHERE entry = ?", (key,))
    return ids


def _put_words(db: apsw.Connection, keys: Sequence[int], made: Sequence[FolderRows]) -> None:
    db.executemany(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (key, a.number, a.speaker, a.prompt, a.asked, a.duration_s, a.state.value, a.text)
            for key, each in zip(keys, made, strict=True)
            for a in each.answers
        ],
    )
    passages = [
        ((key << ORDINAL_BITS) + n, answer.number, said.word, said.text, n not in each.thick)
        for key, each in zip(keys, made, strict=True)
        for n, (answer, said) in enumerate(each.cut)
    ]
    db.executemany("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", passages)
    words = [(key, indexed(text)) for key, _, _, text, _ in passages]
    for table in ("words", "spelt"):
        db.executemany(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", words)


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
