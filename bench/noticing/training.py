"""Reads utterances as the calm line does, and fits its layer to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench import fitting
from bench.noticing import data
from bench.noticing.data import Utterance
from voicereflect.core.safety import calm, danger
from voicereflect.core.words.kinds import HALF, Layer, Numbers

EARLIER_COUNTS: Final = 0.5
"""They are many for one hand."""
SURE: Final = 1.0
"""The highest tenth at which, with voices left out, the aims for danger are reached."""
DOUBTFUL: Final = -1.0
AGAIN: Final = 3.0
"""How much least squares count beside the kinds."""
PARTS: Final = 4

Embed = Callable[[Sequence[str]], Numbers]


@dataclass(frozen=True, slots=True)
class Read:
    """Utterances cut into sentences, with their numbers."""

    said: Sequence[Utterance]
    sentences: Sequence[str]
    owner: np.ndarray
    """For each sentence the place of its utterance."""
    rows: Numbers

    def only(self, wanted: np.ndarray) -> "Read":
        """Give some of the utterances."""
        rows = wanted[self.owner]
        said = [each for each, stays in zip(self.said, wanted, strict=True) if stays]
        sentences = [each for each, stays in zip(self.sentences, rows, strict=True) if stays]
        owner = (np.cumsum(wanted) - 1)[self.owner[rows]]
        return Read(said, sentences, owner, self.rows[rows])

    def noticed(self, layer: Layer) -> np.ndarray:
        """For each utterance whether the line would come."""
        yes = danger.decided(layer, self.rows, danger.leaning(layer, self.sentences, self.rows))
        found = np.zeros(len(self.said), dtype=bool)
        found[self.owner[yes]] = True
        return found


def read(said: Sequence[Utterance], embed: Embed) -> Read:
    """Cut utterances into sentences and give their numbers."""
    cut = [calm.sentences(each.text) for each in said]
    flat = [sentence for each in cut for sentence in each]
    owner = np.repeat(np.arange(len(said)), [len(each) for each in cut])
    return Read(said, flat, owner, danger.features(flat, embed(flat)))


def fit(known: Read) -> Layer:
    """Fit the layer; an utterance of several sentences counts no more than one."""
    apart = np.bincount(known.owner)[known.owner]
    counts = np.array([EARLIER_COUNTS if s.voice == "earlier" else 1.0 for s in known.said])
    kinds = [known.said[int(at)].kind for at in known.owner]
    facts = {
        "dangers": sorted({k for k in kinds if k.removesuffix(data.HINT) in data.DANGERS}),
        "sure": SURE,
        "doubtful": DOUBTFUL,
        "again": AGAIN,
        "data": data.digest(),
    }
    layer = fitting.fit(known.rows, kinds, counts[known.owner] / apart, facts)
    any_danger = [danger.ANY if known.said[int(at)].danger else "" for at in known.owner]
    return fitting.beside(
        layer, fitting.fit_squares(known.rows, any_danger, {}, half=HALF), danger.ANY
    )


def left_out(known: Read) -> np.ndarray:
    """For each utterance whether the line would come by numbers fitted without its voice.

    Voices are left out a quarter at a time.
    """
    turn = {voice: at for at, voice in enumerate(sorted({each.voice for each in known.said}))}
    parts = np.array([turn[each.voice] % PARTS for each in known.said])
    noticed = np.zeros(len(parts), dtype=bool)
    for part in range(PARTS):
        own = parts == part
        noticed[own] = known.only(own).noticed(fit(known.only(~own)))
    return noticed
