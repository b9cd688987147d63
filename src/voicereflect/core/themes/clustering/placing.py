"""Which known theme a sentence is about, by numbers that come with the program.

They were fitted by `tools/themes.py` to sentences of many voices; a sentence they are not sure of
gets no theme. Knows layers and keys, and no theme by name.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.themes.assignments import NO_THEME
from voicereflect.core.themes.known import PREFIX
from voicereflect.core.words import kinds
from voicereflect.core.words.kinds import Layer
from voicereflect.core.words.numbers import Numbers

NONE: Final = "none"
"""The kind of sentences that are about nothing known."""
RIVAL: Final = 0.5
"""So much of what speaks for the second best kind speaks against the best."""
SMALL_TALK: Final = 0.4
"""So much of what speaks for small talk does so too, wherever that stands among the kinds."""


class Placing:
    """Puts sentences into those known themes that the numbers know."""

    def __init__(self, layer: Layer, keys: Sequence[str]) -> None:
        """`keys` are those of the known themes, by number."""
        self._layer = layer
        self._numbers = np.array(
            [
                keys.index(f"{PREFIX}{kind}") if f"{PREFIX}{kind}" in keys else NO_THEME
                for kind in layer.kinds
            ],
            dtype=np.intp,
        )
        self._sure = np.array([layer.facts["bounds"][kind] for kind in layer.kinds], "f4")
        self._none = layer.kinds.index(NONE)
        self.decided: Final = np.isin(np.arange(len(keys)), self._numbers)
        """For each known theme whether the numbers decide, and not its examples."""

    def themes(self, texts: Sequence[str], vectors: Numbers) -> NDArray[np.intp]:
        """For each sentence the number of its theme, or `NO_THEME`."""
        if not texts:
            return np.zeros(0, dtype=np.intp)
        rows = kinds.features(texts, vectors)
        best, surely = clearest(self._layer.scores(rows), self._none)
        found: NDArray[np.intp] = np.where(
            surely >= self._sure[best], self._numbers[best], NO_THEME
        )
        return found


def clearest(scores: Numbers, none: int) -> tuple[NDArray[np.intp], Numbers]:
    """For each row its best kind, and how clearly it is that, no other, and no small talk."""
    first, second = np.sort(scores, axis=1)[:, :-3:-1].T
    against = np.float32(RIVAL) * second + np.float32(SMALL_TALK) * np.maximum(scores[:, none], 0)
    return scores.argmax(axis=1), first - against
