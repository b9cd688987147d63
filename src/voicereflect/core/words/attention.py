"""Tells of which kind a sentence is by its single words, each as it stands among the others.

A sentence comes as the states a language model has of its words, one row for each. Every unit
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
    """The numbers for one layer."""

    looks: Numbers
    """A column for each unit: how far it looks at a word."""
    takes: Numbers
    """A column for each unit: what it takes from a word; in the last row what is added always."""
    says: Numbers
    """A row for each unit: how much it speaks for each kind; the last is added always."""

    @property
    def numbers(self) -> tuple[Numbers, Numbers, Numbers]:
        """Give all of them, in the order of the file."""
        return self.looks, self.takes, self.says

    def likely(self, states: Numbers, starts: Places, lengths: Places) -> Numbers:
        """For each sentence how much speaks for each kind."""
        pooled = attend(self, states, starts, lengths)[2]
        found: Numbers = np.maximum(pooled, 0) @ self.says[:-1] + self.says[-1]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """The numbers for all layers, and what else the tool wrote down."""

    kinds: tuple[str, ...]
    layers: tuple[Pooling, ...]
    facts: Mapping[str, Any]
    """Bounds, and a digest of the sentences."""

    def likely(self, states: States) -> list[Numbers]:
        """For each layer and sentence how much speaks for each kind."""
        return [
            pooling.likely(words.astype(np.float32), states.starts, states.lengths)
            for pooling, words in zip(self.layers, states.layers, strict=True)
        ]

    def dump(self) -> bytes:
        """Write it, layer by layer."""
        head = {"format": FORMAT, "kinds": self.kinds, "layers": len(self.layers), **self.facts}
        return dumped(head, (numbers for layer in self.layers for numbers in layer.numbers))


def attend(
    pooling: Pooling, states: Numbers, starts: Places, lengths: Places
) -> tuple[Numbers, Numbers, Numbers]:
    """How far each unit looks at each word, what it takes there, and its sum for a sentence."""
    near = states @ pooling.looks
    near = np.exp(near - np.repeat(np.maximum.reduceat(near, starts), lengths, axis=0))
    near /= np.repeat(np.add.reduceat(near, starts), lengths, axis=0)
    taken = states @ pooling.takes[:-1]
    return near, taken, np.add.reduceat(near * taken, starts) + pooling.takes[-1]


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
    units = (len(numbers) - kinds) // (2 * WIDTH + 1 + kinds)
    looks, takes, says = np.split(numbers, (WIDTH * units, (2 * WIDTH + 1) * units))
    return Pooling(
        looks=looks.reshape(WIDTH, units),
        takes=takes.reshape(WIDTH + 1, units),
        says=says.reshape(units + 1, kinds),
    )
