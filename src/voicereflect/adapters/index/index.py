"""What is written into the index: entries, their passages, and the vectors of those.

Knows rows. Everything here can be made again from the vault.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from pathlib import Path
from types import TracebackType
from typing import Self

from voicereflect.adapters.index import checks, history, reading, telling, writing
from voicereflect.adapters.index.database import PATIENCE_MS, Database
from voicereflect.adapters.index.problems import translated
from voicereflect.adapters.index.schema import transaction
from voicereflect.core.decks.programme import DeckSitting
from voicereflect.core.search.filters import (
    AnsweredDeck,
    EntryLine,
    IndexRecord,
    Spot,
    Unread,
    Wanted,
)
from voicereflect.core.search.query import Query
from voicereflect.core.search.ranking import Frequencies
from voicereflect.core.themes.passages import ThemePassage as Said
from voicereflect.core.themes.passages import Told
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Entry

# of these ids alone: a new entry must not rewrite ten thousand rows
_TWINS = """
    UPDATE entries SET twin = problem = '' AND EXISTS (
        SELECT 1 FROM entries AS first
        WHERE first.id = entries.id AND first.problem = '' AND first.place < entries.place
    )
    WHERE id = ?
"""


class Index:
    """One vault's index."""

    def __init__(
        self, file: Path, *, patience_ms: int = PATIENCE_MS, older: Path | None = None
    ) -> None:
        """Remember the file; it is opened when it is first needed.

        `older` is where it was before the vault had an id; scouring takes it away.
        """
        self._database = Database(file, patience_ms=patience_ms, older=older)

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
            known = self._database.db.execute("SELECT place, stamp, digest FROM entries")
            return {place: (stamp, digest) for place, stamp, digest in known}

    def heads(self) -> dict[str, tuple[str, str]]:
        """Stamp and id of every entry that could be read, by its place; makes and mends no file."""
        if self.file is None or not self.file.exists():
            return {}
        with translated(self.file):
            known = self._database.as_it_is().execute("SELECT place, stamp, id FROM entries")
            return {place: (stamp, entry_id) for place, stamp, entry_id in known}

    def quiet(self) -> dict[str, str]:
        """Stamp of every folder in which nothing was left; makes and mends no file."""
        if self.file is None or not self.file.exists():
            return {}
        with translated(self.file):
            known = self._database.as_it_is().execute(
                "SELECT place, folder FROM entries WHERE folder <> ''"
            )
            return dict(known)

    # Writing

    def restamp(self, stamps: Mapping[str, str]) -> None:
        """Note that files were touched and say the same as before."""
        db = self._database.db
        with translated(self.file), transaction(db):
            db.executemany(
                "UPDATE entries SET stamp = ? WHERE place = ?",
                [(stamp, place) for place, stamp in stamps.items()],
            )

    def settle(self, folders: Mapping[str, str]) -> None:
        """Note the stamps of folders in which nothing was left."""
        db = self._database.db
        with translated(self.file), transaction(db):
            db.executemany(
                "UPDATE entries SET folder = ? WHERE place = ?",
                [(stamp, place) for place, stamp in folders.items()],
            )

    def put(self, records: Sequence[IndexRecord]) -> None:
        """Add what was read, in place of what was known; all of it or nothing."""
        db = self._database.db
        with translated(self.file), transaction(db):
            ids = {writing.put(db, record) for record in records}
            ids |= {record.entry.id for record in records if record.entry}
            db.executemany(_TWINS, [(each,) for each in ids])

    def drop(self, places: Iterable[str]) -> None:
        """Forget folders that are gone."""
        db = self._database.db
        with translated(self.file), transaction(db):
            for place in places:
                known = db.execute("SELECT key, id FROM entries WHERE place = ?", (place,)).get
                if known is not None:
                    writing.forget_words(db, known[0])
                    db.execute("DELETE FROM vectors WHERE entry = ?", (known[0],))
                    db.execute("DELETE FROM entries WHERE key = ?", (known[0],))
                    db.execute(_TWINS, (known[1],))

    def scour(self) -> None:
        """Let no trace of what was dropped stay in the file; takes a second."""
        self._database.scour()

    def put_vectors(self, model: str, learnt: Sequence[tuple[Unread, bytes]]) -> None:
        """Keep vectors, unless the text has changed since it was handed out."""
        db = self._database.db
        with translated(self.file), transaction(db):
            db.executemany(
                "INSERT OR REPLACE INTO vectors SELECT key, ?, said, ? FROM entries"
                " WHERE key = ? AND said = ?",
                [(model, half, unread.key, unread.said) for unread, half in learnt],
            )
            db.execute("DELETE FROM vectors WHERE model <> ?", (model,))

    # Reading

    def lines(self, wanted: Wanted, *, limit: int | None = None) -> list[EntryLine]:
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
            found = self._database.db.execute("SELECT id FROM entries WHERE problem = ''")
            return [entry_id for (entry_id,) in found]

    def among(self, query: Query, wanted: Wanted) -> set[int] | None:
        """Passages that filters and quotes leave over; None is all of them."""
        with translated(self.file):
            return reading.among(self._database.db, query, wanted)

    def by_words(
        self, query: Query, count: int, *, among: Set[int] | None = None
    ) -> dict[int, float]:
        """How well any of the words fit, for the `count` best passages; more is better."""
        with translated(self.file):
            return reading.by_words(self._database.db, query, count, among)

    def frequencies(self, query: Query) -> Frequencies:
        """In how many passages each word stands."""
        with translated(self.file):
            return reading.frequencies(self._database.db, query)

    def coverage(self, weights: Mapping[str, float], keys: Collection[int]) -> dict[int, float]:
        """How much of the words' weight stands in each passage, in any of their forms."""
        with translated(self.file):
            return reading.coverage(self._database.db, weights, keys)

    def holding(self, words: Sequence[str], *, among: Set[int] | None = None) -> dict[int, int]:
        """How many of these words stand in a passage just as they are written."""
        with translated(self.file):
            return reading.holding(self._database.db, words, among)

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

    # What earlier sittings tell the next

    def sittings(self) -> tuple[DeckSitting, ...]:
        """Which deck was answered on which day, oldest first."""
        with translated(self.file):
            return history.sittings(self._database.db)

    def waiting(self) -> str:
        """Name the oldest entry in which answers wait for their text; empty if none does."""
        with translated(self.file):
            return history.waiting(self._database.db)

    def undecided(self) -> tuple[str, str] | None:
        """Give id and title of the oldest entry that waits for its person's choice."""
        with translated(self.file):
            return history.undecided(self._database.db)

    def answered(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        """Where some prompts (`deck/prompt`) were answered, oldest first."""
        with translated(self.file):
            return history.answered(self._database.db, prompts)

    # Meaning

    def count_unread(self, model: str) -> int:
        """Count the entries that have no vectors yet."""
        with translated(self.file):
            return reading.count_unread(self._database.db, model)

    def unread(self, model: str, *, count: int) -> list[Unread]:
        """The next entries whose passages have no vector yet, newest first."""
        with translated(self.file):
            return reading.unread(self._database.db, model, count)

    # Themes

    def told(self) -> list[Told]:
        """Every entry without its words, in the order of ids."""
        with translated(self.file):
            return telling.told(self._database.db)

    def said_in(self, key: int) -> tuple[Said, ...]:
        """What can belong to a theme of one entry, by the entry's key."""
        with translated(self.file):
            return telling.said_in(self._database.db, key)

    def said_at(self, spots: Sequence[tuple[int, int]]) -> list[Said]:
        """One passage for each spot: an entry's key, and which of those `said_in` gives."""
        with translated(self.file):
            return telling.said_at(self._database.db, spots)

    def vectors_of(self, key: int, model: str) -> bytes | None:
        """The vectors of all passages of one entry, if they are there."""
        with translated(self.file):
            return telling.vectors_of(self._database.db, key, model)

    # Looking after

    def faults(self) -> list[str]:
        """Tell what is wrong inside the file; nothing, if nothing is. Mends nothing."""
        with translated(self.file):
            return checks.faults(self._database.as_it_is())
