"""Themes, measured: how good, how steady, how fast; beside two methods of the field.

Needs scikit-learn, and umap-learn for one of those, which the product does not; says
so where they are missing. Data: a folder named by VOICEREFLECT_THEME_DATA.
"""

import random
import resource
import statistics
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from importlib.util import find_spec
from pathlib import Path

from bench.theming import data, measures, methods
from bench.theming.data import Day
from voicereflect.core.themes import snapshot
from voicereflect.core.themes.claims import CERTAIN, Claimant
from voicereflect.core.themes.clustering.clusters import KnownExamples
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.curation import CuratedTheme, Curation
from voicereflect.core.themes.passages import PassagePlace
from voicereflect.core.themes.trend import LEAST_ENTRIES, trends

Method = Callable[[Sequence[Day]], dict[PassagePlace, int]]
EXTRAS = "pip install --group bench"
BASELINES: dict[str, Method] = {
    "TF-IDF + NMF": methods.tfidf_nmf,
    **({"UMAP + HDBSCAN": methods.umap_hdbscan} if find_spec("umap") else {}),
}
METHODS: dict[str, Method] = {"ours": methods.ours, **BASELINES}
SUBSAMPLES = 5
SHUFFLES = 1_000
REPORTED_SEED = 2026
"""Tuning used the seeds 1 to 8."""
OTHER_ORDERS = range(2026, 2032)


def main() -> None:
    """Measure everything; half an hour."""
    if not find_spec("sklearn"):
        print(f"The measures need scikit-learn: {EXTRAS}")
        return
    if len(BASELINES) < 2:
        print(f"Without UMAP + HDBSCAN, which needs more: {EXTRAS}")
    for entries in (100, 1_000, 10_000):
        _size(entries)
    diary = data.composite()
    print(f"Composite diary, {len(diary)} entries")
    seeds = _seeds()
    _quality("ours", diary, methods.ours)
    _quality("ours, known themes", diary, lambda days: methods.ours(days, seeds))
    for name, method in BASELINES.items():
        _quality(name, diary, method)
    for entries in (100, 1_000):
        other = data.reordered(REPORTED_SEED, entries)
        print(f"Composite diary in another order, {entries} entries")
        for name, method in BASELINES.items():
            _quality(name, other, method)
    _steadiness(diary)
    _steadiness_in_other_orders()
    _false_alarms(diary)
    _pepys()


def _seeds() -> list[KnownExamples]:
    table = tomllib.loads((Path(__file__).parent / "theming/seeds.toml").read_text("utf-8"))
    model = data.engine()
    return [
        KnownExamples(key=name, vectors=model.embed(examples)) for name, examples in table.items()
    ]


def _quality(name: str, days: Sequence[Day], method: Method) -> None:
    begun = time.process_time()
    assigned = method(days)
    seconds = time.process_time() - begun
    found = measures.quality(days, assigned)
    print(
        f"  {name:<20} AMI {found.ami:.2f}  entry F1 {found.entry_f1:.2f}  "
        f"best single {found.best_f1:.2f}  themes {found.themes} (shown {found.shown})  "
        f"unassigned {found.unassigned:.0%}  {seconds:.1f} CPU s"
    )


def _steadiness(days: Sequence[Day]) -> None:
    """One entry more; and nine tenths of the entries, against all of them."""
    print("Steadiness")
    for name, method in METHODS.items():
        whole = method(days)
        one_less = method(days[:-1])
        earlier = {place: theme for place, theme in whole.items() if place.entry < len(days) - 1}
        scores = _on_subsamples(days, whole, method)
        print(
            f"  {name:<20} kept when one entry is added {measures.kept(one_less, earlier):.1%}  "
            f"ARI on 90 % subsamples {sum(scores) / len(scores):.2f} "
            f"({min(scores):.2f} to {max(scores):.2f})"
        )


def _steadiness_in_other_orders() -> None:
    """One diary is one throw of the dice: the same on others, which nothing was tuned on."""
    orders = [data.reordered(seed, len(data.composite())) for seed in OTHER_ORDERS]
    print(f"Steadiness on {len(orders)} other orders")
    for name, method in METHODS.items():
        scores = [statistics.fmean(_on_subsamples(days, method(days), method)) for days in orders]
        print(
            f"  {name:<20} ARI on 90 % subsamples {statistics.fmean(scores):.2f} "
            f"({min(scores):.2f} to {max(scores):.2f})"
        )


def _on_subsamples(
    days: Sequence[Day], whole: dict[PassagePlace, int], method: Method
) -> list[float]:
    dice = random.Random(7)
    samples = [
        sorted(dice.sample(range(len(days)), len(days) * 9 // 10)) for _ in range(SUBSAMPLES)
    ]
    return [_agreement(days, sample, whole, method) for sample in samples]


def _agreement(
    days: Sequence[Day], sample: Sequence[int], whole: dict[PassagePlace, int], method: Method
) -> float:
    part = method([days[number] for number in sample])
    back = {
        PassagePlace(sample[place.entry], place.passage): theme for place, theme in part.items()
    }
    places = [
        PassagePlace(n, p) for n in sample for p in range(len(days[n].gold)) if days[n].gold[p]
    ]
    return measures.agreement(whole, back, places)


def _false_alarms(days: Sequence[Day]) -> None:
    """Dates dealt out at random: every trend that is claimed then is false."""
    has = _has(days, methods.ours(days))
    on = [day.entry.day for day in days]
    claimed = trends(on, has)
    dice = random.Random(8)
    false = runs = 0
    for _ in range(SHUFFLES):
        dice.shuffle(on)
        found = trends(on, has)
        false += len(found)
        runs += bool(found)
    print(
        f"Trends: {len(claimed)} of {len(has)} themes as planted; on {SHUFFLES} shuffles of the "
        f"dates {false / SHUFFLES / len(has):.2%} of themes and {runs / SHUFFLES:.1%} of runs "
        f"claim one; none under {LEAST_ENTRIES} entries"
    )


def _has(days: Sequence[Day], assigned: dict[PassagePlace, int]) -> dict[str, list[bool]]:
    within: dict[Hashable, set[int]] = {}
    for place, theme in assigned.items():
        within.setdefault(theme, set()).add(place.entry)
    return {str(t): [n in entries for n in range(len(days))] for t, entries in within.items()}


def _size(entries: int) -> None:
    """Only ours: nothing of another method may count as its memory."""
    days = data.reordered(REPORTED_SEED, entries)
    print(f"Composite diary in another order, {entries} entries")
    wall, cpu = time.perf_counter(), time.process_time()
    made = methods.clustered(days[:-1])
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    begun = time.perf_counter()
    made.add(days[-1].entry, days[-1].vectors)
    more = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kept = len(snapshot.dump(made, "bench")) / 1e6
    assigned = methods.by_place(made)
    _quality("ours", days, lambda _: assigned)
    print(
        f"  fold {wall:.1f} s ({cpu:.1f} CPU s), one entry more {more * 1000:.0f} ms, "
        f"peak so far {peak:.0f} MB, kept clusterer {kept:.1f} MB"
    )


PEPYS = {
    "plague": CuratedTheme(
        name="plague",
        examples=("The plague grows in the City.", "So many died of the sickness this week."),
        words=("plague", "pest-house", "bill of mortality", "bills of mortality"),
    ),
    "fire": CuratedTheme(
        name="fire",
        examples=("The City was burning and the flames were dreadful.", "Houses burned down."),
        words=("the fire", "great fire", "in flames"),
    ),
    "war": CuratedTheme(
        name="war",
        examples=("Our fleet fought the Dutch at sea.", "Ships were taken in the battle."),
        words=("Dutch fleet", "the Dutch", "De Ruyter", "Opdam"),
    ),
    "eyesight": CuratedTheme(
        name="eyesight",
        examples=("My eyes are very sore.", "I could not read for the pain in my eyes."),
        words=("my eyes", "my eye", "my sight", "my eyesight"),
    ),
    "quarrels at home": CuratedTheme(
        name="quarrels at home",
        examples=(
            "My wife and I had a quarrel.",
            "I was angry with my wife and we had high words.",
        ),
        words=("angry with my wife", "my wife and I fell out", "high words with my wife"),
    ),
}
MONTHS = {
    "plague": ("1665-06", "1665-12"),
    "fire": ("1666-09", "1666-12"),
    "war": ("1665-01", "1667-09"),
    "eyesight": ("1668-01", "1669-05"),
    "quarrels at home": ("1668-10", "1669-02"),
}


def _pepys() -> None:
    days = data.pepys()
    print(f"Pepys, {len(days)} entries")
    begun = time.perf_counter()
    members = methods.ours(days)
    themes = Counter(members.values())
    print(f"  {len(themes)} themes found without seeds, fold {time.perf_counter() - begun:.0f} s")
    model = data.engine()
    for only_cosine in (True, False):
        records = [
            CuratedTheme(name=r.name, examples=r.examples, words=() if only_cosine else r.words)
            for r in PEPYS.values()
        ]
        examples = {each.name: model.embed(each.examples) for each in records}
        claimant = Claimant(
            Curation(records=tuple(records)), examples, smoothing=Tuning().smoothing
        )
        print("  own themes by examples alone" if only_cosine else "  and by exact words")
        _months(days, claimant)


def _months(days: Sequence[Day], claimant: Claimant) -> None:
    count = Counter(f"{day.entry.day:%Y-%m}" for day in days)
    entries: dict[str, set[int]] = {name: set() for name in PEPYS}
    sure: Counter[str] = Counter()
    for number, day in enumerate(days):
        for place, claim in claimant.claims(number, day.entry, day.vectors).items():
            entries[claim.theme].add(place.entry)
            sure[claim.theme] += claim.nearness == CERTAIN
    for name, found in entries.items():
        first, last = MONTHS[name]
        inside = {m for m in count if first <= m <= last}
        hits = Counter(f"{days[number].entry.day:%Y-%m}" for number in found)
        within = sum(hits[m] for m in inside) / sum(count[m] for m in inside)
        outside = [m for m in count if m not in inside]
        without = sum(hits[m] for m in outside) / sum(count[m] for m in outside)
        top = ", ".join(f"{m} {n}" for m, n in hits.most_common(3))
        times = f"{within / without:.0f} times as often" if without else "only there"
        print(
            f"    {name:<17} {len(found):>4} entries ({sure[name]} sentences by word); "
            f"{first} to {last}: {within:.0%} of entries, {times}; most in {top}"
        )
