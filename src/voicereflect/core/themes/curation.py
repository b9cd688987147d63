"""What a person did to their themes: names, merges, pins, moves, themes of their own.

Sentences are named by entry, answer and exact words, never by anything that a
rebuild or another model could change. Knows no file and no vector.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from voicereflect.errors import ThemeNotFound

STRICTNESS: Final = 0.5
"""Least cosine to the examples of a person's own theme, unless they turn it."""
NOWHERE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedQuote:
    """A sentence, by what cannot change unless the person changes it."""

    entry: str
    answer: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedTheme:
    """One theme that a person touched or made."""

    name: str
    seed: str = ""
    """The key of the known theme it stands for."""
    quotes: tuple[CuratedQuote, ...] = ()
    """Sentences by which a found theme is known again."""
    examples: tuple[str, ...] = ()
    """Sentences of a theme of one's own."""
    words: tuple[str, ...] = ()
    """Words or phrases that always belong to it."""
    strictness: float = STRICTNESS
    hidden: bool = False
    pinned: bool = False
    confirmed: bool = False
    into: str = ""
    """The name of the theme that took this one in."""

    @property
    def own(self) -> bool:
        """Whether the person made it, by examples or words."""
        return bool(self.examples or self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A sentence that a person put somewhere, or nowhere."""

    quote: CuratedQuote
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """All of it, in the order it was done."""

    records: tuple[CuratedTheme, ...] = ()
    moves: tuple[Move, ...] = ()


def record_named(curation: Curation, name: str) -> CuratedTheme | None:
    """Find the record with a name, in any case."""
    low = name.casefold()
    return next((each for each in curation.records if each.name.casefold() == low), None)


def changed(
    curation: Curation,
    name: str,
    fresh: CuratedTheme,
    change: Callable[[CuratedTheme], CuratedTheme],
) -> Curation:
    """Change the record with this name; `fresh` is what it begins as."""
    known = record_named(curation, name)
    if known is None:
        return replace(curation, records=(*curation.records, change(fresh)))
    records = tuple(change(each) if each is known else each for each in curation.records)
    return replace(curation, records=records)


def renamed(curation: Curation, name: str, fresh: CuratedTheme, new: str) -> Curation:
    """Give a theme another name; what pointed to it follows.

    Raises:
        ThemeNotFound: another theme has that name.
    """
    if record_named(curation, new) not in (None, record_named(curation, name)):
        raise name_taken()
    after = changed(curation, name, fresh, lambda record: replace(record, name=new))
    low = name.casefold()
    return Curation(
        records=tuple(
            replace(each, into=new) if each.into.casefold() == low else each
            for each in after.records
        ),
        moves=tuple(
            replace(each, to=new) if each.to.casefold() == low else each for each in after.moves
        ),
    )


def name_taken() -> ThemeNotFound:
    """Say that two themes of one name could not be told apart."""
    return ThemeNotFound(
        "Another theme has that name.", hint="Choose another name, or merge the two."
    )


def moved(curation: Curation, quote: CuratedQuote, to: str) -> Curation:
    """Put a sentence into a theme, or nowhere; the last word on a sentence counts."""
    for number, each in enumerate(curation.moves):
        if each.quote == quote:
            moves = list(curation.moves)
            moves[number] = replace(each, to=to)
            return replace(curation, moves=tuple(moves))
    return replace(curation, moves=(*curation.moves, Move(quote=quote, to=to)))


def without(
    curation: Curation, *, gone: Callable[[CuratedQuote], bool], said: Callable[[str], bool]
) -> Curation:
    """Let go of every sentence that is `gone`, and of examples that were `said` there.

    A theme that is known by nothing else goes too, unless another points to it.
    """
    moves = tuple(each for each in curation.moves if not gone(each.quote))
    pointed_to = {each.to.casefold() for each in moves}
    pointed_to |= {each.into.casefold() for each in curation.records}
    records = []
    for record in curation.records:
        after = replace(
            record,
            quotes=tuple(each for each in record.quotes if not gone(each)),
            examples=tuple(each for each in record.examples if not said(each)),
        )
        empty = not (after.own or after.seed or after.quotes)
        if after == record or not empty or record.name.casefold() in pointed_to:
            records.append(after)
    return Curation(records=tuple(records), moves=moves)


def target_of(curation: Curation, name: str) -> str:
    """Follow merges to the theme that is left; a circle ends where it began."""
    seen: list[str] = []
    while name.casefold() not in seen:
        seen.append(name.casefold())
        record = record_named(curation, name)
        if record is None or not record.into:
            return name
        name = record.into
    return name
