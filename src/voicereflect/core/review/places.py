"""Where one stands in a review: a list of rows and a place in it; knows no key and no screen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from voicereflect.core.decks.laying import Group, Laid
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.choosing import quote_in
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.safety.consent import counting
from voicereflect.core.search.filters import EntryLine
from voicereflect.core.words import passages
from voicereflect.model import Entry

_WORD: Final = re.compile(r"\S+")
ON_A_KEY: Final = "This stays closed unless you ask for it: O opens it."
ON_ENTER: Final = "ENTER shows what was said here."
"""Of what speaks of danger: it is not laid beside a list by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """A theme in a list."""

    handle: str
    name: str
    days: tuple[date, ...]
    twin: str = ""
    """Handle and name of the theme that may be one with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name of the vocabulary, and when it was said."""

    name: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month, and how much was said in it."""

    first: date
    days: int
    seconds: float
    at: int
    """Where its first entry stands among all."""


Row = EntryLine | DatedQuote | ThemeRow | NameRow | MonthRow
Pointed = int | Reference | date
"""What a click means: a row by its number, a word, or the first row from a day on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInReview:
    """A list of rows, and the one that is looked at."""

    title: str
    rows: Sequence[Row]
    at: int = 0
    word: int = 0
    """Which word of a sentence one stands on, counted from 0."""
    searched: str = ""
    """The words, where these are what was found."""
    theme: str = ""
    """The handle, where these are the sentences of a theme."""
    entry: Entry | None = None
    """What is looked at, or what it was said in; None: it stays closed, or there is none."""
    groups: tuple[Group, ...] = ()
    """Its answers that count, as their deck lays them out."""
    came: "PlaceInReview | None" = None
    """The list that an entry was opened from, where these are its sentences."""
    unsure: frozenset[tuple[int, int]] = frozenset()
    """Answer and word of what the machine was in doubt about, in an entry that is open."""

    @property
    def row(self) -> Row | None:
        """What is looked at; nothing in an empty list."""
        return self.rows[self.at] if self.rows else None

    def laid(self, said: DatedQuote) -> Laid | None:
        """The answer that a sentence of this entry stands in."""
        every = (laid for group in self.groups for laid in group)
        return next((each for each in every if each.answer.number == said.answer), None)

    def moved(self, by: int) -> "PlaceInReview":
        """Look at another row, at most the first or the last, from its first word on."""
        return replace(self, at=max(0, min(self.at + by, len(self.rows) - 1)), word=0)

    def stepped(self, by: int) -> "PlaceInReview":
        """Stand on the next word or the one before, of the next sentence where this one ends."""
        said = self.row
        if not isinstance(said, DatedQuote):
            return self
        if 0 <= self.word + by < said.words:
            return replace(self, word=self.word + by)
        other = self.moved(by)
        if by > 0 or other.at == self.at or not isinstance(other.row, DatedQuote):
            return self if other.at == self.at else other
        return replace(other, word=other.row.words - 1)

    def on(self, there: Reference) -> "PlaceInReview":
        """Stand on a word of these sentences; here, where it is in none of them."""
        for at, each in enumerate(self.rows):
            if isinstance(each, DatedQuote) and each.holds(there):
                return replace(self, at=at, word=(there.word or each.word) - each.word)
        return self

    def on_day(self, day: date) -> "PlaceInReview":
        """Look at the first row from a day on."""
        days = (getattr(each, "day", date.min) for each in self.rows)
        at = next((at for at, each in enumerate(days) if each >= day), len(self.rows) - 1)
        return replace(self, at=at, word=0)

    @property
    def spot(self) -> Reference | None:
        """The word one stands on; nothing where these are no sentences."""
        said = self.row
        if not isinstance(said, DatedQuote):
            return None
        return Reference(entry=said.entry, answer=said.answer, word=said.word + self.word)

    def year_before(self) -> "PlaceInReview | None":
        """Look at the newest row that is a year older or more; None where there is none."""
        if not isinstance(self.row, DatedQuote):
            return None
        limit = self.row.day.toordinal() - 365
        older = [
            number
            for number, each in enumerate(self.rows)
            if isinstance(each, DatedQuote) and each.day.toordinal() <= limit
        ]
        return replace(self, at=older[-1], word=0) if older else None


def sentences_of(entry: Entry, groups: Sequence[Group] = ()) -> tuple[DatedQuote, ...]:
    """Every sentence of an entry that counts, in order, or in that in which they are laid out."""
    answers = [laid.answer for group in groups for laid in group] or counting(entry)
    return tuple(
        quote_in(entry, answer, each.word, each.text)
        for answer in answers
        for each in passages.split(answer.text)
    )


def months_of(lines: Sequence[EntryLine]) -> tuple[MonthRow, ...]:
    """The months in which something was said."""
    found = []
    numbered = enumerate(lines)
    for first, group in groupby(numbered, key=lambda each: each[1].day.replace(day=1)):
        those = list(group)
        found.append(
            MonthRow(
                first=first,
                days=len({line.day for _, line in those}),
                seconds=sum(line.seconds for _, line in those),
                at=those[0][0],
            )
        )
    return tuple(found)


def with_words(text: str, quote: DatedQuote, words: str) -> str | None:
    """Put other words in a sentence's place, all else as it stands; None where it is not there."""
    spans = [*_WORD.finditer(text)][quote.word - 1 : quote.word - 1 + quote.words]
    if not spans or " ".join(span.group() for span in spans) != quote.text:
        return None
    return f"{text[: spans[0].start()]}{words}{text[spans[-1].end() :]}"
