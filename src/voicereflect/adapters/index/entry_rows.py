"""Entries as lists and checks read them out of the index; knows its tables."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, Final

import apsw

from voicereflect.adapters.index import filters
from voicereflect.adapters.index.database import Database, translating
from voicereflect.core.entry.ids import same_id
from voicereflect.core.search.filters import ORDINAL_BITS, EntryLine, NameKind, Unread, Wanted
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Answer, AnswerState, Entry

_LINES: Final = (
    "SELECT place, id, started, day, deck, title, tags, seconds, opening, synthetic, closed"
    " FROM entries AS e"
)
_WHOLE: Final = (
    "SELECT key, id, started, deck, edition, title, language, tags, speakers, closed, undecided"
    " FROM entries AS e"
)
_WITHOUT_VECTOR: Final = (
    " FROM entries AS e LEFT JOIN vectors AS v"
    " ON v.entry = e.key AND v.model = ? AND v.said = e.said"
    " WHERE v.entry IS NULL AND e.problem = ''"
    f" AND EXISTS (SELECT 1 FROM passages WHERE key = e.key << {ORDINAL_BITS})"
)


_NAMES: Final = {
    NameKind.DECK: "SELECT DISTINCT deck FROM entries WHERE problem = ''",
    NameKind.TAG: "SELECT DISTINCT tags FROM entries WHERE problem = ''",
    NameKind.PROMPT: "SELECT DISTINCT prompt FROM answers",
    NameKind.SPEAKER: "SELECT DISTINCT speaker FROM answers",
}


class EntryRows(Database):
    """What is known of every entry; makes and mends nothing."""

    @translating
    def state(self) -> dict[str, tuple[str, str]]:
        known = self.db.execute("SELECT place, stamp, digest FROM entries")
        return {place: (stamp, digest) for place, stamp, digest in known}

    @translating
    def heads(self) -> dict[str, tuple[str, str]]:
        """Stamp and id of every entry that could be read, by its place; makes and mends no file."""
        known = self._if_there("SELECT place, stamp, id FROM entries")
        return {place: (stamp, entry_id) for place, stamp, entry_id in known}

    @translating
    def quiet(self) -> dict[str, str]:
        """Stamp of every folder in which nothing was left; makes and mends no file."""
        return dict(self._if_there("SELECT place, folder FROM entries WHERE folder <> ''"))

    def _if_there(self, select: str) -> Sequence[tuple[Any, ...]]:
        if self.file is None or not self.file.exists():
            return ()
        return self.as_it_is().execute(select).fetchall()

    @translating
    def lines(self, wanted: Wanted, *, limit: int | None = None) -> list[EntryLine]:
        found = [_line(*row) for row in _entries(self.db, _LINES, wanted, limit)]
        return sorted(found, key=lambda each: each.started_at)  # a person may have put it right

    @translating
    def names(self, what: NameKind) -> list[str]:
        found = [str(column) for (column,) in self.db.execute(_NAMES[what])]
        if what is NameKind.TAG:
            found = [tag for column in found for tag in filters.parted(column)]
        return sorted({each for each in found if each})

    @translating
    def entries(self, wanted: Wanted, *, limit: int | None = None) -> list[Entry]:
        return [_entry(self.db, *row) for row in _entries(self.db, _WHOLE, wanted, limit)]

    @translating
    def languages(self) -> dict[str, int]:
        select = "SELECT language, count(*) FROM entries WHERE problem = '' GROUP BY language"
        return {str(code): int(str(count)) for code, count in self.db.execute(select)}

    @translating
    def problems(self, where: str) -> list[EntryUnreadable]:
        unreadable = [
            (place, EntryUnreadable(problem, hint=hint))
            for place, problem, hint in self.db.execute(
                "SELECT place, problem, hint FROM entries WHERE problem <> ''"
            )
        ]
        twins = [
            (place, same_id(str(PurePath(where, place)), str(PurePath(where, first))))
            for place, first in self.db.execute(
                "SELECT e.place, min(f.place) FROM entries AS e JOIN entries AS f ON f.id = e.id"
                " WHERE e.twin AND NOT f.twin GROUP BY e.place"
            )
        ]
        return [problem for _, problem in sorted([*unreadable, *twins], key=lambda each: each[0])]

    @translating
    def ids(self) -> list[str]:
        found = self.db.execute("SELECT id FROM entries WHERE problem = ''")
        return [entry_id for (entry_id,) in found]

    @translating
    def vectors(self, model: str) -> list[tuple[int, bytes]]:
        select = "SELECT entry, half FROM vectors WHERE model = ?"
        return [(key, half) for key, half in self.db.execute(select, (model,))]

    @translating
    def count_unread(self, model: str) -> int:
        return int(self.db.execute(f"SELECT count(*) {_WITHOUT_VECTOR}", (model,)).get or 0)

    @translating
    def unread(self, model: str, *, count: int) -> list[Unread]:
        select = f"SELECT e.key, e.said {_WITHOUT_VECTOR} ORDER BY e.id DESC LIMIT ?"
        rows: list[Any] = self.db.execute(select, (model, count)).fetchall()
        return [Unread(key=key, said=said, texts=_texts(self.db, key)) for key, said in rows]


def _line(*row: Any) -> EntryLine:
    place, entry_id, started, day, deck, title, tags, seconds, opening, synthetic, closed = row
    return EntryLine(
        place=place,
        id=entry_id,
        started_at=datetime.fromisoformat(started),
        day=date.fromisoformat(day),
        deck=deck,
        title=title,
        tags=filters.parted(tags),
        seconds=seconds,
        opening=opening,
        synthetic=bool(synthetic),
        closed=bool(closed),
    )


def _entry(db: apsw.Connection, *row: Any) -> Entry:
    key, entry_id, started, deck, edition, title, language, tags, speakers, closed, undecided = row
    return Entry(
        id=entry_id,
        started_at=datetime.fromisoformat(started),
        deck=deck,
        edition=edition,
        title=title,
        language=language,
        tags=filters.parted(tags),
        speakers=filters.parted(speakers),
        answers=_answers(db, key),
        closed=bool(closed and not undecided),
        undecided=bool(undecided),
    )


def _entries(
    db: apsw.Connection, select: str, wanted: Wanted, limit: int | None
) -> Sequence[tuple[Any, ...]]:
    where, values = filters.of_entries(wanted)
    newest = f"{select} WHERE {where} ORDER BY e.id DESC, e.place DESC LIMIT ?"
    found = db.execute(newest, (*values, -1 if limit is None else limit)).fetchall()
    return found[::-1]


def _answers(db: apsw.Connection, key: int) -> tuple[Answer, ...]:
    select = "SELECT number, speaker, prompt, asked, seconds, state, text FROM answers"
    return tuple(
        Answer(
            number=number,
            speaker=speaker,
            prompt=prompt,
            asked=asked,
            duration_s=seconds,
            state=AnswerState(state),
            text=text,
        )
        for number, speaker, prompt, asked, seconds, state, text in db.execute(
            f"{select} WHERE entry = ? ORDER BY number", (key,)
        )
    )


def _texts(db: apsw.Connection, key: int) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT text FROM passages WHERE key BETWEEN ? AND ? ORDER BY key",
        (key << ORDINAL_BITS, ((key + 1) << ORDINAL_BITS) - 1),
    )
    return tuple(text for (text,) in rows)
