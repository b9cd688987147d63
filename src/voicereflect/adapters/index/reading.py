"""What is read out of the index; knows its tables, and what a hit or a line is."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, Final

import apsw

from voicereflect.adapters.index import filters
from voicereflect.adapters.index.schema import TOKENIZER
from voicereflect.core.search.filters import ORDINAL_BITS, EntryLine, Spot, Unread, Wanted
from voicereflect.core.search.query import Query
from voicereflect.core.search.ranking import Frequencies
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Answer, AnswerState, Entry

_LINES: Final = (
    "SELECT place, id, started, day, deck, title, tags, seconds, opening, synthetic, closed"
    " FROM entries AS e"
)
_OF_PASSAGES: Final = (
    f" JOIN entries AS e ON e.key = p.key >> {ORDINAL_BITS}"
    " JOIN answers AS a ON a.entry = e.key AND a.number = p.answer"
)
_WITHOUT_VECTOR: Final = (
    " FROM entries AS e LEFT JOIN vectors AS v"
    " ON v.entry = e.key AND v.model = ? AND v.said = e.said"
    " WHERE v.entry IS NULL AND e.problem = ''"
    f" AND EXISTS (SELECT 1 FROM passages WHERE key = e.key << {ORDINAL_BITS})"
)


def lines(db: apsw.Connection, wanted: Wanted, limit: int | None) -> list[EntryLine]:
    """Entries as a list shows them, oldest first."""
    return [_line(*row) for row in _entries(db, _LINES, wanted, limit)]


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


def entries(db: apsw.Connection, wanted: Wanted, limit: int | None) -> list[Entry]:
    """Entries with their answers, oldest first."""
    select = "SELECT key, id, started, deck, edition, title, language, tags, speakers FROM entries"
    return [
        Entry(
            id=entry_id,
            started_at=datetime.fromisoformat(started),
            deck=deck,
            edition=edition,
            title=title,
            language=language,
            tags=filters.parted(tags),
            speakers=filters.parted(speakers),
            answers=_answers(db, key),
        )
        for key, entry_id, started, deck, edition, title, language, tags, speakers in _entries(
            db, f"{select} AS e", wanted, limit
        )
    ]


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


def problems(db: apsw.Connection, where: str) -> list[EntryUnreadable]:
    """What somebody has to mend, in the order of the folders."""
    unreadable = [
        (place, EntryUnreadable(problem, hint=hint))
        for place, problem, hint in db.execute(
            "SELECT place, problem, hint FROM entries WHERE problem <> ''"
        )
    ]
    twins = [
        (place, _twice(str(PurePath(where, place)), str(PurePath(where, first))))
        for place, first in db.execute(
            "SELECT e.place, min(f.place) FROM entries AS e JOIN entries AS f ON f.id = e.id"
            " WHERE e.twin AND NOT f.twin GROUP BY e.place"
        )
    ]
    return [problem for _, problem in sorted([*unreadable, *twins], key=lambda each: each[0])]


def _twice(folder: str, first: str) -> EntryUnreadable:
    return EntryUnreadable(
        f"{folder} has the same id as {first}.",
        hint="Keep one of the two folders in the vault and move the other out of it.",
    )


def among(db: apsw.Connection, query: Query, wanted: Wanted) -> set[int] | None:
    """Passages that filters and quotes leave over; None is all of them."""
    left = _left_over(db, wanted)
    if not query.phrases:
        return left
    quoting = {key for key, _ in _matches(db, "spelt", filters.all_of(query.phrases))}
    return quoting if left is None else quoting & left


def _left_over(db: apsw.Connection, wanted: Wanted) -> set[int] | None:
    if not filters.narrows(wanted) and not db.execute("SELECT sum(twin) FROM entries").get:
        return None
    where, values = filters.of_passages(wanted)
    select = f"SELECT p.key FROM passages AS p {_OF_PASSAGES} WHERE {where}"
    return {key for (key,) in db.execute(select, values)}


def by_words(
    db: apsw.Connection, query: Query, count: int, among: Set[int] | None
) -> dict[int, float]:
    """How well any of the words fit, or the quotes where there are no words."""
    if query.words:
        found = _matches(db, "words", filters.any_of(query.words))
    else:
        found = _matches(db, "spelt", filters.all_of(query.phrases))
    best: dict[int, float] = {}
    # equally good ones are all taken, or the cut would depend on the order of the folders
    least = float("-inf")
    for key, score in found:
        if len(best) >= count and score < least:
            break
        if among is None or key in among:
            least = score
            best[key] = score
    return best


def frequencies(db: apsw.Connection, query: Query) -> Frequencies:
    """In how many passages each word stands: in any form, and as it is written."""
    stem, spell = _tokenizers(db)
    # FTS5's own narrow table: counting the passages themselves would read all their text
    total = db.execute("SELECT count(*) FROM words_docsize").get
    return Frequencies(
        passages=int(total or 0),
        in_any_form={word: _seldomest(db, "terms", _tokens(stem, word)) for word in query.words},
        as_written={
            word: _seldomest(db, "spellings", _tokens(spell, word)) for word in query.words
        },
    )


def coverage(
    db: apsw.Connection, weights: Mapping[str, float], keys: Collection[int]
) -> dict[int, float]:
    """How much of the words' weight stands in each passage, in any of their forms."""
    stem, _ = _tokenizers(db)
    stems = {word: set(_tokens(stem, word)) for word in weights}
    whole = sum(weights.values()) or 1.0
    covered = {}
    for key in keys:
        text = db.execute("SELECT text FROM passages WHERE key = ?", (key,)).get
        said = set(_tokens(stem, str(text or "")))
        found = sum(weight for word, weight in weights.items() if stems[word] <= said)
        covered[key] = found / whole
    return covered


def holding(db: apsw.Connection, words: Sequence[str], among: Set[int] | None) -> dict[int, int]:
    """How many of these words stand in a passage just as they are written."""
    counts: dict[int, int] = {}
    for word in words:
        for key, _ in _matches(db, "spelt", filters.quoted(word)):
            if among is None or key in among:
                counts[key] = counts.get(key, 0) + 1
    return counts


def _matches(db: apsw.Connection, table: str, match: str) -> Iterator[tuple[int, float]]:
    """Passages that match, the best first."""
    if not match:
        return iter(())
    # without a join: it would be made for every match before the first is given
    select = f"SELECT rowid, -rank FROM {table} WHERE {table} MATCH ? ORDER BY rank"
    return iter(db.execute(select, (match,)))


def _tokenizers(db: apsw.Connection) -> tuple[apsw.FTS5Tokenizer, apsw.FTS5Tokenizer]:
    """Give the one that makes stems, and the one that leaves words as they are written."""
    return (
        db.fts5_tokenizer(TOKENIZER[0], list(TOKENIZER[1:])),
        db.fts5_tokenizer(TOKENIZER[1], list(TOKENIZER[2:])),
    )


def _seldomest(db: apsw.Connection, table: str, tokens: Sequence[str]) -> int:
    """In how many passages the seldomest of a word's parts stands."""
    counts = [
        db.execute(f"SELECT doc FROM {table} WHERE term = ?", (token,)).get for token in tokens
    ]
    return min((int(count or 0) for count in counts), default=0)


def _tokens(tokenizer: apsw.FTS5Tokenizer, text: str) -> list[str]:
    found = tokenizer(
        text.encode("utf-8", "replace"),
        apsw.FTS5_TOKENIZE_DOCUMENT,
        None,
        include_offsets=False,
        include_colocated=False,
    )
    return [str(token) for token in found]


def marks(db: apsw.Connection, text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """Begin and end of each word of a text that the query has too, in letters."""
    stemmer, _ = _tokenizers(db)
    wanted = {stem for each in (*query.words, *query.phrases) for stem in _tokens(stemmer, each)}
    data = text.encode("utf-8", "replace")
    found: Any = stemmer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None)
    return tuple(
        (len(data[:begin].decode("utf-8", "ignore")), len(data[:end].decode("utf-8", "ignore")))
        for begin, end, *stems in found
        if not wanted.isdisjoint(stems)
    )


def spots(db: apsw.Connection, keys: Sequence[int]) -> list[Spot]:
    """Passages by their keys, in that order; what is gone meanwhile is left out."""
    select = (
        "SELECT p.key, e.id, p.answer, p.word, p.text,"
        " e.started, e.day, e.deck, e.title, a.speaker"
        f" FROM passages AS p {_OF_PASSAGES} WHERE p.key = ?"
    )
    rows = (db.execute(select, (key,)).fetchone() for key in keys)
    return [_spot(*row) for row in rows if row is not None]


def _spot(*row: Any) -> Spot:
    key, entry, answer, word, text, started, day, deck, title, speaker = row
    return Spot(
        key=key,
        entry=entry,
        answer=answer,
        word=word,
        text=text,
        started_at=datetime.fromisoformat(started),
        day=date.fromisoformat(day),
        deck=deck,
        title=title,
        speaker=speaker,
    )


def count_unread(db: apsw.Connection, model: str) -> int:
    """Count the entries that have no vectors yet."""
    return int(db.execute(f"SELECT count(*) {_WITHOUT_VECTOR}", (model,)).get or 0)


def unread(db: apsw.Connection, model: str, count: int) -> list[Unread]:
    """The next entries without vectors, newest first."""
    select = f"SELECT e.key, e.said {_WITHOUT_VECTOR} ORDER BY e.id DESC LIMIT ?"
    rows: list[Any] = db.execute(select, (model, count)).fetchall()
    return [Unread(key=key, said=said, texts=_texts(db, key)) for key, said in rows]


def _texts(db: apsw.Connection, key: int) -> tuple[str, ...]:
    rows = db.execute(
        "SELECT text FROM passages WHERE key BETWEEN ? AND ? ORDER BY key",
        (key << ORDINAL_BITS, ((key + 1) << ORDINAL_BITS) - 1),
    )
    return tuple(text for (text,) in rows)
