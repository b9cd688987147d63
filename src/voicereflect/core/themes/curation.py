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
JOINED: Final = " and "
"""Between two nouns that name a theme."""


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
    handle: str = ""
    """What is short and never changes."""
    suggested: bool = False
    """Whether the name is the program's, and may be bettered."""
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
    apart: tuple[str, ...] = ()
    """Handles of themes that are never offered as one with it."""

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
    after = changed(
        curation, name, fresh, lambda record: replace(record, name=new, suggested=False)
    )
    return followed(after, name, new)


def followed(after: Curation, name: str, new: str) -> Curation:
    """Let what points to a name point to the new one."""
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

    A theme that is known by nothing else goes too, unless another points to it. A name that
    is the program's is made of words that were said: where they go, its handle stands for it.
    """
    curation = _unnamed(curation, said)
    moves = tuple(each for each in curation.moves if not gone(each.quote))
    pointed_to = _pointed_to(replace(curation, moves=moves))
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


def _unnamed(curation: Curation, said: Callable[[str], bool]) -> Curation:
    for record in curation.records:
        found = record.suggested and not record.seed
        if found and any(map(said, record.name.split(JOINED))):
            unnamed = replace(record, name=record.handle)
            records = tuple(unnamed if each is record else each for each in curation.records)
            after = replace(curation, records=records)
            curation = followed(after, record.name, record.handle)
    return curation


def is_touched(curation: Curation, record: CuratedTheme) -> bool:
    """Tell whether a person had a hand in a theme, or only its handle and name are kept."""
    hand = record.hidden or record.pinned or record.confirmed or record.own or record.into
    return bool(hand or not record.suggested or record.name.casefold() in _pointed_to(curation))


def _pointed_to(curation: Curation) -> set[str]:
    """Names that a move or a merge needs."""
    moves = {each.to.casefold() for each in curation.moves}
    return moves | {each.into.casefold() for each in curation.records}


def still_kept(restored: Curation, current: Curation) -> Curation:
    """Carry over what only keeps a handle and a name: taking a change back loses none of it."""
    there = {each.handle for each in restored.records}
    more = tuple(
        each
        for each in current.records
        if each.handle not in there and not is_touched(current, each)
        if record_named(restored, each.name) is None
    )
    return replace(restored, records=(*restored.records, *more))


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
