"""How good, how steady: figures over assignments of passages to themes."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.theming.data import Day
from voicereflect.core.themes.passages import PassagePlace

Assigned = Mapping[PassagePlace, Hashable]


@dataclass(frozen=True)
class Quality:
    """Against the gold themes."""

    ami: float
    """Over sentences that have a gold theme; the unassigned are one group."""
    entry_f1: float
    """Each theme stands for its commonest gold theme; mean over gold themes."""
    best_f1: float
    """The best single theme for each gold theme; mean."""
    themes: int
    shown: int
    unassigned: float


def quality(days: Sequence[Day], assigned: Assigned) -> Quality:
    """Measure one run."""
    from sklearn.metrics import adjusted_mutual_info_score

    entries: dict[Hashable, set[int]] = defaultdict(set)
    truth: dict[str, set[int]] = defaultdict(set)
    votes: dict[Hashable, Counter[str]] = defaultdict(Counter)
    gold, found = [], []
    for number, day in enumerate(days):
        for place, label in enumerate(day.gold):
            theme = assigned.get(PassagePlace(number, place))
            if theme is not None:
                entries[theme].add(number)
            if label is None:
                continue
            truth[label].add(number)
            gold.append(label)
            found.append(str(theme))
            if theme is not None:
                votes[theme][label] += 1
    named: dict[str, set[int]] = defaultdict(set)
    for theme, counts in votes.items():
        named[min(counts, key=lambda label: (-counts[label], label))] |= entries[theme]
    return Quality(
        ami=float(adjusted_mutual_info_score(gold, found)),
        entry_f1=float(np.mean([_f1(named[label], truth[label]) for label in truth])),
        best_f1=float(
            np.mean([max((_f1(e, truth[g]) for e in entries.values()), default=0) for g in truth])
        ),
        themes=len(entries),
        shown=sum(_recurs([days[n].entry.day.toordinal() for n in e]) for e in entries.values()),
        unassigned=found.count("None") / max(len(found), 1),
    )


def kept(before: Assigned, after: Assigned) -> float:
    """Share of sentences with a theme that still have it; themes are matched by most sentences."""
    votes: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for place, theme in before.items():
        votes[theme][after.get(place, "none")] += 1
    same = sum(counts.most_common(1)[0][1] for t, counts in votes.items() if counts)
    return same / max(len(before), 1)


def agreement(one: Assigned, other: Assigned, places: Sequence[PassagePlace]) -> float:
    """ARI over sentences that both runs saw; those without a theme are one group, for all."""
    from sklearn.metrics import adjusted_rand_score

    return float(
        adjusted_rand_score(
            [str(one.get(place)) for place in places], [str(other.get(place)) for place in places]
        )
    )


def _f1(found: set[int], truth: set[int]) -> float:
    return 2 * len(found & truth) / (len(found) + len(truth)) if found or truth else 0.0


def _recurs(days: Sequence[int]) -> bool:
    return len(set(days)) >= 3 and max(days) - min(days) >= 14
