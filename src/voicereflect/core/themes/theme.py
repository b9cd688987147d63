"""A theme as a person knows it: its sentences, read when they are needed, and its days.

Knows entries through two roles; no clusterer, and none of the rules of curation.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, Protocol, overload

import numpy as np

from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.themes.assignments import Members, nearest, places_of
from voicereflect.core.themes.clustering.vectors import Vectors
from voicereflect.core.themes.curation import CuratedTheme
from voicereflect.core.themes.names.named import NOTHING_NAMED, Named
from voicereflect.core.themes.passages import PassagePlace, ThemePassage

RECURRING_DAYS: Final = 3
RECURRING_SPAN_DAYS: Final = 14
LIKELY: Final = 12
"""So many sentences are looked at for the one that is quoted."""


class Head(Protocol):
    """What is known of an entry without its words."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def day(self) -> date:
        """Its day."""

    @property
    def deck(self) -> str:
        """The deck it comes from."""


class PassageSource(Protocol):
    """Entries in the order of ids, and their passages when somebody asks."""

    @property
    def heads(self) -> Sequence[Head]:
        """Every entry."""

    def said_at(self, places: Sequence[PassagePlace]) -> Sequence[ThemePassage]:
        """The passages at these places."""

    def said_in(self, number: int) -> Sequence[ThemePassage]:
        """Every passage of the entry at a place."""

    def vectors_at(self, spots: Sequence[tuple[int, int]]) -> Vectors:
        """One vector, of its own words alone, for each spot: entry's place, passage's `ordinal`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One passage of a theme, with all that is needed to quote it."""

    entry: str
    day: date
    deck: str
    passage: ThemePassage
    place: PassagePlace
    nearness: int
    """Cosine to the theme in thousandths."""
    open: bool
    """Whether it may come back unasked: from no heavy deck and no closed entry."""

    @property
    def reference(self) -> str:
        """`ENTRY/ANSWER:WORD`, as every command takes it."""
        return f"{self.entry}/{self.passage.answer}:{self.passage.word}"


class Sentences(Sequence[Sentence]):
    """The sentences of a theme, oldest first; each is read when it is looked at."""

    def __init__(self, members: Members, source: PassageSource, closed: frozenset[str]) -> None:
        """Nothing is read yet."""
        self._members = members
        self._source = source
        self._closed = closed

    def __len__(self) -> int:
        """How many there are; reads nothing."""
        return len(self._members)

    @overload
    def __getitem__(self, index: int) -> Sentence: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sentence]: ...
    def __getitem__(self, index: int | slice) -> Sentence | Sequence[Sentence]:
        """Read one, or some."""
        if isinstance(index, slice):
            return self._read(self._members[index])
        return self._read(self._members[[index]])[0]

    def __iter__(self) -> Iterator[Sentence]:
        """Read all."""
        return iter(self._read(self._members))

    def __eq__(self, other: object) -> bool:
        """Tell whether these are the same sentences."""
        return isinstance(other, Sentences) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as any sequence that compares by what it holds

    def entries(self) -> list[int]:
        """The places of the entries they stand in, each once, in order."""
        found: list[int] = np.unique(self._members[:, 0]).tolist()
        return found

    def nearest(self, count: int) -> Sequence[Sentence]:
        """Read the nearest ones, in the order they were said."""
        return self._read(nearest(self._members, count))

    def quote(self) -> Sentence | None:
        """Read what says it best and may come back unasked; nothing that speaks of danger."""
        entry, passage, nearness = self._members.T
        nearest_first = self._members[np.lexsort((passage, -entry, -nearness))]
        heads = self._source.heads
        open_ones = (row for row in nearest_first if heads[row[0]].id not in self._closed)
        likely = np.array(list(islice(open_ones, LIKELY)), dtype=np.int64).reshape(-1, 3)
        best_first = self.clearest(self._read(likely), LIKELY)
        return next((each for each in best_first if not speaks_of_danger(each.passage.text)), None)

    def clearest(self, among: Sequence[Sentence], count: int) -> list[Sentence]:
        """Choose those that say it best, the best first; of equals the latest.

        Nearness was measured with the sentences beside. So of the nearest those are
        taken that by their own words are most like all of them.
        """
        latest_first = sorted(among, key=lambda each: each.place, reverse=True)
        likely = sorted(latest_first, key=lambda each: -each.nearness)[:LIKELY]
        if not likely:
            return []
        own = self._source.vectors_at([(e.place.entry, e.passage.ordinal) for e in likely])
        order = np.argsort(-(own @ own.sum(axis=0)), kind="stable")
        return [likely[at] for at in order[:count].tolist()]

    def _read(self, members: Members) -> list[Sentence]:
        places = places_of(members)
        heads = [self._source.heads[place.entry] for place in places]
        said = self._source.said_at(places)
        return [
            Sentence(
                entry=head.id,
                day=head.day,
                deck=head.deck,
                passage=passage,
                place=place,
                nearness=near,
                open=head.id not in self._closed,
            )
            for head, place, passage, near in zip(
                heads, places, said, members[:, 2].tolist(), strict=True
            )
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Passages about one thing, oldest first."""

    key: str
    name: str
    handle: str = ""
    """Short, and kept for good; none while the theme waits for a yes."""
    better: str = ""
    """What it would be called now, where the program named it and would name it otherwise."""
    sentences: Sentences
    entries: tuple[str, ...]
    """Those it came up in, by id, in order."""
    entry_days: tuple[date, ...]
    """The day of each."""
    days: tuple[date, ...]
    """The days it came up, each once, in order."""
    decks: tuple[str, ...]
    """Those it came up in, by name."""
    record: CuratedTheme | None = None
    sensitive: bool = False
    unmatched: bool = False
    """Known to the person, but no longer found: only what they named is left."""
    quiet: bool = False
    """Whether all of it is from heavy decks and closed entries."""

    @property
    def recurs(self) -> bool:
        """Whether it came back on enough days over a long enough time."""
        days = self.days
        return len(days) >= RECURRING_DAYS and (days[-1] - days[0]).days >= RECURRING_SPAN_DAYS

    def quotable(self, named: Named = NOTHING_NAMED) -> tuple[Sentence, ...]:
        """What may be quoted: of heavy decks and closed entries only those that are named."""
        return tuple(
            each
            for each in self.sentences
            if each.open
            or each.deck in named.decks
            or named.asks_for(each.entry, each.passage.answer)
        )

    @property
    def waits_for_yes(self) -> bool:
        """Whether nothing of it may be shown before the person said yes to it."""
        return self.sensitive and not (self.record is not None and self.record.confirmed)

    @property
    def unasked(self) -> bool:
        """Whether it may be named: not by the program's words where all of it stays closed."""
        return not self.quiet or (self.record is not None and not self.record.suggested)

    @property
    def shown(self) -> bool:
        """Whether it stands in the list."""
        listed = self.kept or (self.recurs and self.unasked)
        return listed and not (self.hidden or self.waits_for_yes)

    @property
    def hidden(self) -> bool:
        """Whether the person left it out of the list."""
        return self.record is not None and self.record.hidden

    @property
    def kept(self) -> bool:
        """Whether the person pinned or made it: it is listed however rarely it comes."""
        return self.record is not None and (self.record.pinned or self.record.own)
