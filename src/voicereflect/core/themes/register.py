"""The register of themes: a fold over entries in the order of their ids.

Knows passages and their vectors; no curation, no names, no dates beyond counting days.
What was decided about an entry is never taken back by a later one.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.themes.communities import communities
from voicereflect.core.themes.passages import EntryPassages
from voicereflect.core.themes.places import Place
from voicereflect.core.themes.vectors import Vectors, smoothed, unit
from voicereflect.core.themes.words import words_of

NOWHERE: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """The bounds of the register; measured with `python -m bench themes`.

    Cosines are taken after the mean of all sentences so far is taken away: what
    every sentence of a person has in common says nothing about a theme.
    """

    smoothing: float = 0.4
    """How much of each neighbour is read with a sentence."""
    assign: float = 0.27
    """Least cosine to join a theme."""
    every: int = 10
    """Entries between two looks at what belongs nowhere."""
    resolution: float = 1.2
    neighbours: int = 10
    floor: float = 0.30
    """Least cosine of two sentences that are seen as near."""
    sentences: int = 4
    """Least distinct sentences of a new theme, at first."""
    grows_every: int = 15
    """After so many entries a new theme needs one sentence more."""
    sentences_at_most: int = 14
    days: int = 3
    cohesion: float = 0.5
    """Least mean cosine of a new theme's sentences to their middle."""
    absorb: float = 0.5
    """A group this near to a theme joins it instead of becoming one."""
    tether: float = 0.45
    """Least plain cosine to an example of a seed: its name must stay true, wherever it grows."""
    damping: float = 4.0
    """How many sentences the anchors of a theme count for."""
    settled: int = 4
    """From so many sentences on, a theme is its middle; before, its two best anchors."""
    pool: int = 1500
    """How many of the newest sentences that belong nowhere are looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A theme that is known beforehand, by example sentences."""

    key: str
    anchors: Vectors


@dataclass(slots=True)
class Middle:
    """What is kept of a theme's sentences: the sum of their vectors, and how many."""

    anchors: Vectors
    """Rows of a seed; none for a theme that was found."""
    total: Vectors
    count: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sentence that belongs nowhere yet."""

    place: Place
    name: str
    """`ENTRY/ANSWER:WORD`; names the theme it may found."""
    said: str
    """A hash of its words: the same said twice counts once."""
    day: date
    vector: Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What the fold decided when it came to one entry."""

    id: str
    digest: str
    """Of what was folded; another digest asks for another decision."""
    themes: tuple[int, ...]
    """For each passage the theme's number, or `NOWHERE`."""
    cosines: tuple[int, ...]
    """To the nearest theme, in thousandths."""
    joined: tuple[tuple[int, int, int, int], ...] = ()
    """Earlier passages taken in now: entry's place, passage's, theme, cosine."""


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

    def add(self, entry: EntryPassages, vectors: Vectors, digest: str = "") -> Decided:
        """Decide about the next entry; `vectors` are raw, one for each passage."""
        smooth = smoothed(entry.passages, vectors, self.tuning.smoothing)
        self._count(smooth)
        themes, cosines = self._nearest(smooth)
        self._take(entry, smooth, themes)
        due = (len(self.log) + 1) % self.tuning.every == 0
        decided = Decided(
            id=entry.id,
            digest=digest,
            themes=themes,
            cosines=cosines,
            joined=tuple(self._look_again()) if due else (),
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
                each = waiting.pop(Place(earlier, passage))
                if theme == len(self.keys):
                    self.open(each.name)
                self._join(theme, each.vector)
            self.pool = list(waiting.values())
        self.log.append(decided)

    def members(self) -> dict[Place, tuple[int, int]]:
        """Every passage that belongs to a theme: the theme's number and the cosine."""
        found: dict[Place, tuple[int, int]] = {}
        for entry, decided in enumerate(self.log):
            for passage, theme in enumerate(decided.themes):
                if theme != NOWHERE:
                    found[Place(entry, passage)] = (theme, decided.cosines[passage])
            for earlier, passage, theme, cosine in decided.joined:
                found[Place(earlier, passage)] = (theme, cosine)
        return found

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
        if not len(middle.anchors):
            return self.centred(middle.total / max(middle.count, 1))
        damping = self.tuning.damping
        anchors = middle.anchors.mean(axis=0) * damping
        return self.centred((middle.total + anchors) / (middle.count + damping))

    def _count(self, smooth: Vectors) -> None:
        self.total = self.total + smooth.sum(axis=0)
        self.count += len(smooth)

    def _nearest(self, smooth: Vectors) -> tuple[tuple[int, ...], tuple[int, ...]]:
        if not (len(smooth) and self.keys):
            return (NOWHERE,) * len(smooth), (0,) * len(smooth)
        centred = self.centred(smooth)
        scores = centred @ self.centres().T
        for number, middle in enumerate(self.middles):
            if len(middle.anchors) and middle.count < self.tuning.settled:
                cosines = np.sort(centred @ self.centred(middle.anchors).T, axis=1)
                scores[:, number] = cosines[:, -2:].mean(axis=1)
            scores[~self._tethered(middle, smooth), number] = -1.0
        best = scores.argmax(axis=1)
        cosines = scores.max(axis=1)
        near = cosines >= self.tuning.assign
        themes = tuple(int(t) if yes else NOWHERE for t, yes in zip(best, near, strict=True))
        return themes, tuple(round(float(cosine) * 1000) for cosine in cosines)

    def _take(self, entry: EntryPassages, smooth: Vectors, themes: Sequence[int]) -> None:
        for number, theme in enumerate(themes):
            if theme != NOWHERE:
                self._join(theme, smooth[number])
                continue
            passage = entry.passages[number]
            self.pool.append(
                Waiting(
                    place=Place(len(self.log), number),
                    name=f"{entry.id}/{passage.answer}:{passage.word}",
                    said=_hash(words_of(passage.text)),
                    day=entry.day,
                    vector=smooth[number],
                )
            )
        del self.pool[: -self.tuning.pool]

    def _join(self, theme: int, vector: Vectors) -> None:
        middle = self.middles[theme]
        middle.total = middle.total + vector
        middle.count += 1

    def _look_again(self) -> list[tuple[int, int, int, int]]:
        """Take in every group of the pool that is large, spread and close enough."""
        if len(self.pool) < self.tuning.sentences:
            return []
        vectors = np.stack([waiting.vector for waiting in self.pool])
        centred = self.centred(vectors)
        joined: list[tuple[int, int, int, int]] = []
        gone: set[int] = set()
        for group in communities(
            centred,
            neighbours=self.tuning.neighbours,
            floor=self.tuning.floor,
            resolution=self.tuning.resolution,
        ):
            if not self._recurs(group):
                continue
            middle = unit(centred[list(group)].sum(axis=0))
            cosines = centred[list(group)] @ middle
            if float(cosines.mean()) < self.tuning.cohesion:
                continue
            plain = unit(vectors[list(group)].sum(axis=0))
            theme = self._theme_at(middle, plain, self.pool[group[0]].name)
            for index, cosine in zip(group, cosines, strict=True):
                self._join(theme, vectors[index])
                place = self.pool[index].place
                joined.append((place.entry, place.passage, theme, round(float(cosine) * 1000)))
            gone.update(group)
        self.pool = [each for index, each in enumerate(self.pool) if index not in gone]
        return joined

    def _recurs(self, group: Sequence[int]) -> bool:
        """Enough different sentences on enough days; one said again counts where it was first."""
        first: dict[str, date] = {}
        for waiting in (self.pool[index] for index in group):
            first[waiting.said] = min(waiting.day, first.get(waiting.said, date.max))
        grown = self.tuning.sentences + (len(self.log) + 1) // self.tuning.grows_every
        least = min(grown, self.tuning.sentences_at_most)
        return len(first) >= least and len(set(first.values())) >= self.tuning.days

    def _theme_at(self, middle: Vectors, plain: Vectors, name: str) -> int:
        if self.keys:
            near = self.centres() @ middle
            for number, each in enumerate(self.middles):
                if not self._tethered(each, plain[np.newaxis])[0]:
                    near[number] = -1.0
            if float(near.max()) >= self.tuning.absorb:
                return int(near.argmax())
        return self.open(name)

    def _tethered(self, middle: Middle, vectors: Vectors) -> NDArray[np.bool_]:
        """Which rows are near enough to a seed's own examples; any, for a theme that was found."""
        if not len(middle.anchors):
            return np.ones(len(vectors), dtype=np.bool_)
        near: NDArray[np.bool_] = (vectors @ middle.anchors.T).max(axis=1) >= self.tuning.tether
        return near


def begin(seeds: Iterable[Seed], tuning: Tuning, *, width: int) -> Register:
    """Give the register before the first entry."""
    register = Register(tuning=tuning, total=np.zeros(width, dtype=np.float32))
    for seed in seeds:
        register.open(seed.key, seed.anchors)
    return register


def _hash(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
