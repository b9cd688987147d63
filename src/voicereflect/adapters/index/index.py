"""What is written into the index: entries, their passages, and the vectors of those.

Knows rows. Everything here can be made again from the vault.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from voicereflect.adapters.index import checks, filters, reading
from voicereflect.adapters.index.database import PATIENCE_MS, Database
from voicereflect.adapters.index.problems import translated
from voicereflect.adapters.index.schema import transaction
from voicereflect.core import passages
from voicereflect.core.finding import ORDINAL_BITS, Line, Record, Spot, Unread, Wanted, line_of
from voicereflect.core.passages import Passage
from voicereflect.core.query import Query
from voicereflect.core.ranking import Frequencies
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Answer, Entry

LARGEST_ORDINAL = (1 << ORDINAL_BITS) - 1
_TWINS = """
    UPDATE entries SET twin = problem = '' AND EXISTS (
        SELECT 1 FROM entries AS first
        WHERE first.id = entries.id AND first.problem = '' AND first.place < entries.place
    )
"""


class Index:
    """One vault's index."""

    def __init__(self, file: Path, *, patience_ms: int = PATIENCE_MS) -> None:
        """Remember the file; it is opened when it is first needed."""
        self._database = Database(file, patience_ms=patience_ms)

    def __enter__(self) -> Self:
        """Nothing is opened yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file."""
        self._database.close()

    @property
    def file(self) -> Path | None:
        """Where it is; None where no file could be written and it lives in memory."""
        return self._database.file

    def begin_again(self) -> None:
        """Throw everything away."""
        self._database.begin_again()

    # What is there

    def state(self) -> dict[str, tuple[str, str]]:
        """Stamp and digest of every folder that was read, by its place."""
        with translated(self.file):
            rows = self._database.db.execute("SELECT place, stamp, digest FROM entries")
            return {place: (stamp, digest) for place, stamp, digest in rows}

    # Writing

    def restamp(self, stamps: Mapping[str, str]) -> None:
        """Note that files were touched and say the same as before."""
        db = self._database.db
        with translated(self.file), transaction(db):
            db.executemany(
                "UPDATE entries SET stamp = ? WHERE place = ?",
                [(stamp, place) for place, stamp in stamps.items()],
            )

    def put(self, records: Sequence[Record]) -> None:
        """Add what was read, in place of what was known; all of it or nothing."""
        db = self._database.db
        with translated(self.file), transaction(db):
            for record in records:
                self._put(record)
            db.execute(_TWINS)

    def drop(self, places: Iterable[str]) -> None:
        """Forget folders that are gone."""
        db = self._database.db
        with translated(self.file), transaction(db):
            for place in places:
                key = db.execute("SELECT key FROM entries WHERE place = ?", (place,)).get
                if key is not None:
                    self._forget_words(key)
                    db.execute("DELETE FROM vectors WHERE entry = ?", (key,))
                    db.execute("DELETE FROM entries WHERE key = ?", (key,))
            db.execute(_TWINS)

    def scour(self) -> None:
        """Let no trace of what was dropped stay in the file; takes a second."""
        db = self._database.db
        with translated(self.file):
            # words that were dropped are only marked so until the segments they are in are merged
            db.execute("INSERT INTO words (words) VALUES ('optimize')")
            db.execute("INSERT INTO spelt (spelt) VALUES ('optimize')")
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def put_vectors(self, model: str, rows: Sequence[tuple[Unread, bytes]]) -> None:
        """Keep vectors, unless the text has changed since it was handed out."""
        db = self._database.db
        with translated(self.file), transaction(db):
            db.executemany(
                "INSERT OR REPLACE INTO vectors SELECT key, ?, said, ? FROM entries"
                " WHERE key = ? AND said = ?",
                [(model, half, unread.key, unread.said) for unread, half in rows],
            )
            db.execute("DELETE FROM vectors WHERE model <> ?", (model,))

    # Reading

    def lines(self, wanted: Wanted, *, limit: int | None = None) -> list[Line]:
        """Entries as a list shows them, oldest first; of too many, the newest."""
        with translated(self.file):
            return reading.lines(self._database.db, wanted, limit)

    def entries(self, wanted: Wanted, *, limit: int | None = None) -> list[Entry]:
        """Entries with their answers, oldest first; of too many, the newest."""
        with translated(self.file):
            return reading.entries(self._database.db, wanted, limit)

    def problems(self, where: str) -> list[EntryUnreadable]:
        """Entries that somebody has to mend; `where` is the folder of all entries."""
        with translated(self.file):
            return reading.problems(self._database.db, where)

    def ids(self) -> list[str]:
        """The id of every entry."""
        with translated(self.file):
            rows = self._database.db.execute("SELECT id FROM entries WHERE problem = ''")
            return [entry_id for (entry_id,) in rows]

    def among(self, query: Query, wanted: Wanted) -> set[int] | None:
        """Passages that filters and quotes leave over; None is all of them."""
        with translated(self.file):
            return reading.among(self._database.db, query, wanted)

    def by_words(self, query: Query, wanted: Wanted, count: int) -> dict[int, float]:
        """How well any of the words fit, for the `count` best passages; more is better."""
        with translated(self.file):
            return reading.by_words(self._database.db, query, wanted, count)

    def frequencies(self, query: Query) -> Frequencies:
        """In how many passages each word stands."""
        with translated(self.file):
            return reading.frequencies(self._database.db, query)

    def coverage(self, weights: Mapping[str, float], keys: Collection[int]) -> dict[int, float]:
        """How much of the words' weight stands in each passage, in any of their forms."""
        with translated(self.file):
            return reading.coverage(self._database.db, weights, keys)

    def holding(self, words: Sequence[str], wanted: Wanted) -> dict[int, int]:
        """How many of these words stand in a passage just as they are written."""
        with translated(self.file):
            return reading.holding(self._database.db, words, wanted)

    def vectors(self, model: str) -> list[tuple[int, bytes]]:
        """Each entry's key, and the vectors of its passages, by one model."""
        with translated(self.file):
            select = "SELECT entry, half FROM vectors WHERE model = ?"
            return [(key, half) for key, half in self._database.db.execute(select, (model,))]

    def spots(self, keys: Sequence[int]) -> list[Spot]:
        """Passages by their keys, in that order."""
        with translated(self.file):
            return reading.spots(self._database.db, keys)

    def marks(self, text: str, query: Query) -> tuple[tuple[int, int], ...]:
        """Begin and end of each word of a text that the query has too."""
        with translated(self.file):
            return reading.marks(self._database.db, text, query)

    # Meaning

    def count_unread(self, model: str) -> int:
        """Count the entries that have no vectors yet."""
        with translated(self.file):
            return reading.count_unread(self._database.db, model)

    def unread(self, model: str, *, count: int) -> list[Unread]:
        """The next entries whose passages have no vector yet, newest first."""
        with translated(self.file):
            return reading.unread(self._database.db, model, count)

    # Looking after

    def faults(self) -> list[str]:
        """Tell what is wrong inside the file; nothing, if nothing is."""
        with translated(self.file):
            return checks.faults(self._database.db)

    def _put(self, record: Record) -> None:
        db = self._database.db
        cut = _cut(record.entry)
        said = _said(cut)
        row = _row(record, said)
        known = db.execute("SELECT key, said FROM entries WHERE place = ?", (record.place,)).get
        columns = ", ".join(row)
        holes = ", ".join("?" * len(row))
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "place")
        key = db.execute(
            f"INSERT INTO entries ({columns}) VALUES ({holes})"
            f" ON CONFLICT (place) DO UPDATE SET {updates} RETURNING key",
            tuple(row.values()),
        ).get
        self._forget_words(key)
        if known is not None and known[1] != said:
            db.execute("DELETE FROM vectors WHERE entry = ?", (key,))
        self._put_words(key, record.entry.answers if record.entry else (), cut)

    def _put_words(
        self, key: int, answers: Sequence[Answer], cut: Sequence[tuple[int, Passage]]
    ) -> None:
        db = self._database.db
        db.executemany(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (key, a.number, a.speaker, a.prompt, a.asked, a.duration_s, a.state.value, a.text)
                for a in answers
            ],
        )
        first = key << ORDINAL_BITS
        db.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            [(first + n, number, each.word, each.text) for n, (number, each) in enumerate(cut)],
        )
        for table in ("words", "spelt"):
            db.executemany(
                f"INSERT INTO {table} (rowid, text) VALUES (?, ?)",
                [(first + n, each.text) for n, (_, each) in enumerate(cut)],
            )

    def _forget_words(self, key: int) -> None:
        db = self._database.db
        first = key << ORDINAL_BITS
        last = first + LARGEST_ORDINAL
        for table in ("words", "spelt"):
            db.execute(
                f"DELETE FROM {table} WHERE rowid IN"
                " (SELECT key FROM passages WHERE key BETWEEN ? AND ?)",
                (first, last),
            )
        db.execute("DELETE FROM passages WHERE key BETWEEN ? AND ?", (first, last))
        db.execute("DELETE FROM answers WHERE entry = ?", (key,))


def _cut(entry: Entry | None) -> list[tuple[int, Passage]]:
    """Cut all answers into passages, each with its answer's number."""
    answers = entry.answers if entry else ()
    found = [(a.number, each) for a in answers for each in passages.split(a.text)]
    return found[: LARGEST_ORDINAL + 1]


def _said(cut: Sequence[tuple[int, Passage]]) -> str:
    text = "\0".join(each.text for _, each in cut)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _row(record: Record, said: str) -> dict[str, str | int | float]:
    entry = record.entry
    if entry is None:
        return _bare(record)
    line = line_of(entry, record.place)
    return {
        **_bare(record),
        "id": entry.id,
        "started": entry.started_at.isoformat(),
        "day": line.day.isoformat(),
        "deck": entry.deck,
        "edition": entry.edition,
        "title": entry.title,
        "language": entry.language,
        "tags": filters.joined(entry.tags),
        "speakers": filters.joined(entry.speakers),
        "seconds": line.seconds,
        "opening": line.opening,
        "synthetic": int(line.synthetic),
        "closed": int(line.closed),
        "said": said,
    }


def _bare(record: Record) -> dict[str, str | int | float]:
    empty = dict.fromkeys(
        ("id", "started", "day", "deck", "title", "language", "tags", "speakers"), ""
    )
    return {
        "place": record.place,
        "stamp": record.stamp,
        "digest": record.digest,
        **empty,
        "edition": 0,
        "seconds": 0.0,
        "opening": "",
        "synthetic": 0,
        "closed": 0,
        "problem": record.problem,
        "hint": record.hint,
        "twin": 0,
        "said": "",
    }
