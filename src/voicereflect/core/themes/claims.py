"""Which passages a person's own themes claim: by exact words, and by nearness to examples.

What is claimed of an entry depends on that entry and the themes alone: no later entry
moves it, and only new and changed entries are looked at. What is kept between two
looks is digests and numbers, and no word.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from voicereflect.core.store import bounds
from voicereflect.core.themes.clustering.vectors import Vectors, smoothed
from voicereflect.core.themes.curation import CuratedTheme, Curation
from voicereflect.core.themes.names.phrases import Phrases, plainly
from voicereflect.core.themes.passages import EntryPassages, PassagePlace

CERTAIN: Final = 1000
"""In place of a cosine where the person decided, or their exact words stand there."""
FORMAT: Final = 1
_LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That a passage belongs to a theme which the person made, and how near it is."""

    theme: str
    nearness: int


class Claimant:
    """The themes a person made, ready to look at passages."""

    def __init__(
        self, curation: Curation, examples: Mapping[str, Vectors], *, smoothing: float
    ) -> None:
        """`examples` holds the vectors of each theme's examples, by its name."""
        self._themes: Sequence[tuple[CuratedTheme, Phrases, Vectors | None]] = [
            (record, Phrases(record.words), examples.get(record.name))
            for record in curation.records
            if record.own
        ]
        self._smoothing = smoothing

    def claims(
        self, number: int, entry: EntryPassages, vectors: Vectors
    ) -> dict[PassagePlace, Claim]:
        """Give the passages of the entry at place `number` that a theme claims."""
        scores = np.zeros((len(entry.passages), len(self._themes)), dtype=np.float32)
        smooth = smoothed(entry.passages, vectors, self._smoothing)
        said = [plainly(passage.text) for passage in entry.passages]
        for column, (record, phrases, anchors) in enumerate(self._themes):
            if anchors is not None and len(anchors) and len(smooth):
                near = _nearness(smooth, vectors, anchors)
                scores[:, column] = np.where(near >= record.strictness, near, 0)
            for row, text in enumerate(said):
                if phrases.stand_in(text):
                    scores[row, column] = CERTAIN / 1000
        if not scores.size:
            return {}
        best = scores.argmax(axis=1)
        return {
            PassagePlace(number, row): Claim(
                theme=self._themes[column][0].name,
                nearness=round(float(scores[row, column]) * 1000),
            )
            for row, column in enumerate(best)
            if scores[row, column] > 0
        }


def _nearness(smooth: Vectors, raw: Vectors, anchors: Vectors) -> Vectors:
    """Cosine to the nearest example: alone or with its neighbours, whichever says more."""
    near: Vectors = np.maximum((smooth @ anchors.T).max(axis=1), (raw @ anchors.T).max(axis=1))
    return near


Row = tuple[int, int, int]
"""Passage, the theme's number and nearness."""


@dataclass(frozen=True, slots=True)
class KeptClaims:
    """What was claimed of each entry, by the entry's digest."""

    basis: str
    """Tells these themes, and the model their examples are read with, from others."""
    names: Sequence[str]
    """Of the themes, by number; not kept."""
    rows: Mapping[str, Sequence[Row]]

    def dump(self) -> bytes:
        """Write it."""
        table = {"format": FORMAT, "basis": self.basis, "rows": self.rows}
        return json.dumps(table, separators=(",", ":"), sort_keys=True).encode()

    def missing(self, digests: Sequence[str]) -> list[int]:
        """The places of the entries that were not looked at."""
        return [place for place, digest in enumerate(digests) if digest not in self.rows]

    def up_to_date(
        self, digests: Sequence[str], look: Callable[[int], Mapping[PassagePlace, Claim]]
    ) -> "KeptClaims":
        """Look at the entries that are missing, and forget those that are gone."""
        rows = {digest: self.rows[digest] for digest in digests if digest in self.rows}
        for number in self.missing(digests):
            rows[digests[number]] = [
                (place.passage, self.names.index(claim.theme), claim.nearness)
                for place, claim in look(number).items()
            ]
        return replace(self, rows=rows)

    def claims(self, digests: Sequence[str]) -> dict[PassagePlace, Claim]:
        """What is claimed of these entries."""
        return {
            PassagePlace(number, passage): Claim(theme=self.names[theme], nearness=nearness)
            for number, digest in enumerate(digests)
            for passage, theme, nearness in self.rows[digest]
        }


def load(data: bytes, basis: str, names: Sequence[str]) -> KeptClaims:
    """Read it; nothing where it rests on something else or is damaged."""
    most = (_LARGEST, len(names) - 1, _LARGEST)
    try:
        table = bounds.json_value(data)
        if (table["format"], table["basis"]) != (FORMAT, basis):
            return KeptClaims(basis, names, {})
        rows = {
            digest: [_row(each, most) for each in kept] for digest, kept in table["rows"].items()
        }
        return KeptClaims(basis, names, rows)
    except (ValueError, KeyError, TypeError, AttributeError):
        return KeptClaims(basis, names, {})


def _row(values: Sequence[object], most: Sequence[int]) -> Row:
    passage, theme, nearness = map(bounds.whole, values, (0, 0, 0), most)
    return passage, theme, nearness
