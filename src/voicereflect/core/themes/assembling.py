"""What was clustered and what the person did, brought together: the themes as they know them.

Pure, and the person's word counts: a move before an exact word, an exact word
before nearness, nearness to a theme of their own before what was clustered.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from voicereflect.core.themes import assignments
from voicereflect.core.themes.assignments import NO_MEMBERS, Members, Rows
from voicereflect.core.themes.claims import CERTAIN, Claim
from voicereflect.core.themes.curation import (
    CuratedQuote,
    CuratedTheme,
    Curation,
    is_touched,
    target_of,
)
from voicereflect.core.themes.known import KnownTheme
from voicereflect.core.themes.names import naming
from voicereflect.core.themes.passages import PassagePlace
from voicereflect.core.themes.theme import PassageSource, Sentences, Theme

NAMED_BY: Final = 64
"""So many of its sentences name a theme at most, drawn evenly over its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is brought together."""

    source: PassageSource
    keys: Sequence[str]
    """Of the themes that were clustered, by number."""
    assigned: Rows
    claims: Mapping[PassagePlace, Claim]
    closed: frozenset[str]
    """Entries that come back only when asked for."""
    known: Sequence[KnownTheme]
    curation: Curation


@dataclass(slots=True)
class _Draft:
    """A theme that is not yet put together."""

    key: str
    record: CuratedTheme | None = None
    sensitive: bool = False
    unmatched: bool = False


def assemble(material: Material) -> tuple[Theme, ...]:
    """Give every theme, those with the most days first."""
    drafts, chosen = _Drafting(material).done()
    members = assignments.members_by_key(material.assigned, material.keys, chosen)
    _merge(drafts, members, material.curation)
    names = _names(members, drafts, material)
    themes = [
        _theme(draft, names.get(key, key), members.get(key, NO_MEMBERS), material)
        for key, draft in drafts.items()
    ]
    curation = material.curation
    kept = [
        each
        for each in themes
        if each.sentences or (each.record and is_touched(curation, each.record))
    ]
    return tuple(sorted(kept, key=lambda each: (-len(each.days), each.name.casefold(), each.key)))


class _Drafting:
    """Finds which theme each record stands for, and what the person put where."""

    def __init__(self, material: Material) -> None:
        sensitive = {each.key for each in material.known if each.sensitive}
        self._material = material
        self._drafts = {key: _Draft(key, sensitive=key in sensitive) for key in material.keys}
        self._places = _found(material.curation, material.source)
        quoted = {place for places in self._places.values() for place in places}
        self._homes = {
            PassagePlace(entry, passage): material.keys[theme]
            for entry, passage, theme, _ in (material.assigned.tolist() if quoted else ())
            if (entry, passage) in quoted
        }
        self._chosen: dict[PassagePlace, tuple[str | None, int]] = {}

    def done(self) -> tuple[dict[str, _Draft], dict[PassagePlace, tuple[str | None, int]]]:
        """Give all drafts by key, and key and nearness of each passage the person put somewhere."""
        curation = self._material.curation
        for record in curation.records:
            self._bind(record)
        keys = _keys_by_name(self._drafts)  # words may be added to a theme that was found, too
        for place, claim in self._material.claims.items():
            self._chosen[place] = keys[claim.theme.casefold()], claim.nearness
        for move in curation.moves:
            for place in self._places.get(move.quote, ()):
                self._chosen[place] = keys.get(move.to.casefold()), CERTAIN
        return self._drafts, self._chosen

    def _bind(self, record: CuratedTheme) -> None:
        """Find the theme a record stands for: most of its quotes are there now.

        What a theme is known by stays with it, whatever another model thinks.
        """
        places = [place for quote in record.quotes for place in self._places.get(quote, ())]
        draft = self._draft_of(record, places)
        if draft is None and not is_touched(self._material.curation, record):
            return  # its name and handle are kept, in case it is found again
        if draft is None:
            draft = _Draft(f"own:{record.name}", unmatched=not record.own)
            self._drafts[draft.key] = draft
        draft.record = record
        for place in places:
            if self._home(place) != draft.key:
                self._chosen[place] = draft.key, CERTAIN

    def _draft_of(self, record: CuratedTheme, places: Sequence[PassagePlace]) -> _Draft | None:
        known = self._drafts.get(record.seed)
        if known is not None and known.record is None:
            return known
        votes = Counter(filter(None, map(self._home, places)))
        free = [(-n, key) for key, n in votes.items() if self._drafts[key].record is None]
        return self._drafts[min(free)[1]] if free else None

    def _home(self, place: PassagePlace) -> str | None:
        """The key of the theme a quoted passage is in now."""
        return self._chosen[place][0] if place in self._chosen else self._homes.get(place)


def _found(curation: Curation, source: PassageSource) -> dict[CuratedQuote, list[PassagePlace]]:
    """Where each quoted sentence stands; one that was edited since stands nowhere."""
    wanted = {quote for record in curation.records for quote in record.quotes}
    wanted |= {move.quote for move in curation.moves}
    ids = {quote.entry for quote in wanted}
    found: dict[CuratedQuote, list[PassagePlace]] = {}
    for number, entry in enumerate(source.heads if ids else ()):
        for index, each in enumerate(source.said_in(number) if entry.id in ids else ()):
            quote = CuratedQuote(entry=entry.id, answer=each.answer, words=each.text)
            if quote in wanted:
                found.setdefault(quote, []).append(PassagePlace(number, index))
    return found


def _keys_by_name(drafts: Mapping[str, _Draft]) -> dict[str, str]:
    return {each.record.name.casefold(): key for key, each in drafts.items() if each.record}


def _merge(drafts: dict[str, _Draft], members: dict[str, Members], curation: Curation) -> None:
    keys = _keys_by_name(drafts)
    for record in curation.records:
        source = keys.get(record.name.casefold())
        target = keys.get(target_of(curation, record.name).casefold())
        if not record.into or target is None or source is None or target == source:
            continue
        both = [members.get(target, NO_MEMBERS), members.pop(source, NO_MEMBERS)]
        members[target] = assignments.in_order(np.concatenate(both))
        drafts[target].sensitive |= drafts.pop(source).sensitive and not record.confirmed
        del keys[record.name.casefold()]


def _names(
    members: Mapping[str, Members], drafts: Mapping[str, _Draft], material: Material
) -> dict[str, str]:
    """Name the clustered themes by their own words, and the known ones as their collection does.

    A name comes unasked, so it is made of nothing that stays closed.
    """
    taken = {each.title.casefold(): each.key for each in material.known}
    taken |= {each.record.name.casefold(): key for key, each in drafts.items() if each.record}
    source = material.source
    is_open = np.array([each.id not in material.closed for each in source.heads], dtype=bool)
    texts = {}
    for key, found in members.items():
        open_ones = found[is_open[found[:, 0]]]
        places = assignments.places_of(assignments.drawn(open_ones, NAMED_BY))
        texts[key] = [each.text for each in source.said_at(places)]
    return naming.names(texts, taken) | {each.key: each.title for each in material.known}


def _theme(draft: _Draft, name: str, members: Members, material: Material) -> Theme:
    sentences = Sentences(members, material.source, material.closed)
    entries = [material.source.heads[number] for number in sentences.entries()]
    days = tuple(each.day for each in entries)
    record = draft.record
    kept = record.name if record and record.name else name
    unnamed = record is not None and record.suggested and record.name == record.handle
    return Theme(
        key=draft.key,
        name=name if unnamed else kept,
        handle=record.handle if record else "",
        better=name if record and record.suggested and name not in (kept, draft.key) else "",
        sentences=sentences,
        entries=tuple(each.id for each in entries),
        entry_days=days,
        days=tuple(sorted(set(days))),
        decks=tuple(sorted({each.deck for each in entries})),
        record=draft.record,
        sensitive=draft.sensitive,
        unmatched=draft.unmatched,
        quiet=bool(entries) and all(each.id in material.closed for each in entries),
    )
