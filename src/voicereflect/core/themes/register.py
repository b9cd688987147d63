"""The register of themes: a fold over entries in the order of their ids.

Knows passages and their vectors; no curation, no names, no dates beyond counting days.
What was decided about an entry is never taken back by a later one.
"""

import hashlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.themes.board import NOWHERE, Decided, Members, members_of
from voicereflect.core.themes.grouping import groups
from voicereflect.core.themes.passages import EntryPassages
from voicereflect.core.themes.phrases import NO_PHRASES, Phrases, plainly
from voicereflect.core.themes.places import PassagePlace
from voicereflect.core.themes.tuning import Tuning
from voicereflect.core.themes.vectors import Vectors, smoothed, unit
from voicereflect.core.themes.words import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A theme that is known beforehand, by example sentences."""

    key: str
    anchors: Vectors
    phrases: Phrases = NO_PHRASES
    """Words that say it whatever stands around them."""


@dataclass(slots=True)
class Middle:
    """What is kept of a theme's latest sentences: the sum of their vectors, and how many."""

    anchors: Vectors
    """Rows of a seed; none for a theme that was found."""
    total: Vectors
    count: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence that belongs nowhere yet."""

    place: PassagePlace
    name: str
    """`ENTRY/ANSWER:WORD`; names the theme it may found."""
    said: str
    """A hash of its words: the same said twice counts once."""
    day: date
    vector: Vectors


@dataclass(slots=True)
class Register:
    """The state of the fold after some entries."""

    tuning: Tuning
    total: Vectors
    """Sum of all sentences so far, the seeds' examples among them."""
    count: int = 0
    log: list[Decided] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    middles: list[Middle] = field(default_factory=list)
    pool: list[Waiting] = field(default_factory=list)
    phrases: Sequence[Phrases] = ()
    """Of the seeds, which have the first numbers."""
    secret: bytes = b""
    """Keys the hashes of what was said: no sentence can be tried out on them."""

    def add(self, entry: EntryPassages, vectors: Vectors, digest: str = "") -> Decided:
        """Decide about the next entry; `vectors` are raw, one for each passage."""
        smooth = smoothed(entry.passages, vectors, self.tuning.smoothing)
        self._count(smooth)
        own = smoothed(entry.passages, vectors, self.tuning.known_smoothing)
        themes, cosines = self._nearest(smooth, own, self._spelt(entry))
        self._take(entry, smooth, themes)
        now = len(self.log) + 1
        apart = self.tuning.every * max(1, now // self.tuning.looks_thin_out)
        decided = Decided(
            id=entry.id,
            digest=digest,
            themes=themes,
            cosines=cosines,
            joined=tuple(self._look_again()) if now % apart == 0 else (),
        )
        self.log.append(decided)
        return decided

    def repeat(self, entry: EntryPassages, vectors: Vectors, decided: Decided) -> None:
        """Do again what was decided before, to the same state, without deciding."""
        smooth = smoothed(entry.passages, vectors, self.tuning.smoothing)
        self._count(smooth)
        self._take(entry, smooth, decided.themes)
        if decided.joined:
            waiting = {each.place: each for each in self.pool}
            for earlier, passage, theme, _ in decided.joined:
                each = waiting.pop(PassagePlace(earlier, passage))
                if theme == len(self.keys):
                    self.open(each.name)
                self._join(theme, each.vector)
            self.pool = list(waiting.values())
        self.log.append(decided)

    def members(self) -> dict[PassagePlace, tuple[int, int]]:
        """Every passage that belongs to a theme: the theme's number and the cosine."""
        return self.standing().as_mapping()

    def standing(self) -> Members:
        """The same as arrays."""
        return members_of(self.log)

    def open(self, key: str, anchors: Vectors | None = None) -> int:
        """Begin a theme; give its number."""
        width = self.total.shape[0]
        if anchors is None:
            anchors = np.zeros((0, width), dtype=np.float32)
        self.total = self.total + anchors.sum(axis=0)
        self.count += len(anchors)
        self.keys.append(key)
        self.middles.append(Middle(anchors, np.zeros(width, dtype=np.float32)))
        return len(self.keys) - 1

    def centres(self) -> Vectors:
        """The middle of each theme by number, as unit vectors without the common part."""
        rows = [self._centre(middle) for middle in self.middles]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.total.shape[0])

    def centred(self, vectors: NDArray[np.floating[Any]]) -> Vectors:
        """Take away what all sentences so far have in common."""
        return unit(vectors - self.total / max(self.count, 1))

    def _centre(self, middle: Middle) -> Vectors:
        if len(middle.anchors):
            return self.centred(middle.anchors.mean(axis=0))
        return self.centred(middle.total / max(middle.count, 1))

    def _count(self, smooth: Vectors) -> None:
        self.total = self.total + smooth.sum(axis=0)
        self.count += len(smooth)

    def _nearest(
        self, smooth: Vectors, own: Vectors, spelt: NDArray[np.intp]
    ) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """For each row its theme and the cosine.

        A seed's examples go first, then what was found, then a seed's exact words: they
        stand in sentences on anything, and so only just belong there.
        """
        if not (len(smooth) and self.keys):
            return (NOWHERE,) * len(smooth), (0,) * len(smooth)
        found, near = self._scored(smooth)
        seeds, likeness = self._known(own)
        is_known = likeness >= np.maximum(near, self.tuning.known)
        is_near = near >= self.tuning.assign
        is_spelt = spelt != NOWHERE
        cases = [is_known, is_near, is_spelt]
        themes = np.select(cases, [seeds, found, spelt], NOWHERE)
        cosines = np.select(cases, [likeness, near, np.full_like(near, self.tuning.known)], near)
        return tuple(themes.tolist()), tuple(np.rint(cosines * 1000).astype(int).tolist())

    def _scored(self, smooth: Vectors) -> tuple[NDArray[np.intp], Vectors]:
        """For each row its nearest theme of those that were found, and how near that is."""
        scores = self.centred(smooth) @ self.centres().T
        scores[:, self._seeds()] = -1.0
        return scores.argmax(axis=1), scores.max(axis=1)

    def _known(self, own: Vectors) -> tuple[NDArray[np.intp], Vectors]:
        """For each row the seed whose examples it is most like, and how much.

        A seed is its examples for ever: were it the middle of what it took, its name
        would be less and less true.
        """
        scores = np.full((len(own), len(self.keys)), -1.0, dtype=np.float32)
        centred = self.centred(own)
        for number in self._seeds():
            anchors = self.middles[number].anchors
            cosines = np.sort(centred @ self.centred(anchors).T, axis=1)
            scores[:, number] = cosines[:, -self.tuning.examples :].mean(axis=1)
            scores[(own @ anchors.T).max(axis=1) < self.tuning.tether, number] = -1.0
        return scores.argmax(axis=1), scores.max(axis=1)

    def _spelt(self, entry: EntryPassages) -> NDArray[np.intp]:
        """For each passage the last seed whose exact words stand in it."""
        found = np.full(len(entry.passages), NOWHERE, dtype=np.intp)
        for row, said in enumerate(plainly(passage.text) for passage in entry.passages):
            for number, phrases in enumerate(self.phrases):
                if phrases.stand_in(said):
                    found[row] = number
        return found

    def _seeds(self) -> list[int]:
        return [number for number, middle in enumerate(self.middles) if len(middle.anchors)]

    def _take(self, entry: EntryPassages, smooth: Vectors, themes: Sequence[int]) -> None:
        for number, theme in enumerate(themes):
            if theme != NOWHERE:
                self._join(theme, smooth[number])
                continue
            passage = entry.passages[number]
            self.pool.append(
                Waiting(
                    place=PassagePlace(len(self.log), number),
                    name=f"{entry.id}/{passage.answer}:{passage.word}",
                    said=_hash(words_of(passage.text), self.secret),
                    day=entry.day,
                    vector=smooth[number],
                )
            )
        del self.pool[: -self.tuning.pool]

    def _join(self, theme: int, vector: Vectors) -> None:
        middle = self.middles[theme]
        if middle.count < self.tuning.remembers:
            middle.total = middle.total + vector
            middle.count += 1
        else:
            middle.total = middle.total * (1 - 1 / middle.count) + vector

    def _look_again(self) -> list[tuple[int, int, int, int]]:
        """Take in every group of the pool that is large, spread and close enough; then the rest.

        Groups go first, or the themes that are there would swallow what is a theme of its own.
        """
        if len(self.pool) < self.tuning.sentences:
            return []
        return [*self._found_in_pool(), *self._near_in_pool()]

    def _found_in_pool(self) -> Iterator[tuple[int, int, int, int]]:
        centred = self.centred(np.stack([waiting.vector for waiting in self.pool]))
        gone: set[int] = set()
        for group in groups(centred, linked=self.tuning.linked):
            core = self._core(centred, group)
            if not self._recurs(core):
                continue
            middle = unit(centred[core].sum(axis=0))
            theme = self._theme_at(middle, self.pool[core[0]].name)
            for index in core:
                yield self._taken(index, theme, float(centred[index] @ middle))
            gone.update(core)
        self._leave(gone)

    def _core(self, centred: Vectors, group: Sequence[int]) -> list[int]:
        """Those of a group that are near its middle; what stands at its edge waits."""
        middle = unit(centred[list(group)].sum(axis=0))
        return [index for index in group if float(centred[index] @ middle) >= self.tuning.core]

    def _near_in_pool(self) -> Iterator[tuple[int, int, int, int]]:
        if not (self.pool and self.keys):
            return
        themes, cosines = self._scored(np.stack([waiting.vector for waiting in self.pool]))
        near = np.flatnonzero(cosines >= self.tuning.take_in).tolist()
        for index in near:
            yield self._taken(index, int(themes[index]), float(cosines[index]))
        self._leave(set(near))

    def _taken(self, index: int, theme: int, cosine: float) -> tuple[int, int, int, int]:
        waiting = self.pool[index]
        self._join(theme, waiting.vector)
        return waiting.place.entry, waiting.place.passage, theme, round(cosine * 1000)

    def _leave(self, gone: Set[int]) -> None:
        self.pool = [each for index, each in enumerate(self.pool) if index not in gone]

    def _recurs(self, group: Sequence[int]) -> bool:
        """Enough different sentences on enough days; one said again counts where it was first."""
        first: dict[str, date] = {}
        for waiting in (self.pool[index] for index in group):
            first[waiting.said] = min(waiting.day, first.get(waiting.said, date.max))
        grown = self.tuning.sentences + (len(self.log) + 1) // self.tuning.grows_every
        least = min(grown, self.tuning.sentences_at_most)
        return len(first) >= least and len(set(first.values())) >= self.tuning.days

    def _theme_at(self, middle: Vectors, name: str) -> int:
        if self.keys:
            near = self.centres() @ middle
            near[self._seeds()] = -1.0
            if float(near.max()) >= self.tuning.absorb:
                return int(near.argmax())
        return self.open(name)


def begin(seeds: Sequence[Seed], tuning: Tuning, *, width: int, secret: bytes = b"") -> Register:
    """Give the register before the first entry."""
    total = np.zeros(width, dtype=np.float32)
    phrases = [seed.phrases for seed in seeds]
    register = Register(tuning=tuning, total=total, phrases=phrases, secret=secret)
    for seed in seeds:
        register.open(seed.key, seed.anchors)
    return register


def _hash(words: Sequence[str], secret: bytes) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=8, key=secret).hexdigest()
