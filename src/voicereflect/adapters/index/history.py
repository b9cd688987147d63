"""What of earlier sittings the next one needs, read out of the index; knows its tables."""

import json
from collections.abc import Collection
from datetime import date
from typing import Final

from voicereflect.adapters.index.database import Database, translating
from voicereflect.core.decks.programme import DeckSitting
from voicereflect.core.search.filters import AnsweredDeck

_READABLE: Final = "problem = '' AND twin = 0"
_SITTINGS: Final = f"SELECT deck, day FROM entries WHERE answered AND {_READABLE} ORDER BY id"
_WAITING: Final = f"SELECT id FROM entries WHERE waiting AND {_READABLE} ORDER BY id LIMIT 1"
_UNDECIDED: Final = (
    f"SELECT id, title FROM entries WHERE undecided AND {_READABLE} ORDER BY id LIMIT 1"
)
_ANSWERED: Final = (
    "SELECT e.id, a.number, a.prompt, e.day FROM answers AS a JOIN entries AS e ON e.key = a.entry"
    " WHERE a.prompt IN (SELECT value FROM json_each(?)) AND (a.text <> '' OR a.seconds > 0)"
    f" AND {_READABLE} ORDER BY e.id, a.number"
)


class HistoryRows(Database):
    """What earlier sittings tell the next one."""

    @translating
    def sittings(self) -> tuple[DeckSitting, ...]:
        """Which deck was answered on which day, oldest first."""
        return tuple(
            DeckSitting(deck=deck, day=date.fromisoformat(day))
            for deck, day in self.db.execute(_SITTINGS)
        )

    @translating
    def waiting(self) -> str:
        """Name the oldest entry in which answers wait for their text; empty if none does."""
        return str(self.db.execute(_WAITING).get or "")

    @translating
    def undecided(self) -> tuple[str, str] | None:
        """Give id and title of the oldest entry that waits for its person's choice."""
        found: tuple[str, str] | None = self.db.execute(_UNDECIDED).fetchone()
        return found

    @translating
    def answered(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        """Where some prompts (`deck/prompt`) were answered, oldest first."""
        return tuple(
            AnsweredDeck(entry=entry, answer=number, prompt=prompt, day=date.fromisoformat(day))
            for entry, number, prompt, day in self.db.execute(
                _ANSWERED, (json.dumps(sorted(prompts)),)
            )
        )
