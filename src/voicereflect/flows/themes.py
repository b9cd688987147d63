"""The themes of a vault, brought up to date and put together with the person's curation.

Knows ports and core; the register and the vectors are a cache and can be gone.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol

from voicereflect.core.consent import counting
from voicereflect.core.themes import snapshot
from voicereflect.core.themes.assembling import Claim, Material, Theme, assemble
from voicereflect.core.themes.claiming import Claimant
from voicereflect.core.themes.curation import Curation
from voicereflect.core.themes.passages import EntryPassages, passages_of
from voicereflect.core.themes.places import Place
from voicereflect.core.themes.register import Register, Seed, Tuning
from voicereflect.core.themes.seeds import SeedTheme
from voicereflect.core.themes.suggesting import Suggestion, suggestions
from voicereflect.core.themes.trend import Trend, trends
from voicereflect.core.themes.vectors import Vectors, from_half
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Entry
from voicereflect.ports import Progress

WIDTH: Final = 384
KEEP_EVERY: Final = 250
"""Entries between two times the register is kept, so that a long first fold can be resumed."""
MOST_LISTED: Final = 30
"""More than a person reads at once; the rest is a `--all` away."""
TOLD_FROM: Final = 20
"""New entries from which on progress is told: fewer take under a second."""
CLOSED: Final = "closed"


class Shelf(Protocol):
    """The part of a vault that themes need."""

    def load_all(self) -> Iterator[Entry | EntryUnreadable]:
        """Every entry, oldest first; what cannot be read comes as its error."""


class Meaning(Protocol):
    """Turns sentences into vectors, in a process of its own."""

    @property
    def name(self) -> str:
        """Names the model and its files' hashes: another name, other vectors."""

    def embed(self, sentences: Sequence[str]) -> bytes:
        """Give a row of `WIDTH` half-precision numbers for each sentence, in order.

        Raises:
            ModelMissing: the embedding model is not installed.
            MeaningFailed: the process ended.
        """


class ThemeCache(Protocol):
    """What themes can be made from again, kept aside; may be gone at any time."""

    def vectors(self, digest: str) -> bytes | None:
        """Rows kept under a digest."""

    def keep_vectors(self, digest: str, rows: bytes) -> None:
        """Keep rows under a digest."""

    def register(self) -> bytes:
        """The last register that was kept; nothing if there is none."""

    def keep_register(self, data: bytes) -> None:
        """Keep the register in place of the last."""

    def forget_all_but(self, digests: Set[str]) -> None:
        """Let go of every row that stands under no digest of these."""


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

    shelf: Shelf
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
        """Bring everything up to date and give it."""
        found = tuple(self._parts.shelf.load_all())
        entries = sorted((e for e in found if isinstance(e, Entry)), key=lambda each: each.id)
        passages = [passages_of(each, speakers=heard_speakers(each)) for each in entries]
        digests = [digest_of(each, self._parts.meaning.name) for each in passages]
        source = _Vectors(self._parts, passages, digests)
        register = self._folded(source)
        curation = self._parts.curations.read()
        material = Material(
            entries=passages,
            keys=register.keys,
            members=register.members(),
            claims=self._claims(curation, source),
            closed=frozenset(each.id for each in entries if self._stays_closed(each)),
            seeds=self._parts.seeds,
            curation=curation,
        )
        themes = assemble(material)
        self._parts.cache.forget_all_but(source.used | set(digests))
        days = tuple(each.day for each in passages)
        ids = tuple(each.id for each in passages)
        return Overview(
            themes=themes,
            days=days,
            entries=ids,
            trends=_trends(themes, days, ids),
            suggestions=suggestions(themes, register.keys, register.centres()),
            problems=tuple(e for e in found if isinstance(e, EntryUnreadable)),
        )

    def _stays_closed(self, entry: Entry) -> bool:
        return entry.extra.get(CLOSED) is True or self._parts.is_heavy(entry.deck)

    def _folded(self, source: "_Vectors") -> Register:
        parts = self._parts
        basis = _hash(
            parts.meaning.name,
            repr(parts.tuning),
            *(text for seed in parts.seeds for text in (seed.key, *seed.examples)),
        )
        known = snapshot.load(parts.cache.register(), basis, parts.tuning)
        seeds = (
            []
            if known
            else [Seed(key=s.key, anchors=source.of_texts(s.examples)) for s in parts.seeds]
        )
        folding = snapshot.Folding(
            entries=source.entries, digests=source.digests, vectors=source.of_entry
        )
        if known is not None and not snapshot.continues(known, folding):
            seeds = [Seed(key=s.key, anchors=source.of_texts(s.examples)) for s in parts.seeds]
        total, begun = len(source.entries), -1
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

    def _claims(self, curation: Curation, source: "_Vectors") -> dict[Place, Claim]:
        own = [record for record in curation.records if record.own]
        if not own:
            return {}
        examples = {each.name: source.of_texts(each.examples) for each in own if each.examples}
        claimant = Claimant(curation, examples, smoothing=self._parts.tuning.smoothing)
        claims: dict[Place, Claim] = {}
        for number, entry in enumerate(source.entries):
            claims |= claimant.claims(number, entry, source.of_entry(number))
        return claims


class _Vectors:
    """Vectors of entries and of examples: from the cache, or made now and kept."""

    def __init__(
        self, parts: Parts, entries: Sequence[EntryPassages], digests: Sequence[str]
    ) -> None:
        self._parts = parts
        self.entries = entries
        self.digests = digests
        self.used: set[str] = set()

    def of_entry(self, number: int) -> Vectors:
        texts = [passage.text for passage in self.entries[number].passages]
        return self._rows(self.digests[number], texts)

    def of_texts(self, texts: Sequence[str]) -> Vectors:
        return self._rows(self.use(texts), texts)

    def use(self, texts: Sequence[str]) -> str:
        digest = _hash(self._parts.meaning.name, *texts)
        self.used.add(digest)
        return digest

    def _rows(self, digest: str, texts: Sequence[str]) -> Vectors:
        rows = self._parts.cache.vectors(digest)
        if rows is None:
            rows = self._parts.meaning.embed(texts)
            self._parts.cache.keep_vectors(digest, rows)
        return from_half(rows, WIDTH)


def heard_speakers(entry: Entry) -> frozenset[str]:
    """Whose words count: the first speaker's, and those of others who agreed to it."""
    return frozenset(answer.speaker for answer in counting(entry))


def digest_of(entry: EntryPassages, model: str) -> str:
    """Tell one content of an entry from another, as far as themes are concerned."""
    words = (f"{p.answer}:{p.word}:{p.speaker}:{p.text}" for p in entry.passages)
    return _hash(model, entry.day.isoformat(), *words)


def _trends(
    themes: Sequence[Theme], days: Sequence[date], ids: Sequence[str]
) -> Mapping[str, Trend]:
    has: dict[str, list[bool]] = {}
    for theme in themes:
        if theme.shown:
            within = {sentence.entry for sentence in theme.sentences}
            has[theme.key] = [entry in within for entry in ids]
    return trends(days, has)


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:32]
