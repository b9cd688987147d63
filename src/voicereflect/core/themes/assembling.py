"""Register and curation brought together: the themes as a person knows them.

Pure, and the person's word counts: a move before an exact word, an exact word
before nearness, nearness to a theme of their own before what the register decided.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from voicereflect.core.themes import naming
from voicereflect.core.themes.curation import Curation, Quote, Record, target_of
from voicereflect.core.themes.passages import EntryPassages, Passage
from voicereflect.core.themes.places import Place
from voicereflect.core.themes.seeds import SeedTheme

CERTAIN: Final = 1000
"""In place of a cosine where the person decided, or their exact words stand there."""
RECURRING_DAYS: Final = 3
RECURRING_SPAN_DAYS: Final = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One passage of a theme, with all that is needed to quote it."""

    entry: str
    day: date
    deck: str
    passage: Passage
    nearness: int
    """Cosine to the theme in thousandths."""
    open: bool
    """Whether it may come back unasked: from no heavy deck and no closed entry."""

    @property
    def reference(self) -> str:
        """`ENTRY/ANSWER:WORD`, as every command takes it."""
        return f"{self.entry}/{self.passage.answer}:{self.passage.word}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Passages about one thing, oldest first."""

    key: str
    name: str
    sentences: tuple[Sentence, ...]
    record: Record | None = None
    sensitive: bool = False
    unmatched: bool = False
    """Known to the person, but no longer found: only what they named is left."""

    @property
    def days(self) -> tuple[date, ...]:
        """The days it came up, each once."""
        return tuple(sorted({each.day for each in self.sentences}))

    @property
    def recurs(self) -> bool:
        """Whether it came back on enough days over a long enough time."""
        days = self.days
        return len(days) >= RECURRING_DAYS and (days[-1] - days[0]).days >= RECURRING_SPAN_DAYS

    def quotable(self, named: Sequence[str] = ()) -> tuple[Sentence, ...]:
        """What may be quoted: of heavy decks and closed entries only those that are named."""
        ends = tuple(filter(None, named))
        return tuple(
            each
            for each in self.sentences
            if each.open or each.deck in named or each.entry.endswith(ends)
        )

    @property
    def shown(self) -> bool:
        """Whether it stands in the list."""
        record = self.record or Record(name=self.name)
        if record.hidden or (self.sensitive and not record.confirmed):
            return False
        return self.kept or self.recurs

    @property
    def kept(self) -> bool:
        """Whether the person pinned or made it: it is listed however rarely it comes."""
        return self.record is not None and (self.record.pinned or self.record.own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A passage that a person's own theme takes, and how near it is."""

    theme: str
    nearness: int


@dataclass(slots=True)
class _Group:
    key: str
    name: str = ""
    record: Record | None = None
    places: dict[Place, int] = field(default_factory=dict)
    sensitive: bool = False
    unmatched: bool = False


@dataclass(slots=True)
class _Board:
    """All groups, and where each passage stands now."""

    groups: dict[str, _Group]
    home: dict[Place, _Group]
    places: dict[Quote, list[Place]]

    def places_of(self, quote: Quote) -> list[Place]:
        """Where a quoted sentence stands; nowhere once it was edited."""
        return self.places.get(quote, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is brought together."""

    entries: Sequence[EntryPassages]
    keys: Sequence[str]
    members: Mapping[Place, tuple[int, int]]
    claims: Mapping[Place, Claim]
    closed: frozenset[str]
    """Entries that come back only when asked for."""
    seeds: Sequence[SeedTheme]
    curation: Curation


def assemble(material: Material) -> tuple[Theme, ...]:
    """Give every theme, those with the most days first."""
    board = _laid_out(material)
    _bind(board, material)
    _apply_claims(board, material)
    _apply_moves(board, material)
    _apply_merges(board, material)
    _name(board.groups, material)
    themes = [_theme(group, material) for group in board.groups.values()]
    kept = [each for each in themes if each.sentences or each.record]
    return tuple(sorted(kept, key=lambda each: (-len(each.days), each.name.casefold(), each.key)))


def _laid_out(material: Material) -> _Board:
    groups = {key: _Group(key) for key in material.keys}
    home: dict[Place, _Group] = {}
    for place, (theme, nearness) in material.members.items():
        home[place] = groups[material.keys[theme]]
        home[place].places[place] = nearness
    sensitive = {seed.key for seed in material.seeds if seed.sensitive}
    for group in groups.values():
        group.sensitive = group.key in sensitive
    wanted = {quote for record in material.curation.records for quote in record.quotes}
    wanted |= {move.quote for move in material.curation.moves}
    return _Board(groups, home, _found(wanted, material.entries))


def _found(wanted: set[Quote], entries: Sequence[EntryPassages]) -> dict[Quote, list[Place]]:
    ids = {quote.entry for quote in wanted}
    found: dict[Quote, list[Place]] = {}
    for number, entry in enumerate(entries):
        for index, each in enumerate(entry.passages if entry.id in ids else ()):
            quote = Quote(entry=entry.id, answer=each.answer, words=each.text)
            if quote in wanted:
                found.setdefault(quote, []).append(Place(number, index))
    return found


def _bind(board: _Board, material: Material) -> None:
    """Find for each record the theme it stands for: most of its quotes are there now."""
    for record in material.curation.records:
        bound = _theme_of(record, board)
        if bound is not None:
            bound.record = record
            _hold(board, record, bound)
            continue
        own = _Group(f"own:{record.name}", record=record, unmatched=not record.own)
        board.groups[own.key] = own
        _hold(board, record, own)


def _hold(board: _Board, record: Record, group: _Group) -> None:
    """What a theme is known by stays with it, whatever another model thinks."""
    for place in (place for quote in record.quotes for place in board.places_of(quote)):
        if board.home.get(place) is not group:
            _put(board, place, group, CERTAIN)


def _theme_of(record: Record, board: _Board) -> _Group | None:
    seed = board.groups.get(record.seed)
    if seed is not None and seed.record is None:
        return seed
    places = [place for quote in record.quotes for place in board.places_of(quote)]
    votes = Counter(board.home[place].key for place in places if place in board.home)
    free = [(-n, key) for key, n in votes.items() if board.groups[key].record is None]
    return board.groups[min(free)[1]] if free else None


def _apply_claims(board: _Board, material: Material) -> None:
    for place, claim in material.claims.items():
        group = board.groups.get(f"own:{claim.theme}")
        if group is not None:
            _put(board, place, group, claim.nearness)


def _apply_moves(board: _Board, material: Material) -> None:
    names = _by_name(board.groups)
    for move in material.curation.moves:
        key = names.get(move.to.casefold())
        for place in board.places_of(move.quote):
            _put(board, place, board.groups[key] if key else None, CERTAIN)


def _apply_merges(board: _Board, material: Material) -> None:
    names = _by_name(board.groups)
    for record in material.curation.records:
        target = names.get(target_of(material.curation, record.name).casefold())
        source = names.get(record.name.casefold())
        if not record.into or target is None or source is None or target == source:
            continue
        taken = board.groups.pop(source)
        board.groups[target].places.update(taken.places)
        board.groups[target].sensitive |= taken.sensitive
        del names[record.name.casefold()]


def _by_name(groups: Mapping[str, _Group]) -> dict[str, str]:
    return {g.record.name.casefold(): key for key, g in groups.items() if g.record is not None}


def _put(board: "_Board", place: Place, into: _Group | None, nearness: int) -> None:
    before = board.home.pop(place, None)
    if before is not None:
        before.places.pop(place, None)
    if into is not None:
        into.places[place] = nearness
        board.home[place] = into


def _name(groups: dict[str, _Group], material: Material) -> None:
    texts = {
        key: [material.entries[p.entry].passages[p.passage].text for p in sorted(group.places)]
        for key, group in groups.items()
        if group.places
    }
    titles = {seed.key: seed.title for seed in material.seeds}
    found = naming.names(texts)
    for key, group in groups.items():
        own = group.record.name if group.record is not None else ""
        group.name = own or titles.get(key, "") or found.get(key, key)


def _theme(group: _Group, material: Material) -> Theme:
    sentences = []
    for place in sorted(group.places):
        entry = material.entries[place.entry]
        sentences.append(
            Sentence(
                entry=entry.id,
                day=entry.day,
                deck=entry.deck,
                passage=entry.passages[place.passage],
                nearness=group.places[place],
                open=entry.id not in material.closed,
            )
        )
    return Theme(
        key=group.key,
        name=group.name,
        sentences=tuple(sentences),
        record=group.record,
        sensitive=group.sensitive,
        unmatched=group.unmatched,
    )
