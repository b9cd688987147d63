"""Register and curation brought together: the themes as a person knows them.

Pure, and the person's word counts: a move before an exact word, an exact word
before nearness, nearness to a theme of their own before what the register decided.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.themes import naming
from voicereflect.core.themes.board import Board, Members, Standing, in_order
from voicereflect.core.themes.claiming import CERTAIN, Claim
from voicereflect.core.themes.curation import CuratedQuote, CuratedTheme, Curation, target_of
from voicereflect.core.themes.places import PassagePlace
from voicereflect.core.themes.seeds import SeedTheme
from voicereflect.core.themes.theme import PassageSource, Sentences, Theme

NAMED_BY: Final = 64
"""So many of its sentences name a theme at most, drawn evenly over its time."""
NOTHING: Final = in_order((), ())


@dataclass(slots=True)
class _Group:
    key: str
    name: str = ""
    record: CuratedTheme | None = None
    sensitive: bool = False
    unmatched: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """All groups, where each passage stands, and where what the person quoted stands."""

    groups: dict[str, _Group]
    board: Board
    places: dict[CuratedQuote, list[PassagePlace]]

    def places_of(self, quote: CuratedQuote) -> list[PassagePlace]:
        """Where a quoted sentence stands; nowhere once it was edited."""
        return self.places.get(quote, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is brought together."""

    source: PassageSource
    keys: Sequence[str]
    members: Members
    claims: Mapping[PassagePlace, Claim]
    closed: frozenset[str]
    """Entries that come back only when asked for."""
    seeds: Sequence[SeedTheme]
    curation: Curation


def assemble(material: Material) -> tuple[Theme, ...]:
    """Give every theme, those with the most days first."""
    table = _laid_out(material)
    _bind(table, material.curation)
    _apply_claims(table, material.claims)
    _apply_moves(table, material.curation)
    standings = table.board.standings()
    _apply_merges(table.groups, standings, material.curation)
    _name(table.groups, standings, material)
    themes = [
        _theme(group, standings.get(group.key, NOTHING), material)
        for group in table.groups.values()
    ]
    kept = [each for each in themes if each.sentences or each.record]
    return tuple(sorted(kept, key=lambda each: (-len(each.days), each.name.casefold(), each.key)))


def _laid_out(material: Material) -> _Table:
    sensitive = {seed.key for seed in material.seeds if seed.sensitive}
    groups = {key: _Group(key, sensitive=key in sensitive) for key in material.keys}
    wanted = {quote for record in material.curation.records for quote in record.quotes}
    wanted |= {move.quote for move in material.curation.moves}
    return _Table(groups, Board(material.members, material.keys), _found(wanted, material.source))


def _found(
    wanted: set[CuratedQuote], source: PassageSource
) -> dict[CuratedQuote, list[PassagePlace]]:
    ids = {quote.entry for quote in wanted}
    found: dict[CuratedQuote, list[PassagePlace]] = {}
    for number, entry in enumerate(source.heads if ids else ()):
        for index, each in enumerate(source.said_in(number) if entry.id in ids else ()):
            quote = CuratedQuote(entry=entry.id, answer=each.answer, words=each.text)
            if quote in wanted:
                found.setdefault(quote, []).append(PassagePlace(number, index))
    return found


def _bind(table: _Table, curation: Curation) -> None:
    """Find for each record the theme it stands for: most of its quotes are there now."""
    for record in curation.records:
        bound = _theme_of(record, table)
        if bound is not None:
            bound.record = record
            _hold(table, record, bound)
            continue
        own = _Group(f"own:{record.name}", record=record, unmatched=not record.own)
        table.groups[own.key] = own
        _hold(table, record, own)


def _hold(table: _Table, record: CuratedTheme, group: _Group) -> None:
    """What a theme is known by stays with it, whatever another model thinks."""
    for place in (place for quote in record.quotes for place in table.places_of(quote)):
        if table.board.home(place) != group.key:
            table.board.put(place, group.key, CERTAIN)


def _theme_of(record: CuratedTheme, table: _Table) -> _Group | None:
    seed = table.groups.get(record.seed)
    if seed is not None and seed.record is None:
        return seed
    places = [place for quote in record.quotes for place in table.places_of(quote)]
    votes = Counter(filter(None, map(table.board.home, places)))
    free = [(-n, key) for key, n in votes.items() if table.groups[key].record is None]
    return table.groups[min(free)[1]] if free else None


def _apply_claims(table: _Table, claims: Mapping[PassagePlace, Claim]) -> None:
    names = _by_name(table.groups)  # words may be added to a theme that was found, too
    for place, claim in claims.items():
        table.board.put(place, names[claim.theme.casefold()], claim.nearness)


def _apply_moves(table: _Table, curation: Curation) -> None:
    names = _by_name(table.groups)
    for move in curation.moves:
        for place in table.places_of(move.quote):
            table.board.put(place, names.get(move.to.casefold()), CERTAIN)


def _apply_merges(
    groups: dict[str, _Group], standings: dict[str, Standing], curation: Curation
) -> None:
    names = _by_name(groups)
    for record in curation.records:
        target = names.get(target_of(curation, record.name).casefold())
        source = names.get(record.name.casefold())
        if not record.into or target is None or source is None or target == source:
            continue
        taken = standings.pop(source, NOTHING)
        standings[target] = standings.get(target, NOTHING).together(taken)
        groups[target].sensitive |= groups.pop(source).sensitive and not record.confirmed
        del names[record.name.casefold()]


def _by_name(groups: Mapping[str, _Group]) -> dict[str, str]:
    return {g.record.name.casefold(): key for key, g in groups.items() if g.record is not None}


def _name(groups: dict[str, _Group], standings: Mapping[str, Standing], material: Material) -> None:
    source = material.source
    texts = {
        key: [each.text for each in source.said_at(standing.drawn(NAMED_BY).places())]
        for key, standing in standings.items()
    }
    titles = {seed.key: seed.title for seed in material.seeds}
    found = naming.names(texts)
    for key, group in groups.items():
        own = group.record.name if group.record is not None else ""
        group.name = own or titles.get(key, "") or found.get(key, key)


def _theme(group: _Group, standing: Standing, material: Material) -> Theme:
    sentences = Sentences(standing, material.source, material.closed)
    entries = [material.source.heads[number] for number in sentences.entries()]
    days = tuple(each.day for each in entries)
    return Theme(
        key=group.key,
        name=group.name,
        sentences=sentences,
        entries=tuple(each.id for each in entries),
        entry_days=days,
        days=tuple(sorted(set(days))),
        decks=tuple(sorted({each.deck for each in entries})),
        record=group.record,
        sensitive=group.sensitive,
        unmatched=group.unmatched,
    )
