"""What a look back holds: quotes with their dates, counts, and nothing about them."""

from dataclasses import dataclass
from datetime import date, datetime

from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.spans import QuietTheme
from voicereflect.core.search.dates import Days
from voicereflect.core.search.filters import EVERYTHING, EntryLine, Wanted
from voicereflect.core.themes.names.named import NOTHING_NAMED, Named


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedFor:
    """What is looked back on."""

    wanted: Wanted = EVERYTHING
    theme: str = ""
    named: Named = NOTHING_NAMED
    quotes: int = 1
    """So many of each theme at most."""
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedQuote:
    """Words as they were said."""

    entry: str
    answer: int
    word: int
    """The first of them, counted from 1."""
    day: date
    text: str
    speaker: str = ""
    """Empty: the owner of the entry."""

    @property
    def words(self) -> int:
        """How many there are."""
        return len(self.text.split())

    @property
    def reference(self) -> str:
        """`ENTRY/ANSWER:WORD`, as every command takes it."""
        return f"{self.entry}/{self.answer}:{self.word}"

    def holds(self, there: Reference) -> bool:
        """Whether a word is one of these."""
        if (there.entry, there.answer) != (self.entry, self.answer) or there.word is None:
            return False
        return self.word <= there.word < self.word + self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of the sheet."""

    reference: str
    quote: DatedQuote | None
    """None: it was destroyed or changed since, or its speaker took it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundAt:
    """Where a quote is heard in a file beside its page."""

    file: str
    begin_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMade:
    """That a page was made outside the vault, and which entries it quotes."""

    made: datetime
    place: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeBack:
    """A theme within a span."""

    handle: str
    name: str
    days: tuple[date, ...]
    before: date | None
    """The last day it came up before the span."""
    quotes: tuple[DatedQuote, ...]
    """Oldest first."""
    then: DatedQuote | None = None
    now: DatedQuote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoBack:
    """A question that was answered on several days."""

    asked: str
    """The words of the last time."""
    asked_first: str
    """Those of the first; wordings of one question take turns."""
    first: DatedQuote
    last: DatedQuote
    times: int

    @property
    def pairs(self) -> tuple[tuple[str, tuple[DatedQuote, ...]], ...]:
        """Each wording with the answers that were given to it."""
        if self.asked_first == self.asked:
            return ((self.asked, (self.first, self.last)),)
        return ((self.asked_first, (self.first,)), (self.asked, (self.last,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A look back over a span."""

    span: Days
    theme: str = ""
    """The name of the only one that was asked for."""
    sittings: tuple[EntryLine, ...]
    """Those of which something may come back."""
    themes: tuple[ThemeBack, ...]
    quiet: tuple[QuietTheme, ...]
    echoes: tuple[EchoBack, ...]
    steps: tuple[DatedQuote, ...]
    """Small steps that were told and are still open."""
    whole: bool
    """Whether the span has no beginning before which anything could have been said."""
    closed: int
    """Sittings within the span of which nothing comes back unasked."""

    @property
    def quotes(self) -> tuple[DatedQuote, ...]:
        """Every quote, once, in the order of its place."""
        found = [each for theme in self.themes for each in (*theme.quotes, theme.then, theme.now)]
        found += [each for echo in self.echoes for each in (echo.first, echo.last)]
        known = {each for each in (*found, *self.steps) if each is not None}
        return tuple(sorted(known, key=lambda each: (each.entry, each.answer, each.word)))

    @property
    def entries(self) -> tuple[str, ...]:
        """Every entry that is quoted, in order."""
        return tuple(sorted({each.entry for each in self.quotes}))
