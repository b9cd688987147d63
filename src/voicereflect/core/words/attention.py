"""Tells of which kind a sentence is by its single words, each as it stands among the others.

A sentence comes as the states a language model has of its words, one row for each. Every head
looks for something of its own in them, so that few words of a long sentence are not lost among
the others; knows no kind itself. The numbers are fitted by a tool, and come as a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words.numbers import Numbers, dumped, parsed

FORMAT: Final = 3

Places = NDArray[np.int64]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class States:
    """What a model has of all words of some sentences, once for each layer that is looked at."""

    layers: Halves
    """Layer, word, number."""
    starts: Places
    """At which word each sentence begins."""

    @property
    def lengths(self) -> Places:
        """How many words each sentence has."""
        return np.diff(self.starts, append=self.layers.shape[1])


@dataclass(frozen=True, slots=True)
class Pooling:
    """Attention pooling over one layer: the numbers of all its heads."""

    queries: Numbers
    """A column for each head: what it looks for in a word."""
    values: Numbers
    """A column for each head: what it takes from a word; the last row is the bias."""
    outputs: Numbers
    """A row for each head: how much it speaks for each kind; the last row is the bias."""

    @property
    def arrays(self) -> tuple[Numbers, Numbers, Numbers]:
        """Give all of them, in the order of the file."""
        return self.queries, self.values, self.outputs

    def logits(self, states: Numbers, starts: Places, lengths: Places) -> Numbers:
        """For each sentence how much speaks for each kind, before a softmax."""
        pooled = attend(self, states, starts, lengths)[2]
        found: Numbers = np.maximum(pooled, 0) @ self.outputs[:-1] + self.outputs[-1]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """The numbers for all layers, and what else the tool wrote down."""

    kinds: tuple[str, ...]
    layers: tuple[Pooling, ...]
    facts: Mapping[str, Any]
    """Bounds, and a digest of the sentences."""

    def logits(self, states: States) -> list[Numbers]:
        """For each layer and sentence how much speaks for each kind."""
        return [
            pooling.logits(words.astype(np.float32), states.starts, states.lengths)
            for pooling, words in zip(self.layers, states.layers, strict=True)
        ]

    def dump(self) -> bytes:
        """Write it, layer by layer."""
        line = {"format": FORMAT, "kinds": self.kinds, "layers": len(self.layers), **self.facts}
        return dumped(line, (array for layer in self.layers for array in layer.arrays))


def attend(
    pooling: Pooling, states: Numbers, starts: Places, lengths: Places
) -> tuple[Numbers, Numbers, Numbers]:
    """Give each word's weight and value for each head, and each sentence's weighted sum.

    A softmax over the words of a sentence makes the weights.
    """
    weights = states @ pooling.queries
    weights = np.exp(weights - np.repeat(np.maximum.reduceat(weights, starts), lengths, axis=0))
    weights /= np.repeat(np.add.reduceat(weights, starts), lengths, axis=0)
    values = states @ pooling.values[:-1]
    return weights, values, np.add.reduceat(weights * values, starts) + pooling.values[-1]


def parse(content: bytes) -> Attention:
    """Read the numbers.

    Raises:
        SettingsError: they are none of this format, or damaged.
    """
    return parsed(content, FORMAT, _attention)


def _attention(line: dict[str, Any], numbers: Numbers) -> Attention:
    kinds = tuple(line.pop("kinds"))
    layers = np.split(numbers, int(line.pop("layers")))
    return Attention(
        kinds=kinds, layers=tuple(_pooling(each, len(kinds)) for each in layers), facts=line
    )


def _pooling(numbers: Numbers, kinds: int) -> Pooling:
    heads = (len(numbers) - kinds) // (2 * WIDTH + 1 + kinds)
    queries, values, outputs = np.split(numbers, (WIDTH * heads, (2 * WIDTH + 1) * heads))
    return Pooling(
        queries=queries.reshape(WIDTH, heads),
        values=values.reshape(WIDTH + 1, heads),
        outputs=outputs.reshape(heads + 1, kinds),
    )
