"""Which passages a person's own themes take: by exact words, and by nearness to examples.

What is taken depends on the sentence and the theme alone, so that no later
entry moves it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from voicereflect.core.themes.curation import CuratedTheme, Curation
from voicereflect.core.themes.passages import EntryPassages
from voicereflect.core.themes.phrases import Phrases, plainly
from voicereflect.core.themes.places import PassagePlace
from voicereflect.core.themes.vectors import Vectors, smoothed

CERTAIN: Final = 1000
"""In place of a cosine where the person decided, or their exact words stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A passage that a person's own theme takes, and how near it is."""

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
        """Give the passages of the entry at place `number` that a theme takes."""
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
