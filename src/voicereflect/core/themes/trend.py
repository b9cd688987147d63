"""Whether a theme comes more or less often over time; knows days and counts, no words.

A claim is made only with enough entries, and only where it survives the control
of false discoveries over all themes that were looked at.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LEAST_ENTRIES: Final = 150
"""Below this even a fourfold rise is found in one run of three: only counts and dates."""
FALSE_DISCOVERIES: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What the numbers carry: more often, or less often."""

    rising: bool
    p: float


def score_test(days: Sequence[date], has_theme: Sequence[bool]) -> tuple[float, float]:
    """Test whether the chance of a theme in an entry depends on the entry's date.

    Every entry counts as one chance, so that months with more entries are no
    trend. Gives z and the two-sided p of the score test of a logistic trend.
    """
    count, hits = len(days), sum(has_theme)
    if count == 0 or hits in (0, count):
        return 0.0, 1.0
    times = [float(day.toordinal()) for day in days]
    middle = math.fsum(times) / count
    share = hits / count
    score = math.fsum(
        (time - middle) * (float(has) - share) for time, has in zip(times, has_theme, strict=True)
    )
    variance = share * (1 - share) * math.fsum((time - middle) ** 2 for time in times)
    if variance <= 0:
        return 0.0, 1.0
    z = score / math.sqrt(variance * count / (count - 1))
    return z, math.erfc(abs(z) / math.sqrt(2))


def trends(days: Sequence[date], themes: Mapping[str, Sequence[bool]]) -> dict[str, Trend]:
    """Give the themes whose change is more than chance; none under `LEAST_ENTRIES`."""
    if len(days) < LEAST_ENTRIES:
        return {}
    tested = {key: score_test(days, has) for key, has in themes.items()}
    ordered = sorted(tested, key=lambda key: (tested[key][1], key))
    passed = 0
    for rank, key in enumerate(ordered, start=1):
        if tested[key][1] <= FALSE_DISCOVERIES * rank / len(ordered):
            passed = rank
    return {key: Trend(rising=tested[key][0] > 0, p=tested[key][1]) for key in ordered[:passed]}
