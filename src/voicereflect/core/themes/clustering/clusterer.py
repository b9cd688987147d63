"""Clusters passages into themes, one entry after the other in the order of their ids.

Knows passages and their vectors; no curation, no names, no dates beyond counting days.
An assignment is never taken back by a later entry.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.themes.assignments import NO_THEME, Assignment, Rows, rows_of
from voicereflect.core.themes.clustering.clusters import Added, Centroid, KnownExamples, Unassigned
from voicereflect.core.themes.clustering.grouping import groups
from voicereflect.core.themes.clustering.placing import Placing
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.clustering.vectors import Vectors, smoothed, unit
from voicereflect.core.themes.names.phrases import Phrases, plainly
from voicereflect.core.themes.names.words import words_of
from voicereflect.core.themes.passages import EntryPassages, PassagePlace

LOOKS_THIN_OUT: Final = 500
"""After each so many entries looks at the unassigned are as far apart again, to save time: a long
diary has few new themes."""
MOST_UNASSIGNED: Final = 1500
"""So many of the newest unassigned sentences are looked at: the time grows with their square."""


@dataclass(slots=True)
class IncrementalClusterer:
    """All themes after some entries; a theme's number is its place in `keys`."""

    tuning: Tuning
    total: Vectors
    """Sum of all sentences so far, with the examples of known themes."""
    count: int = 0
    log: list[Added] = field(default_factory=list)
    loaded: Rows = field(default_factory=lambda: rows_of([]))
    """The assignments that were made before it was kept, in that order."""
    made: list[Assignment] = field(default_factory=list)
    """Those that were made since."""
    keys: list[str] = field(default_factory=list)
    known: list[Vectors] = field(default_factory=list)
    """Examples of the known themes, which have the first numbers."""
    centroids: list[Centroid] = field(default_factory=list)
    """Of the themes that were found, which have the numbers after those."""
    unassigned: list[Unassigned] = field(default_factory=list)
    phrases: Sequence[Phrases] = ()
    """Of the known themes."""
    placing: Placing | None = None
    """Decides about known themes by numbers; None: their examples and words do."""
    secret: bytes = b""
    """Keys the hashes of what was said: no sentence can be tried out on them."""

    def add(self, entry: EntryPassages, vectors: Vectors, digest: str = "") -> None:
        """Add the next entry; `vectors` are raw, one for each passage."""
        smooth = self._counted(entry, vectors)
        own = smoothed(entry.passages, vectors, self.tuning.known_smoothing)
        placed = self._placed(entry, vectors)
        at_once = self._sure(smooth, own, placed, self._spelt(entry))
        self._assign(entry, smooth, at_once)
        before = len(self.made)
        number = len(self.log) + 1
        if number % (self.tuning.every * max(1, number // LOOKS_THIN_OUT)) == 0:
            self._look_again()
        self.log.append(Added(entry.id, digest, len(at_once), len(self.made) - before))

    def repeat(
        self, entry: EntryPassages, vectors: Vectors, added: Added, assigned: Sequence[Assignment]
    ) -> None:
        """Add an entry with the assignments made before: the same state, in less time."""
        self._assign(entry, self._counted(entry, vectors), assigned[: added.at_once])
        places = {each.place: index for index, each in enumerate(self.unassigned)}
        later = assigned[added.at_once :]
        for each in later:
            index = places[each.place]
            if each.theme == len(self.keys):
                self.open(self.unassigned[index].name)
            self._take(index, each.theme, each.nearness)
        self._remove({places[each.place] for each in later})
        self.log.append(added)

    def assigned(self) -> Rows:
        """All assignments in the order they were made."""
        return np.concatenate([self.loaded, rows_of(self.made)])

    def open(self, key: str) -> int:
        """Begin a theme; give its number."""
        self.keys.append(key)
        self.centroids.append(Centroid(np.zeros_like(self.total)))
        return len(self.keys) - 1

    def unit_centroids(self) -> Vectors:
        """The centroid of each theme by number, as unit vectors without the common part."""
        rows = [examples.mean(axis=0) for examples in self.known]
        rows += [each.total / max(each.count, 1) for each in self.centroids]
        return self.centred(np.array(rows, dtype=np.float32).reshape(len(rows), len(self.total)))

    def centred(self, vectors: NDArray[np.floating[Any]]) -> Vectors:
        """Take away what all sentences so far have in common."""
        return unit(vectors - self.total / max(self.count, 1))

    def _counted(self, entry: EntryPassages, vectors: Vectors) -> Vectors:
        """Count an entry's sentences, each read with its neighbours, and give those."""
        smooth = smoothed(entry.passages, vectors, self.tuning.smoothing)
        self.total = self.total + smooth.sum(axis=0)
        self.count += len(smooth)
        return smooth

    def _sure(
        self, smooth: Vectors, own: Vectors, placed: NDArray[np.intp], spelt: NDArray[np.intp]
    ) -> list[Assignment]:
        """The assignments that are certain enough to be made at once.

        What numbers place goes first, then examples of known themes, each unless a found theme is
        nearer; then found themes; then exact words, which stand in sentences on anything.
        """
        if not (len(smooth) and self.keys):
            return []
        found, near = self._nearest_found(smooth)
        likenesses = self._likenesses(own)
        least = np.full_like(near, self.tuning.known)
        by_numbers = np.maximum(likenesses[np.arange(len(own)), placed], least)
        if self.placing is not None:
            likenesses[:, : len(self.known)][:, self.placing.decided] = -1.0
        known, likeness = likenesses.argmax(axis=1), likenesses.max(axis=1)
        is_known = likeness >= np.maximum(near, least)
        is_placed = (placed != NO_THEME) & (by_numbers >= near)
        cases = [is_placed, is_known, near >= self.tuning.assign, spelt != NO_THEME]
        themes = np.select(cases, [placed, known, found, spelt], NO_THEME)
        cosines = np.select(cases, [by_numbers, likeness, near, least])
        nearness = np.rint(cosines * 1000).astype(int)
        return [
            Assignment(len(self.log), int(passage), int(themes[passage]), int(nearness[passage]))
            for passage in np.flatnonzero(themes != NO_THEME)
        ]

    def _nearest_found(self, smooth: Vectors) -> tuple[NDArray[np.intp], Vectors]:
        """For each row its nearest theme of those that were found, and how near that is."""
        scores = self.centred(smooth) @ self.unit_centroids().T
        scores[:, : len(self.known)] = -1.0
        return scores.argmax(axis=1), scores.max(axis=1)

    def _likenesses(self, own: Vectors) -> Vectors:
        """For each row how much it is like the examples of each known theme.

        A known theme is its examples for ever: were it the centroid of what it took,
        its name would be less and less true.
        """
        scores = np.full((len(own), len(self.keys)), -1.0, dtype=np.float32)
        centred = self.centred(own)
        for number, examples in enumerate(self.known):
            cosines = np.sort(centred @ self.centred(examples).T, axis=1)
            scores[:, number] = cosines[:, -self.tuning.examples :].mean(axis=1)
            scores[(own @ examples.T).max(axis=1) < self.tuning.tether, number] = -1.0
        return scores

    def _placed(self, entry: EntryPassages, vectors: Vectors) -> NDArray[np.intp]:
        """For each passage the theme that numbers put it in."""
        if self.placing is None:
            return np.full(len(entry.passages), NO_THEME, dtype=np.intp)
        return self.placing.themes([each.text for each in entry.passages], vectors)

    def _spelt(self, entry: EntryPassages) -> NDArray[np.intp]:
        """For each passage the last known theme whose exact words stand in it.

        Themes that the numbers know are left to them.
        """
        found = np.full(len(entry.passages), NO_THEME, dtype=np.intp)
        decided = self.placing.decided if self.placing else np.zeros(len(self.phrases), dtype=bool)
        for row, said in enumerate(plainly(passage.text) for passage in entry.passages):
            for number, phrases in enumerate(self.phrases):
                if not decided[number] and phrases.stand_in(said):
                    found[row] = number
        return found

    def _assign(self, entry: EntryPassages, smooth: Vectors, at_once: Sequence[Assignment]) -> None:
        """Make these assignments; the entry's other passages are unassigned, the newest last."""
        self.made += at_once
        for each in at_once:
            self._join(each.theme, smooth[each.passage])
        made = {each.passage for each in at_once}
        self.unassigned += [
            Unassigned(
                place=PassagePlace(len(self.log), number),
                name=f"{entry.id}/{passage.answer}:{passage.word}",
                said=_hash(words_of(passage.text), self.secret),
                day=entry.day,
                vector=smooth[number],
            )
            for number, passage in enumerate(entry.passages)
            if number not in made
        ]
        del self.unassigned[:-MOST_UNASSIGNED]

    def _join(self, theme: int, vector: Vectors) -> None:
        if theme >= len(self.known):
            centroid = self.centroids[theme - len(self.known)]
            centroid.add(vector, remembers=self.tuning.remembers)

    def _look_again(self) -> None:
        """Find new themes among the unassigned, then assign what is near to any found theme.

        New themes go first, or the themes that are there would swallow them.
        """
        if len(self.unassigned) < self.tuning.sentences:
            return
        self._find_new()
        if self.unassigned and self.keys:
            self._assign_near()

    def _find_new(self) -> None:
        centred = self.centred(np.stack([each.vector for each in self.unassigned]))
        gone: set[int] = set()
        for group in groups(centred, linked=self.tuning.linked):
            core = self._core(centred, group)
            if not self._recurs(core):
                continue
            middle = unit(centred[core].sum(axis=0))
            theme = self._theme_at(middle, self.unassigned[core[0]].name)
            for index in core:
                self._take(index, theme, _thousandths(centred[index] @ middle))
            gone.update(core)
        self._remove(gone)

    def _core(self, centred: Vectors, group: Sequence[int]) -> list[int]:
        """Those of a group that are near its middle; what stands at its edge waits."""
        middle = unit(centred[list(group)].sum(axis=0))
        return [index for index in group if float(centred[index] @ middle) >= self.tuning.core]

    def _assign_near(self) -> None:
        themes, cosines = self._nearest_found(np.stack([each.vector for each in self.unassigned]))
        near = np.flatnonzero(cosines >= self.tuning.take_in).tolist()
        for index in near:
            self._take(index, int(themes[index]), _thousandths(cosines[index]))
        self._remove(set(near))

    def _take(self, index: int, theme: int, nearness: int) -> None:
        """Assign an unassigned sentence, which its caller then removes from those."""
        sentence = self.unassigned[index]
        self._join(theme, sentence.vector)
        self.made.append(Assignment(*sentence.place, theme, nearness))

    def _remove(self, gone: set[int]) -> None:
        self.unassigned = [each for at, each in enumerate(self.unassigned) if at not in gone]

    def _recurs(self, group: Sequence[int]) -> bool:
        """Enough different sentences on enough days; one said again counts where it was first."""
        first: dict[str, date] = {}
        for sentence in (self.unassigned[index] for index in group):
            first[sentence.said] = min(sentence.day, first.get(sentence.said, date.max))
        grown = self.tuning.sentences + (len(self.log) + 1) // self.tuning.grows_every
        least = min(grown, self.tuning.sentences_at_most)
        return len(first) >= least and len(set(first.values())) >= self.tuning.days

    def _theme_at(self, middle: Vectors, name: str) -> int:
        """The found theme that is near already, or a new one."""
        if self.keys:
            near = self.unit_centroids() @ middle
            near[: len(self.known)] = -1.0
            if float(near.max()) >= self.tuning.absorb:
                return int(near.argmax())
        return self.open(name)


def begin(
    known: Sequence[KnownExamples],
    tuning: Tuning,
    *,
    width: int,
    secret: bytes = b"",
    placing: Placing | None = None,
) -> IncrementalClusterer:
    """Give the clusterer before the first entry."""
    clusterer = IncrementalClusterer(
        tuning=tuning,
        total=np.zeros(width, dtype=np.float32),
        count=sum(len(each.vectors) for each in known),
        keys=[each.key for each in known],
        known=[each.vectors for each in known],
        phrases=[each.phrases for each in known],
        placing=placing,
        secret=secret,
    )
    for each in known:
        clusterer.total = clusterer.total + each.vectors.sum(axis=0)
    return clusterer


def _thousandths(cosine: float) -> int:
    return round(float(cosine) * 1000)


def _hash(words: Sequence[str], secret: bytes) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=8, key=secret).hexdigest()
