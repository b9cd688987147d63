"""Whether a theme comes more or less often over time; knows days and counts, no words.

A claim is made only with enough entries, and only where it survives the control
of false discoveries over all themes that were looked at.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Final

LEAST_ENTRIES: Final = 150
"""Below this even a fourfold rise is found in one run of three: only counts and dates."""
FALSE_DISCOVERIES: Final = 0.04
"""At .05 one run of twenty claims something of dates dealt out at random, and now and then more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What the numbers carry: more often, or less often."""

    rising: bool
    p: float


@dataclass(frozen=True, slots=True)
class _Times:
    """When entries were made; reckoned once for all themes."""

    apart: Sequence[float]
    """Days from their middle."""
    rest: float
    """What rounding leaves of the sum of these, which is nothing."""
    spread: float

    @classmethod
    def of(cls, days: Sequence[date]) -> "_Times":
        times = [float(day.toordinal()) for day in days]
        middle = math.fsum(times) / max(len(times), 1)
        apart = [time - middle for time in times]
        return cls(apart, math.fsum(apart), math.fsum(each**2 for each in apart))


def _tested(times: _Times, has_theme: Sequence[bool]) -> tuple[float, float]:
    """Test whether the chance of a theme in an entry depends on the entry's date.

    Every entry counts as one chance, so that months with more entries are no
    trend. Gives z and the two-sided p of the score test of a logistic trend.
    """
    count, hits = len(times.apart), sum(has_theme)
    if hits in (0, count):
        return 0.0, 1.0
    share = hits / count
    score = math.fsum(compress(times.apart, has_theme)) - share * times.rest
    variance = share * (1 - share) * times.spread
    if variance <= 0:
        return 0.0, 1.0
    z = score / math.sqrt(variance * count / (count - 1))
    return z, math.erfc(abs(z) / math.sqrt(2))


def trends(days: Sequence[date], themes: Mapping[str, Sequence[bool]]) -> dict[str, Trend]:
    """Give the themes whose change is more than chance; none under `LEAST_ENTRIES`."""
    if len(days) < LEAST_ENTRIES:
        return {}
    times = _Times.of(days)
    tested = {key: _tested(times, has) for key, has in themes.items()}
    ordered = sorted(tested, key=lambda key: (tested[key][1], key))
    passed = 0
    for rank, key in enumerate(ordered, start=1):
        if tested[key][1] <= FALSE_DISCOVERIES * rank / len(ordered):
            passed = rank
    return {key: Trend(rising=tested[key][0] > 0, p=tested[key][1]) for key in ordered[:passed]}
