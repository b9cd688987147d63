"""What of earlier sittings the next one needs, read out of the index; knows its tables."""

import json
from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Final

from voicereflect.adapters.index.database import Database, translating
from voicereflect.core.decks.rotation import Tally
from voicereflect.core.programme.so_far import DeckSitting
from voicereflect.core.search.filters import AnsweredDeck, UndecidedEntry

_READABLE: Final = "problem = '' AND twin = 0"
_TELLABLE: Final = "a.state = 'done' AND a.text <> '' AND NOT e.closed"
_SITTINGS: Final = (
    f"SELECT deck, day, met, told FROM entries WHERE answered AND {_READABLE} ORDER BY id"
)
_WAITING: Final = f"SELECT id FROM entries WHERE waiting AND {_READABLE} ORDER BY id LIMIT 1"
_UNDECIDED: Final = (
    f"SELECT id, title, day FROM entries WHERE undecided AND {_READABLE} ORDER BY id"
)
_OF_PROMPTS: Final = (
    "FROM answers AS a JOIN entries AS e ON e.key = a.entry"
    f" WHERE a.prompt IN (SELECT value FROM json_each(?)) AND {_READABLE}"
)
_PLACES: Final = f"SELECT e.id, a.number, a.prompt, e.day {_OF_PROMPTS}"
_ANSWERED: Final = f"{_PLACES} AND (a.text <> '' OR a.seconds > 0) ORDER BY e.id, a.number"
_QUOTABLE: Final = f"{_PLACES} AND {_TELLABLE} ORDER BY e.id, a.number"
_SO_MANY: Final = (
    f"SELECT count(*), count(*) FILTER (WHERE deck = ?) FROM entries AS e WHERE {_READABLE}"
    " AND EXISTS (SELECT 1 FROM answers AS a WHERE a.entry = e.key)"
)
_ASKED: Final = (
    f"SELECT a.prompt, count(*) {_OF_PROMPTS}"
    " GROUP BY a.prompt ORDER BY max(e.id || printf('/%09d', a.number))"
)


class HistoryRows(Database):
    """What earlier sittings tell the next one."""

    @translating
    def sittings(self) -> tuple[DeckSitting, ...]:
        prompts = cache(_prompts)  # of ten thousand sittings, most met what others met
        return tuple(
            DeckSitting(
                deck=deck, day=date.fromisoformat(day), met=prompts(met), told=prompts(told)
            )
            for deck, day, met, told in self.db.execute(_SITTINGS)
        )

    @translating
    def waiting(self) -> str:
        return str(self.db.execute(_WAITING).get or "")

    @translating
    def undecided(self) -> tuple[UndecidedEntry, ...]:
        return tuple(
            UndecidedEntry(entry=entry, title=title, day=date.fromisoformat(day))
            for entry, title, day in self.db.execute(_UNDECIDED)
        )

    @translating
    def answered(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        return self._places(_ANSWERED, prompts)

    @translating
    def quotable(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        return self._places(_QUOTABLE, prompts)

    @translating
    def tally(self, deck: str, prompts: Collection[str]) -> Tally:
        sittings, of_deck = self.db.execute(_SO_MANY, (deck,)).fetchone() or (0, 0)
        return Tally(
            sittings=sittings,
            of_deck=of_deck,
            asked=dict(self.db.execute(_ASKED, (json.dumps(sorted(prompts)),))),
        )

    def _places(self, question: str, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        return tuple(
            AnsweredDeck(entry=entry, answer=number, prompt=prompt, day=date.fromisoformat(day))
            for entry, number, prompt, day in self.db.execute(
                question, (json.dumps(sorted(prompts)),)
            )
        )


def _prompts(names: str) -> frozenset[str]:
    return frozenset(names.split(" ")) if names else frozenset()
