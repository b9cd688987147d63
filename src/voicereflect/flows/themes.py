"""The themes of a vault, brought up to date and put together with the person's curation.

Knows ports and core. What is new is read through the index, so that an edit by
hand is noticed here as it is anywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Final, Protocol

from voicereflect.core.finding import WIDTH
from voicereflect.core.themes import snapshot, taking
from voicereflect.core.themes.assembling import Material, assemble
from voicereflect.core.themes.claiming import Claim, Claimant
from voicereflect.core.themes.curation import Curation
from voicereflect.core.themes.places import Place
from voicereflect.core.themes.register import Register, Seed
from voicereflect.core.themes.seeds import SeedTheme
from voicereflect.core.themes.suggesting import Suggestion, suggestions
from voicereflect.core.themes.theme import Theme
from voicereflect.core.themes.trend import Trend, trends
from voicereflect.core.themes.tuning import Tuning
from voicereflect.errors import EntryUnreadable
from voicereflect.flows.indexing import Pages, asked, refresh_meaning
from voicereflect.flows.theme_reading import Meaning, Reading, ThemeBook, ThemeCache, hashed
from voicereflect.ports import Progress

KEEP_EVERY: Final = 250
"""Entries between two times the register is kept, so that a long first fold can be resumed."""
MOST_LISTED: Final = 30
"""More than a person reads at once; the rest is a `--all` away."""
TOLD_FROM: Final = 20
"""New entries from which on progress is told: fewer take under a second."""


class Curations(Protocol):
    """A person's hand in their themes: `themes.toml` in the vault."""

    def read(self) -> Curation:
        """What stands there now.

        Raises:
            ThemesUnreadable: file, line and what.
        """

    def change(self, edit: Callable[[Curation], Curation]) -> None:
        """Read, change and save; comments are kept, and so is the version before."""

    def undo(self) -> bool:
        """Put the version before in place; False where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What themes are made with."""

    book: ThemeBook
    pages: Pages
    meaning: Meaning
    cache: ThemeCache
    curations: Curations
    seeds: Sequence[SeedTheme]
    is_heavy: Callable[[str], bool]
    """Whether a deck, by name, is heavy."""
    progress: Progress
    tuning: Tuning = field(default_factory=Tuning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All themes, and what they are measured against."""

    themes: tuple[Theme, ...]
    days: tuple[date, ...]
    """One for each entry, in the order of ids."""
    entries: tuple[str, ...]
    trends: Mapping[str, Trend]
    """By key; only what the numbers carry."""
    suggestions: tuple[Suggestion, ...]
    problems: tuple[EntryUnreadable, ...]

    @property
    def shown(self) -> tuple[Theme, ...]:
        """What stands in the list."""
        return tuple(theme for theme in self.themes if theme.shown)

    @property
    def listed(self) -> tuple[Theme, ...]:
        """The shown ones that are listed: a person's own and pinned, then those with most days."""
        chosen = [each.key for each in self.shown if each.kept]
        chosen += [each.key for each in self.shown if not each.kept]
        keys = set(chosen[:MOST_LISTED])
        return tuple(each for each in self.shown if each.key in keys)

    @property
    def unconfirmed(self) -> tuple[Theme, ...]:
        """Sensitive themes that recur and that the person said neither yes nor no to."""
        return tuple(
            theme
            for theme in self.themes
            if theme.sensitive and theme.recurs and not theme.shown
            if theme.record is None or not theme.record.hidden
        )


class Themes:
    """The themes of one vault."""

    def __init__(self, parts: Parts) -> None:
        """Nothing is read yet."""
        self._parts = parts

    def overview(self) -> Overview:
        """Bring everything up to date and give it.

        Raises:
            ModelError: there is something new, and no embedding model to read it.
        """
        parts = self._parts
        return asked(parts.book, parts.pages, parts.progress, self._overview)

    def _overview(self, book: ThemeBook) -> Overview:
        parts = self._parts
        if book.count_unread(parts.meaning.name):
            parts.meaning.start()  # it loads while everything else is read
        source = Reading(book, parts.meaning, parts.cache)
        curation = parts.curations.read()
        register = self._folded(book, source)
        material = Material(
            source=source,
            keys=register.keys,
            members=register.standing(),
            claims=self._claims(curation, source),
            closed=frozenset(e.id for e in source.heads if e.closed or parts.is_heavy(e.deck)),
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
        )

    def _folded(self, book: ThemeBook, source: Reading) -> Register:
        parts = self._parts
        basis = hashed(
            parts.meaning.name,
            repr(parts.tuning),
            *(text for seed in parts.seeds for text in (seed.key, *seed.examples)),
        )
        known = snapshot.load(parts.cache.register(), basis, parts.tuning)
        folding = snapshot.Folding(
            ids=source.ids,
            digests=source.digests,
            entry=source.entry,
            vectors=source.of_entry,
        )
        refresh_meaning(book, parts.meaning, parts.meaning.name, parts.progress)
        seeds = []
        if known is None or not snapshot.continues(known, folding):
            seeds = [Seed(key=s.key, anchors=source.of_texts(s.examples)) for s in parts.seeds]
        total, begun = len(source.ids), -1
        for register in snapshot.bring_up_to_date(known, folding, seeds, parts.tuning, width=WIDTH):
            done = len(register.log)
            begun = done if begun < 0 else begun
            if total - begun >= TOLD_FROM:
                parts.progress.step("Reading for themes", done=done, total=total)
            if done > begun and (done == total or done % KEEP_EVERY == 0):
                parts.cache.keep_register(snapshot.dump(register, basis))
        for seed in parts.seeds:
            source.use(seed.examples)
        return register

    def _claims(self, curation: Curation, source: Reading) -> dict[Place, Claim]:
        own = [record for record in curation.records if record.own]
        if not own:
            return {}
        examples = {each.name: source.of_texts(each.examples) for each in own if each.examples}
        claimant = Claimant(curation, examples, smoothing=self._parts.tuning.smoothing)
        basis = hashed(self._parts.meaning.name, repr(self._parts.tuning.smoothing), repr(own))
        known = taking.load(self._parts.cache.claims(), basis)
        taken = self._taken(known, source, claimant)
        if taken.rows.keys() != known.rows.keys():
            self._parts.cache.keep_claims(taken.dump())
        return taken.claims(source.digests)

    def _taken(self, known: taking.Taken, source: Reading, claimant: Claimant) -> taking.Taken:
        total = len(known.missing(source.digests))
        done = count(1)

        def look(number: int) -> Mapping[Place, Claim]:
            if total >= TOLD_FROM:
                self._parts.progress.step("Looking for your themes", done=next(done), total=total)
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
