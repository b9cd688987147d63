"""Where one stands in a review: a list of rows and a place in it; knows no key and no screen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Final

from voicereflect.core.entry.ids import day_of
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.safety.consent import counting, owner_of
from voicereflect.core.search.filters import EntryLine
from voicereflect.core.words import passages
from voicereflect.model import Entry

_WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """A theme in a list."""

    handle: str
    name: str
    days: tuple[date, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInReview:
    """A list of rows, and the one that is looked at."""

    title: str
    rows: Sequence[Row]
    at: int = 0
    theme: str = ""
    """The handle, where these are the sentences of a theme."""
    beside: Sequence[DatedQuote] = ()
    """What was said in the entry that is looked at, where the screen has room for it."""

    @property
    def row(self) -> Row | None:
        """What is looked at; nothing in an empty list."""
        return self.rows[self.at] if self.rows else None

    def moved(self, by: int) -> "PlaceInReview":
        """Look at another row, at most the first or the last."""
        return replace(self, at=max(0, min(self.at + by, len(self.rows) - 1)))

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
        return replace(self, at=older[-1]) if older else None


def sentences_of(entry: Entry) -> tuple[DatedQuote, ...]:
    """Every sentence of an entry that counts, in order."""
    owner, day = owner_of(entry), day_of(entry.started_at)
    return tuple(
        DatedQuote(
            entry=entry.id,
            answer=answer.number,
            word=each.word,
            words=len(each.text.split()),
            day=day,
            text=each.text,
            speaker="" if answer.speaker == owner else answer.speaker,
        )
        for answer in counting(entry)
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
