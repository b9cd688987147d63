"""The bounds of the clusterer, as they were measured; knows numbers alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """The bounds of the clusterer; measured with `python -m bench themes`.

    Each says what moves when it does; figures are AMI and entry F1 of the composite
    diary of 365 entries, .80 and .90 as it stands. Cosines are taken after the mean of
    all sentences so far is taken away: what every sentence of a person has in common
    says nothing about a theme.
    """

    smoothing: float = 0.7
    """How much of each neighbour is read with a sentence. At .5 short sentences lose their theme
    (F1 .84); more changes little."""
    assign: float = 0.36
    """Least cosine to join a theme at once. At .27 the first themes swallow later ones (AMI .73);
    higher, more sentences wait for `take_in`."""
    take_in: float = 0.30
    """Least cosine to join a found theme later, once new themes went first. At .23 themes swallow
    each other (F1 .70); at .38 twice as many sentences stay without a theme."""
    every: int = 10
    """Entries between two looks at the unassigned, at first. Figures hardly move from 6 to 16:
    fewer looks cost less time, and find a theme later."""
    linked: float = 0.2
    """Least mean cosine between two groups that become one. At .15 themes mix, at .25 they
    split (F1 .87)."""
    core: float = 0.4
    """Least cosine of a sentence to the middle of the new theme it begins. At .5 fewer themes are
    found (F1 .83); at .3 they begin with more at their edges."""
    sentences: int = 10
    """Least distinct sentences of a new theme, at first. At 6 there are more themes and worse ones
    (AMI .79), at 16 they come late (.79)."""
    grows_every: int = 20
    """After so many entries a new theme needs one sentence more. Lower, a young diary finds fewer
    themes; figures hardly move."""
    sentences_at_most: int = 14
    """No new theme needs more than this. At 8 there are half again as many themes (22 for 14); more
    changes only long diaries."""
    days: int = 3
    """Least days of a new theme. At 2 what was said twice becomes one (AMI .79), at 5 themes come
    late (.78)."""
    remembers: int = 60
    """A centroid is that of about so many of the latest sentences: how one speaks changes. Figures
    here hardly move from 36 to 96; one that never fades stands still in long diaries."""
    absorb: float = 0.4
    """A new theme this near to a found one joins it. At .3 themes of their own are swallowed
    (F1 .76); more changes nothing here."""
    known: float = 0.32
    """Least mean cosine to the nearest examples of a known theme. At .24 known themes take what is
    not theirs (AMI .64); at .40 they find less (AMI .78, as fewer sentences leave found themes)."""
    examples: int = 3
    """So many of them. Nothing moves in the bench, whose known themes have few examples; for ours,
    which have eight, see ADR 31."""
    known_smoothing: float = 0.3
    """How much of each neighbour is read with a sentence for a known theme, whose name
    speaks of the one sentence. Figures hardly move from .23 to .38."""
    tether: float = 0.4
    """Least plain cosine to one example of a known theme. At .5 known themes take less (AMI .76 for
    .73); at .3 nothing moves."""
