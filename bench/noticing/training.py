"""Fits the layer of the calm line: the same numbers from the same sentences, with numpy alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.noticing import data
from bench.noticing.data import Utterance
from voicereflect.core.safety import calm
from voicereflect.core.safety.danger import SIGNS, Layer, Numbers, features, leaning

GIVE: Final = 16.0
"""How far the numbers may go; chosen by leaving voices out."""
STEPS: Final = 200
FOLDS: Final = 6
EARLIER_COUNTS: Final = 0.5
"""They are many for one hand."""
SURE: Final = 3.0
"""High: at 1.0 one in forty passages of diaries brought the line; at 2.5 none of 632 did."""
DOUBTFUL: Final = -1.0

Embed = Callable[[Sequence[str]], Numbers]


@dataclass(frozen=True, slots=True)
class Read:
    """Utterances cut into sentences, with their numbers."""

    said: Sequence[Utterance]
    owner: np.ndarray
    """For each row the place of its utterance."""
    rows: Numbers

    def most(self, scores: Numbers) -> Numbers:
        """For each utterance its sentence that leans most to danger."""
        most = np.full(len(self.said), -np.inf, dtype=np.float32)
        np.maximum.at(most, self.owner, scores)
        return most

    def noticed(self, layer: Layer) -> np.ndarray:
        """For each utterance whether the line would come."""
        return self.decided(leaning(layer, self.rows))

    def decided(self, scores: Numbers) -> np.ndarray:
        """The same, from scores."""
        plain = self.rows[:, -SIGNS] > 0
        yes = (scores >= SURE) | (plain & (scores >= DOUBTFUL))
        return self.most(yes.astype(np.float32)) > 0

    def only(self, wanted: np.ndarray) -> "Read":
        """Some of the utterances."""
        places = np.flatnonzero(wanted)
        keep = wanted[self.owner]
        back = np.cumsum(wanted) - 1
        return Read([self.said[int(at)] for at in places], back[self.owner[keep]], self.rows[keep])


def read(said: Sequence[Utterance], embed: Embed) -> Read:
    """Cut utterances into sentences and give their numbers."""
    cut = [calm.sentences(each.text) for each in said]
    flat = [sentence for each in cut for sentence in each]
    owner = np.repeat(np.arange(len(said)), [len(each) for each in cut])
    return Read(said, owner, features(flat, embed(flat)))


def fit(known: Read) -> Layer:
    """Fit the layer: softmax over the kinds, held back by `GIVE`, in a fixed number of steps."""
    kinds = sorted({each.kind for each in known.said})
    of = np.array([kinds.index(each.kind) for each in known.said])[known.owner]
    apart = np.bincount(known.owner)[known.owner]
    counts = np.array([EARLIER_COUNTS if s.voice == "earlier" else 1.0 for s in known.said])
    share = (counts[known.owner] / apart).astype(np.float32)
    held = _descend(known.rows, np.eye(len(kinds), dtype=np.float32)[of], share[:, np.newaxis])
    weights = np.vstack([known.rows.T @ held, held.sum(axis=0)])
    return Layer(
        kinds=tuple(kinds),
        dangers=tuple(kind for kind in kinds if kind.removesuffix(data.HINT) in data.DANGERS),
        weights=weights.astype(np.float16).astype(np.float32),
        sure=SURE,
        doubtful=DOUBTFUL,
        data=data.digest(),
    )


def _descend(rows: Numbers, wanted: Numbers, share: Numbers) -> Numbers:
    """Nesterov's steps on how much each sentence holds of the numbers."""
    alike = rows @ rows.T + np.float32(1)
    direction: Numbers = np.full(len(rows), len(rows) ** -0.5, dtype=np.float32)
    steepest = 1.0
    for _ in range(20):
        moved: Numbers = alike @ (share[:, 0] * direction)
        steepest = float(np.linalg.norm(moved))
        direction = moved / np.float32(steepest)
    pace = np.float32(1 / (steepest / 2 + 1 / GIVE))
    held = ahead = np.zeros_like(wanted)
    swing = 1.0
    for _ in range(STEPS):
        likely = alike @ ahead
        likely = np.exp(likely - likely.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        step = ahead - pace * (share * (likely - wanted) + ahead / np.float32(GIVE))
        after = (1 + (1 + 4 * swing * swing) ** 0.5) / 2
        ahead = step + np.float32((swing - 1) / after) * (step - held)
        held, swing = step, after
    return held


def left_out(known: Read) -> Numbers:
    """For each utterance the score it gets from numbers that never saw its voice."""
    voices = sorted({each.voice for each in known.said} - {"earlier", "everyday"})
    fold = {voice: number % FOLDS for number, voice in enumerate(voices)}
    of = np.array([fold.get(each.voice, -1) for each in known.said])
    scores = np.full(len(known.rows), -np.inf, dtype=np.float32)
    for number in range(FOLDS):
        layer = fit(known.only(of != number))
        here = of[known.owner] == number
        scores[here] = leaning(layer, known.rows[here])
    return scores
