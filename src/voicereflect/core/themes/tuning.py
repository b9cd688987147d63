"""The bounds of the register, as they were measured; knows numbers alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """The bounds of the register; measured with `python -m bench themes`.

    Cosines are taken after the mean of all sentences so far is taken away: what
    every sentence of a person has in common says nothing about a theme.
    """

    smoothing: float = 0.7
    """How much of each neighbour is read with a sentence."""
    assign: float = 0.36
    """Least cosine to join a theme at once."""
    take_in: float = 0.30
    """Least cosine to join a found one later: once groups of the pool have gone first."""
    every: int = 10
    """Entries between two looks at what belongs nowhere, at first."""
    looks_thin_out: int = 500
    """After each so many entries looks are as far apart again: a long diary has few new themes."""
    linked: float = 0.2
    """Least mean cosine between two groups of sentences that become one."""
    core: float = 0.4
    """Least cosine to a new theme's middle of a sentence it begins with."""
    sentences: int = 10
    """Least distinct sentences of a new theme, at first."""
    grows_every: int = 20
    """After so many entries a new theme needs one sentence more."""
    sentences_at_most: int = 14
    days: int = 3
    remembers: int = 60
    """A theme's middle is that of its latest sentences, about so many: how one speaks changes."""
    absorb: float = 0.4
    """A group this near to a theme joins it instead of becoming one."""
    known: float = 0.32
    """Least mean cosine to the nearest examples of a seed, to join it."""
    examples: int = 3
    """So many of them."""
    known_smoothing: float = 0.3
    """How much of each neighbour is read with a sentence for a seed: its name speaks of the one."""
    tether: float = 0.4
    """Least plain cosine to one example of a seed."""
    unassigned: int = 1500
    """How many of the newest sentences that belong nowhere are looked at again."""
