"""Passages that fit what was typed, read out of the index; knows FTS5, and what a hit is."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import apsw

from voicereflect.adapters.index import filters
from voicereflect.adapters.index.database import Database, translating
from voicereflect.adapters.index.schema import TOKENIZER
from voicereflect.core.search.filters import EVERYTHING, ORDINAL_BITS, Spot, Wanted
from voicereflect.core.search.query import Query
from voicereflect.core.search.ranking import Frequencies
from voicereflect.core.search.unspaced import indexed, places

_OF_PASSAGES: Final = (
    f" JOIN entries AS e ON e.key = p.key >> {ORDINAL_BITS}"
    " JOIN answers AS a ON a.entry = e.key AND a.number = p.answer"
)


class WordSearch(Database):
    """Passages by their words, and what tells how well they fit."""

    @translating
    def among(self, query: Query, wanted: Wanted) -> set[int] | None:
        left = _left_over(self.db, wanted)
        if not query.phrases:
            return left
        quoting = {key for key, _ in _matches(self.db, "spelt", filters.all_of(query.phrases))}
        return quoting if left is None else quoting & left

    @translating
    def by_words(
        self, query: Query, count: int, *, among: Set[int] | None = None
    ) -> dict[int, float]:
        if query.words:
            found = _matches(self.db, "words", filters.any_of(query.words))
        else:
            found = _matches(self.db, "spelt", filters.all_of(query.phrases))
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

    @translating
    def begun(self, words: Sequence[str], count: int) -> list[int]:
        where, values = filters.of_passages(Wanted(closed=False))
        select = (
            f"SELECT p.key FROM spelt JOIN passages AS p ON p.key = spelt.rowid {_OF_PASSAGES}"
            f" WHERE spelt MATCH ? AND {where} ORDER BY spelt.rowid DESC LIMIT ?"
        )
        found = self.db.execute(select, (f"{filters.all_of(words)} *", *values, count))
        return [key for (key,) in found]

    @translating
    def frequencies(self, query: Query) -> Frequencies:
        stem, spell = _tokenizers(self.db)
        # FTS5's own narrow table: counting the passages themselves would read all their text
        total = self.db.execute("SELECT count(*) FROM words_docsize").get
        return Frequencies(
            passages=int(total or 0),
            in_any_form={
                word: _seldomest(self.db, "terms", _tokens(stem, word)) for word in query.words
            },
            as_written={
                word: _seldomest(self.db, "spellings", _tokens(spell, word)) for word in query.words
            },
        )

    @translating
    def coverage(self, weights: Mapping[str, float], keys: Collection[int]) -> dict[int, float]:
        stem, _ = _tokenizers(self.db)
        stems = {word: set(_tokens(stem, word)) for word in weights}
        whole = sum(weights.values()) or 1.0
        covered = {}
        for key in keys:
            text = self.db.execute("SELECT text FROM passages WHERE key = ?", (key,)).get
            said = set(_tokens(stem, str(text or "")))
            found = sum(weight for word, weight in weights.items() if stems[word] <= said)
            covered[key] = found / whole
        return covered

    @translating
    def holding(self, words: Sequence[str], *, among: Set[int] | None = None) -> dict[int, int]:
        counts: dict[int, int] = {}
        for word in words:
            for key, _ in _matches(self.db, "spelt", filters.quoted(word)):
                if among is None or key in among:
                    counts[key] = counts.get(key, 0) + 1
        return counts

    @translating
    def has_all(self, words: Sequence[str]) -> bool:
        return next(_matches(self.db, "words", filters.all_of(words)), None) is not None

    @translating
    def spelt_about(self, length: int, *, give: int) -> list[tuple[str, int]]:
        select = "SELECT term, doc FROM spellings WHERE length(term) BETWEEN ? AND ?"
        rows = self.db.execute(select, (length - give, length + give))
        return [(str(term), int(str(count))) for term, count in rows]

    @translating
    def spots(self, keys: Sequence[int]) -> list[Spot]:
        select = (
            "SELECT p.key, e.id, p.answer, p.word, p.text,"
            " e.started, e.day, e.deck, e.title, a.speaker"
            f" FROM passages AS p {_OF_PASSAGES} WHERE p.key = ?"
        )
        rows = (self.db.execute(select, (key,)).fetchone() for key in keys)
        return [_spot(*row) for row in rows if row is not None]

    @translating
    def marks(self, text: str, query: Query) -> tuple[tuple[int, int], ...]:
        stemmer, _ = _tokenizers(self.db)
        wanted = {
            stem for each in (*query.words, *query.phrases) for stem in _tokens(stemmer, each)
        }
        data, where = indexed(text).encode("utf-8", "replace"), places(text)
        found: Any = stemmer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None)
        marks: list[tuple[int, int]] = []
        for begin, end, *stems in found:
            if wanted.isdisjoint(stems):
                continue
            first, last = where[begin], where[end - 1] + 1
            if marks and marks[-1][1] == first:  # letters of one word in a script without spaces
                first = marks.pop()[0]
            marks.append((first, last))
        return tuple(marks)


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


def _left_over(db: apsw.Connection, wanted: Wanted) -> set[int] | None:
    if wanted.closed is False and not db.execute("SELECT max(closed) FROM entries").get:
        wanted = replace(wanted, closed=None)  # or every passage would be looked up for nothing
    if wanted == EVERYTHING and not db.execute("SELECT sum(twin) FROM entries").get:
        return None
    where, values = filters.of_passages(wanted)
    select = f"SELECT p.key FROM passages AS p {_OF_PASSAGES} WHERE {where}"
    return {key for (key,) in db.execute(select, values)}


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
        indexed(text).encode("utf-8", "replace"),
        apsw.FTS5_TOKENIZE_DOCUMENT,
        None,
        include_offsets=False,
        include_colocated=False,
    )
    return [str(token) for token in found]
