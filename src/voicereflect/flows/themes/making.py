"""Themes brought up to date and put together with the person's curation.

Knows ports and core, and holds what takes long to load.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, count
from typing import Final

from voicereflect.core.safety.returning import may_return
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.themes import snapshot, taking
from voicereflect.core.themes.assembling import Material, assemble
from voicereflect.core.themes.claiming import Claim, Claimant
from voicereflect.core.themes.curation import Curation
from voicereflect.core.themes.phrases import Phrases
from voicereflect.core.themes.places import PassagePlace
from voicereflect.core.themes.register import Register, Seed
from voicereflect.core.themes.suggesting import suggestions
from voicereflect.core.themes.theme import Theme
from voicereflect.core.themes.trend import Trend, trends
from voicereflect.flows.library.indexing import refresh_meaning
from voicereflect.flows.themes.listing import Overview, ThemeParts
from voicereflect.flows.themes.reading import ThemeReading, hashed
from voicereflect.ports.index import EntryIndex

KEEP_EVERY: Final = 250
"""Entries between two times the register is kept, so that a long first fold can be resumed."""
TOLD_FROM: Final = 20
"""New entries from which on progress is told: fewer take under a second."""


def overview(parts: ThemeParts, book: EntryIndex) -> Overview:
    """Bring themes up to date with a book that is.

    Raises:
        ModelError: there is something new, and no embedding model to read it.
    """
    source = ThemeReading(book, parts.meaning, parts.cache, parts.secret)
    curation = parts.curations.read()
    register, read_otherwise = _folded(parts, book, source)
    material = Material(
        source=source,
        keys=register.keys,
        members=register.standing(),
        claims=_claims(parts, curation, source),
        closed=frozenset(
            each.id
            for each in source.heads
            if not may_return(deck=each.deck, depth=parts.depth(each.deck), closed=each.closed)
        ),
        seeds=parts.seeds,
        curation=curation,
    )
    themes = assemble(material)
    source.forget_unused()
    days = tuple(each.day for each in source.heads)
    return Overview(
        themes=themes,
        days=days,
        entries=source.ids,
        trends=_trends(themes, days, source.ids),
        suggestions=suggestions(themes, register.keys, register.centres()),
        problems=tuple(book.problems(parts.pages.entries_folder())),
        read_otherwise=read_otherwise,
    )


def _folded(parts: ThemeParts, book: EntryIndex, source: ThemeReading) -> tuple[Register, bool]:
    """The register up to date, and whether the one before was read in another way."""
    basis = _basis(parts)
    phrases = [Phrases(seed.words, seed.unless) for seed in parts.seeds]
    kept = parts.cache.register()
    known = snapshot.load(kept, basis, parts.tuning, phrases, secret=parts.secret)
    folding = snapshot.Folding(
        ids=source.ids,
        digests=source.digests,
        entry=source.entry,
        vectors=source.of_entry,
        secret=parts.secret,
    )
    refresh_meaning(book, parts.meaning, parts.meaning.name, parts.progress)
    seeds = []
    if known is None or not snapshot.continues(known, folding):
        seeds = [
            Seed(key=each.key, anchors=source.of_texts(each.examples), phrases=words)
            for each, words in zip(parts.seeds, phrases, strict=True)
        ]
    before = len(known.log) if known else 0  # some of it may be gone since
    otherwise = snapshot.rested_otherwise(kept, basis)
    total, begun = len(source.ids), -1
    for register in snapshot.bring_up_to_date(known, folding, seeds, parts.tuning, width=WIDTH):
        done = len(register.log)
        begun = done if begun < 0 else begun
        if total - begun >= TOLD_FROM:
            parts.progress.step("Reading for themes", done=done, total=total)
        news = done > begun or begun < before or otherwise
        if news and (done == total or done % KEEP_EVERY == 0):
            untold = otherwise and done < total
            parts.cache.keep_register(snapshot.dump(register, basis, untold=untold))
    for seed in parts.seeds:
        source.use(seed.examples)
    return register, otherwise


def _basis(parts: ThemeParts) -> str:
    """Tell what decides about sentences."""
    seeds = ((seed.key, *seed.examples, "", *seed.words, "", *seed.unless) for seed in parts.seeds)
    return hashed(parts.secret, parts.meaning.name, repr(parts.tuning), *chain.from_iterable(seeds))


def _claims(
    parts: ThemeParts, curation: Curation, source: ThemeReading
) -> dict[PassagePlace, Claim]:
    own = [record for record in curation.records if record.own]
    if not own:
        return {}
    examples = {each.name: source.of_texts(each.examples) for each in own if each.examples}
    claimant = Claimant(curation, examples, smoothing=parts.tuning.smoothing)
    takes_by = [(each.examples, each.words, each.strictness) for each in own]
    basis = hashed(parts.secret, parts.meaning.name, repr(parts.tuning.smoothing), repr(takes_by))
    known = taking.load(parts.cache.claims(), basis, [each.name for each in own])
    taken = _taken(parts, known, source, claimant)
    if taken.rows.keys() != known.rows.keys():
        parts.cache.keep_claims(taken.dump())
    return taken.claims(source.digests)


def _taken(
    parts: ThemeParts, known: taking.Taken, source: ThemeReading, claimant: Claimant
) -> taking.Taken:
    total = len(known.missing(source.digests))
    done = count(1)

    def look(number: int) -> Mapping[PassagePlace, Claim]:
        if total >= TOLD_FROM:
            parts.progress.step("Looking for your themes", done=next(done), total=total)
        return claimant.claims(number, source.entry(number), source.of_entry(number))

    return taking.up_to_date(known, source.digests, look)


def _trends(
    themes: Sequence[Theme], days: Sequence[date], ids: Sequence[str]
) -> Mapping[str, Trend]:
    has: dict[str, list[bool]] = {}
    for theme in themes:
        if theme.shown:
            within = set(theme.entries)
            has[theme.key] = [entry in within for entry in ids]
    return trends(days, has)
