"""Themes brought up to date and put together with the person's curation.

Knows ports and core, and holds what takes long to load.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import chain, count
from typing import Final

from voicereflect.core.safety.returning import may_return
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.themes import claims, snapshot
from voicereflect.core.themes.assembling import Material, assemble
from voicereflect.core.themes.claims import Claim, Claimant
from voicereflect.core.themes.clustering.clusterer import IncrementalClusterer
from voicereflect.core.themes.clustering.clusters import KnownExamples
from voicereflect.core.themes.clustering.placing import Placing
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.curation import Curation
from voicereflect.core.themes.keeping import held
from voicereflect.core.themes.names.phrases import Phrases
from voicereflect.core.themes.passages import PassagePlace
from voicereflect.core.themes.suggesting import suggestions
from voicereflect.core.themes.theme import Theme
from voicereflect.core.themes.trend import Trend, trends
from voicereflect.core.words.kinds import Layer
from voicereflect.errors import VaultError
from voicereflect.flows.library.finding.indexing import refresh_meaning
from voicereflect.flows.themes.listing import Overview, ThemeParts
from voicereflect.flows.themes.reading import ThemeReading, hashed
from voicereflect.ports.index import EntryIndex

TUNING: Final = Tuning()
KEEP_EVERY: Final = 250
"""Entries between two times the clusterer is kept, so that a long first reading can be resumed."""
TOLD_FROM: Final = 20
"""New entries from which on progress is told: fewer take under a second."""


def overview(parts: ThemeParts, index: EntryIndex) -> Overview:
    """Bring themes up to date with an index that is.

    Raises:
        ModelError: there is something new, and no embedding model to read it.
    """
    source = ThemeReading(index, parts.meaning, parts.cache, parts.secret)
    curation = parts.curations.read()
    clusterer, read_otherwise = _clustered(parts, index, source)
    material = Material(
        source=source,
        keys=clusterer.keys,
        assigned=clusterer.assigned(),
        claims=_claims(parts, curation, source),
        closed=frozenset(
            each.id
            for each in source.heads
            if not may_return(deck=each.deck, depth=parts.depth(each.deck), closed=each.closed)
        ),
        known=parts.known,
        curation=curation,
    )
    found = assemble(material)
    themes, after = held(found, curation)
    if after != curation:
        _keep(parts, lambda before: held(found, before)[1])
    source.forget_unused()
    days = tuple(each.day for each in source.heads)
    return Overview(
        themes=themes,
        days=days,
        entries=source.ids,
        trends=_trends(themes, days, source.ids),
        suggestions=suggestions(themes, clusterer.keys, clusterer.unit_centroids()),
        problems=tuple(index.problems(parts.pages.entries_folder())),
        read_otherwise=read_otherwise,
    )


def _keep(parts: ThemeParts, edit: Callable[[Curation], Curation]) -> None:
    """Keep handles and names; where nothing can be written they are made anew each time."""
    with suppress(VaultError):
        parts.curations.keep(edit)


def _clustered(
    parts: ThemeParts, index: EntryIndex, source: ThemeReading
) -> tuple[IncrementalClusterer, bool]:
    """The clusterer up to date, and whether the one before read sentences in another way."""
    phrases = [Phrases(each.words, each.unless) for each in parts.known]
    layer = parts.layer()
    placing = Placing(layer, [each.key for each in parts.known]) if layer else None

    basis, kept = _basis(parts, layer), parts.cache.clusterer()
    before = snapshot.load(kept, basis, TUNING, phrases, secret=parts.secret, placing=placing)
    otherwise = snapshot.rested_otherwise(kept, basis)
    given = snapshot.ClusterInput(
        ids=source.ids,
        digests=source.digests,
        entry=source.entry,
        vectors=source.of_entry,
        known=lambda: _examples(parts, source, phrases),
        secret=parts.secret,
        placing=placing,
    )
    refresh_meaning(index, parts.meaning, parts.meaning.name, parts.progress)
    added_before = len(before.log) if before else 0  # some of it may be gone since
    steps = snapshot.bring_up_to_date(before, given, TUNING, width=WIDTH)
    clusterer = next(steps)
    begun, total = len(clusterer.log), len(source.ids)
    if begun == total and (begun < added_before or otherwise):
        parts.cache.keep_clusterer(snapshot.dump(clusterer, basis))
    for done, _ in enumerate(steps, start=begun + 1):
        if total - begun >= TOLD_FROM:
            parts.progress.step("Reading for themes", done=done, total=total)
        if done == total or done % KEEP_EVERY == 0:
            untold = otherwise and done < total
            parts.cache.keep_clusterer(snapshot.dump(clusterer, basis, untold=untold))
    for each in parts.known:
        source.use(each.examples)
    return clusterer, otherwise


def _examples(
    parts: ThemeParts, source: ThemeReading, phrases: Sequence[Phrases]
) -> list[KnownExamples]:
    return [
        KnownExamples(key=each.key, vectors=source.of_texts(each.examples), phrases=words)
        for each, words in zip(parts.known, phrases, strict=True)
    ]


def _basis(parts: ThemeParts, layer: Layer | None) -> str:
    """Tell what decides about sentences."""
    known = ((each.key, *each.examples, "", *each.words, "", *each.unless) for each in parts.known)
    numbers = layer.digest if layer else ""
    decides = (parts.meaning.name, repr(TUNING), numbers, *chain.from_iterable(known))
    return hashed(parts.secret, *decides)


def _claims(
    parts: ThemeParts, curation: Curation, source: ThemeReading
) -> dict[PassagePlace, Claim]:
    own = [record for record in curation.records if record.own]
    if not own:
        return {}
    examples = {each.name: source.of_texts(each.examples) for each in own if each.examples}
    claimant = Claimant(curation, examples, smoothing=TUNING.smoothing)
    claims_by = [(each.examples, each.words, each.strictness) for each in own]
    basis = hashed(parts.secret, parts.meaning.name, repr(TUNING.smoothing), repr(claims_by))
    known = claims.load(parts.cache.claims(), basis, [each.name for each in own])
    total = len(known.missing(source.digests))
    done = count(1)

    def look(number: int) -> Mapping[PassagePlace, Claim]:
        if total >= TOLD_FROM:
            parts.progress.step("Looking for your themes", done=next(done), total=total)
        return claimant.claims(number, source.entry(number), source.of_entry(number))

    made = known.up_to_date(source.digests, look)
    if made.rows.keys() != known.rows.keys():
        parts.cache.keep_claims(made.dump())
    return made.claims(source.digests)


def _trends(
    themes: Sequence[Theme], days: Sequence[date], ids: Sequence[str]
) -> Mapping[str, Trend]:
    has: dict[str, list[bool]] = {}
    for theme in themes:
        if theme.shown:
            within = set(theme.entries)
            has[theme.key] = [entry in within for entry in ids]
    return trends(days, has)
