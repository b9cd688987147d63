"""What themes are made of, read out of the index; knows its tables, and no theme."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from voicereflect.adapters.index.database import Database, translating
from voicereflect.core.search.filters import ORDINAL_BITS
from voicereflect.core.themes.passages import ThemeHead, ThemePassage
from voicereflect.errors import VaultBusy

_HEADS: Final = (
    "SELECT key, id, day, deck, closed, themed FROM entries"
    " WHERE problem = '' AND twin = 0 ORDER BY id"
)
_SAID: Final = (
    "SELECT key, answer, word, text FROM passages"
    " WHERE NOT thin AND key BETWEEN ? AND ? ORDER BY key"
)
_SAID_AT: Final = (
    "SELECT p.key, p.answer, p.word, p.text, a.speaker FROM passages p"
    " JOIN answers a ON a.entry = ? AND a.number = p.answer"
    " WHERE NOT p.thin AND p.key BETWEEN ? AND ? ORDER BY p.key LIMIT 1 OFFSET ?"
)


class ThemeRows(Database):
    """Entries and passages as themes read them."""

    @translating
    def theme_heads(self) -> list[ThemeHead]:
        return [
            ThemeHead(
                key=key,
                id=entry_id,
                day=date.fromisoformat(day),
                deck=deck,
                closed=bool(closed),
                digest=themed,
            )
            for key, entry_id, day, deck, closed, themed in self.db.execute(_HEADS)
        ]

    @translating
    def said_in(self, key: int) -> tuple[ThemePassage, ...]:
        of_entry = "SELECT number, speaker FROM answers WHERE entry = ?"
        speakers: dict[int, str] = dict(self.db.execute(of_entry, (key,)))
        rows = self.db.execute(_SAID, _between(key))
        return tuple(_passage(row, key, speakers[row[1]]) for row in rows)

    @translating
    def said_at(self, spots: Sequence[tuple[int, int]]) -> list[ThemePassage]:
        wanted = [(key, *_between(key), which) for key, which in spots]
        rows = list(self.db.executemany(_SAID_AT, wanted))
        if len(rows) < len(spots):
            raise VaultBusy("Entries changed while they were being read.", hint="Ask again.")
        return [
            _passage(row, key, speaker)
            for (*row, speaker), (key, _) in zip(rows, spots, strict=True)
        ]

    @translating
    def vectors_of(self, key: int, model: str) -> bytes | None:
        select = "SELECT half FROM vectors WHERE entry = ? AND model = ?"
        half: bytes | None = self.db.execute(select, (key, model)).get
        return half


def _between(entry: int) -> tuple[int, int]:
    """The keys of an entry's first passage and of the last it could have."""
    first = entry << ORDINAL_BITS
    return first, first + (1 << ORDINAL_BITS) - 1


def _passage(row: Sequence[Any], entry: int, speaker: str) -> ThemePassage:
    key, answer, word, text = row
    return ThemePassage(
        answer=answer,
        word=word,
        words=text.count(" ") + 1,
        speaker=speaker,
        text=text,
        ordinal=key - (entry << ORDINAL_BITS),
    )
