"""Reads utterances as the calm line does, and fits its numbers to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench import attending
from bench.noticing import data
from bench.noticing.data import Utterance
from voicereflect.core.safety import calm, danger
from voicereflect.core.words.attention import Attention, States

EARLIER_COUNTS: Final = 0.5
"""They are many for one hand."""
SURE: Final = 1.7
"""The least tenth at which no sample answer brings the line, and 2 in 10,000 passages at most of
the diary that is chosen by, by numbers that a quarter of the voices is left out of."""
DOUBTFUL: Final = -0.3
PARTS: Final = 4

Look = Callable[[Sequence[str]], States]


@dataclass(frozen=True, slots=True)
class Read:
    """Utterances cut into sentences, with the states of their words."""

    said: Sequence[Utterance]
    sentences: Sequence[str]
    owner: np.ndarray
    """For each sentence the place of its utterance."""
    states: States

    def only(self, wanted: np.ndarray) -> "Read":
        """Give some of the utterances."""
        rows = wanted[self.owner]
        said = [each for each, stays in zip(self.said, wanted, strict=True) if stays]
        sentences = [each for each, stays in zip(self.sentences, rows, strict=True) if stays]
        owner = (np.cumsum(wanted) - 1)[self.owner[rows]]
        words = np.repeat(rows, self.states.lengths)
        lengths = self.states.lengths[rows]
        states = States(self.states.layers[:, words], np.cumsum(lengths) - lengths)
        return Read(said, sentences, owner, states)

    def noticed(self, numbers: Attention) -> np.ndarray:
        """For each utterance whether the line would come."""
        scores = danger.scores_of(numbers, self.sentences, self.states)
        found = np.zeros(len(self.said), dtype=bool)
        found[self.owner[danger.decided(numbers, self.sentences, scores)]] = True
        return found


def read(said: Sequence[Utterance], look: Look) -> Read:
    """Cut utterances into sentences and look at their words."""
    cut = [calm.sentences(each.text) for each in said]
    flat = [sentence for each in cut for sentence in each]
    owner = np.repeat(np.arange(len(said)), [len(each) for each in cut])
    return Read(said, flat, owner, look(flat))


def fit(known: Read) -> Attention:
    """Fit the numbers; an utterance of several sentences counts no more than one."""
    apart = np.bincount(known.owner)[known.owner]
    counts = np.array([EARLIER_COUNTS if s.voice == "earlier" else 1.0 for s in known.said])
    kinds = [known.said[int(at)].kind for at in known.owner]
    facts = {
        "dangers": sorted({k for k in kinds if k.removesuffix(data.HINT) in data.DANGERS}),
        "sure": SURE,
        "doubtful": DOUBTFUL,
        "data": data.digest(),
    }
    return attending.fit(known.states, kinds, (counts[known.owner] / apart).astype("f4"), facts)


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
