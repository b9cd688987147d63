"""The index of entries, and what knows what sentences mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set

    from voicereflect.core.decks.rotation import Tally
    from voicereflect.core.programme.so_far import DeckSitting
    from voicereflect.core.search.filters import (
        AnsweredDeck,
        EntryLine,
        IndexRecord,
        NameKind,
        Spot,
        UndecidedEntry,
        Unread,
        Wanted,
    )
    from voicereflect.core.search.query import Query
    from voicereflect.core.search.ranking import Frequencies
    from voicereflect.core.themes.passages import ThemeHead, ThemePassage
    from voicereflect.errors import EntryUnreadable
    from voicereflect.model import Entry


class EntryIndex(Protocol):
    """A cache of all entries: kept in step with the vault, asked, and thrown away at will."""

    def state(self) -> Mapping[str, tuple[str, str]]:
        """Stamp and digest of every folder that was read, by its place."""

    def restamp(self, stamps: Mapping[str, str]) -> None:
        """Note that files were touched and say the same."""

    def put(self, records: Sequence[IndexRecord]) -> None:
        """Add what was read, in place of what was known; all of it or nothing."""

    def drop(self, places: Sequence[str]) -> None:
        """Forget what is gone."""

    def count_unread(self, model: str) -> int:
        """Count the entries without vectors."""

    def unread(self, model: str, *, count: int) -> Sequence[Unread]:
        """The next entries without vectors, newest first."""

    def put_vectors(self, model: str, rows: Sequence[tuple[Unread, bytes]]) -> None:
        """Keep vectors, unless the text has changed since it was handed out."""

    def vacuum(self) -> None:
        """Let no trace of what was dropped stay."""

    def begin_again(self) -> None:
        """Throw everything away and begin an empty one."""

    def lines(self, wanted: Wanted, *, limit: int | None = None) -> list[EntryLine]:
        """Entries in one line each, oldest first."""

    def entries(self, wanted: Wanted, *, limit: int | None = None) -> list[Entry]:
        """Entries with all their answers, oldest first."""

    def languages(self) -> dict[str, int]:
        """How many entries each language has, by its code."""

    def problems(self, where: str) -> list[EntryUnreadable]:
        """Entries that somebody has to mend, by place; `where` is the folder of all entries."""

    def by_words(
        self, query: Query, count: int, *, among: Set[int] | None = None
    ) -> dict[int, float]:
        """How well any of the words fit, or the quotes where there are no words."""

    def frequencies(self, query: Query) -> Frequencies:
        """In how many passages each word stands: in any form, and as it is written."""

    def coverage(self, weights: Mapping[str, float], keys: Collection[int]) -> dict[int, float]:
        """How much of the words' weight stands in each passage, in any of their forms."""

    def holding(self, words: Sequence[str], *, among: Set[int] | None = None) -> dict[int, int]:
        """How many of these words stand in a passage as they are written."""

    def has_all(self, words: Sequence[str]) -> bool:
        """Whether one passage has all of these words, in any of their forms."""

    def begun(self, words: Sequence[str], count: int) -> Sequence[int]:
        """Passages that have these words, of the last its beginning; those kept last first.

        None of them is of a closed entry.
        """

    def spelt_about(self, length: int, *, give: int) -> Sequence[tuple[str, int]]:
        """Words of about so many letters as they are written, and in how many passages each is."""

    def names(self, what: NameKind) -> Sequence[str]:
        """All the names there are of one kind."""

    def among(self, query: Query, wanted: Wanted) -> set[int] | None:
        """Passages that filters and quotes leave over; None is all."""

    def vectors(self, model: str) -> Sequence[tuple[int, bytes]]:
        """Each entry's key, and the vectors of its passages, by one model."""

    def spots(self, keys: Sequence[int]) -> list[Spot]:
        """Passages by their keys, in that order; what is gone meanwhile is left out."""

    def marks(self, text: str, query: Query) -> tuple[tuple[int, int], ...]:
        """Begin and end of each word of a text that the query has too, in letters."""

    def ids(self) -> list[str]:
        """The id of every entry that could be read."""

    def sittings(self) -> tuple[DeckSitting, ...]:
        """Which deck was answered on which day, with what was asked and told, oldest first."""

    def waiting(self) -> str:
        """The oldest entry in which answers wait for their text; empty if none does."""

    def undecided(self) -> tuple[UndecidedEntry, ...]:
        """The entries that wait for their person's choice, oldest first."""

    def answered(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        """Where some prompts (`deck/prompt`) were answered, oldest first."""

    def quotable(self, prompts: Collection[str]) -> tuple[AnsweredDeck, ...]:
        """Where some prompts have an answer in words that no choice keeps back, oldest first."""

    def tally(self, deck: str, prompts: Collection[str]) -> Tally:
        """How many sittings there were, how many of a deck, and how often prompts were asked."""

    def theme_heads(self) -> list[ThemeHead]:
        """Every entry without its words, in the order of ids."""

    def said_in(self, key: int) -> tuple[ThemePassage, ...]:
        """What can belong to a theme of one entry, by the entry's key."""

    def said_at(self, spots: Sequence[tuple[int, int]]) -> Sequence[ThemePassage]:
        """One passage for each spot: an entry's key, and which of those `said_in` gives.

        Raises:
            VaultBusy: somebody changed or deleted an entry since its head was read.
        """

    def vectors_of(self, key: int, model: str) -> bytes | None:
        """The vectors of all passages of one entry, if they are there."""

    def faults(self) -> list[str]:
        """What is wrong inside its file, and never in a person's words; mends nothing."""


class Meaning(Protocol):
    """What knows what sentences mean."""

    @property
    def name(self) -> str:
        """Names the model and its files' hashes: another name, other vectors."""

    def start(self, ahead: Sequence[str] = ()) -> None:
        """Begin to load, and to read what comes first; raises ModelMissing or ModelDamaged."""

    def embed(self, texts: Sequence[str], *, quick: bool = False) -> bytes:
        """Each text's vector, one after the other; `quick` for what is not kept."""


class Sense(Protocol):
    """Knows what an answer means."""

    def start(self) -> None:
        """Begin to load what it needs, and return before that is done; again, it does nothing.

        Raises:
            ModelError: it is not there.
        """

    def notices(self, text: str) -> bool:
        """Tell whether an answer speaks of danger; takes as long as it needs, and keeps nothing.

        Raises:
            ModelError: it cannot tell, and will not be able to later.
        """

    def stop(self) -> None:
        """Tell nothing more, and let whoever waits for it go on; any thread may."""

    def close(self) -> None:
        """Let go of what it took hold of."""
