"""The fold of entries into themes: what never moves, and what gives equal bytes."""

import hashlib
import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import diaries
from tests.support.diaries import Diary, cluster_input, clustered, diary, folded, members
from voicereflect.core.themes.clustering.clusterer import begin
from voicereflect.core.themes.clustering.clusters import Centroid, KnownExamples
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.clustering.vectors import smoothed
from voicereflect.core.themes.names.phrases import Phrases
from voicereflect.core.themes.passages import PassagePlace
from voicereflect.core.themes.snapshot import bring_up_to_date, dump, load

SEEDS = st.integers(min_value=0, max_value=10_000)
TUNING = Tuning()


def arrived(made: Diary, order: list[int]) -> bytes:
    """Entries come one by one in any order; after each the clusterer is kept and loaded again."""
    kept = b""
    there: Diary = []
    for number in order:
        there.append(made[number])
        known = load(kept, "test", TUNING)
        *_, clusterer = bring_up_to_date(known, cluster_input(there), TUNING, width=diaries.WIDTH)
        kept = dump(clusterer, "test")
    return kept


def test_themes_are_found_and_about_one_topic_each() -> None:
    found = alike = 0
    for seed in range(1, 9):
        made = diary(seed, 60, noise=0.3)
        topics: dict[int, Counter[str]] = defaultdict(Counter)
        for place, (theme, _) in members(clustered(made)).items():
            topics[theme][made[place.entry][0].passages[place.passage].text.split()[0]] += 1
        assert len(topics) >= 3
        found += sum(counts.total() for counts in topics.values())
        alike += sum(counts.most_common(1)[0][1] for counts in topics.values())
    assert found >= 8 * 250
    assert alike >= 0.93 * found


@settings(max_examples=8, deadline=None)
@given(SEEDS, SEEDS)
def test_entries_in_any_order_give_the_bytes_of_one_fold(seed: int, shuffle: int) -> None:
    made = diary(seed, 24)
    order = list(range(len(made)))
    random.Random(shuffle).shuffle(order)
    assert arrived(made, order) == folded(made)


@settings(max_examples=8, deadline=None)
@given(SEEDS, st.integers(min_value=0, max_value=23))
def test_a_changed_entry_gives_the_bytes_of_a_fold_from_nothing(seed: int, place: int) -> None:
    made = diary(seed, 24)
    known = load(folded(made), "test", TUNING)
    said = [(3, f"quite another thing {number}") for number in range(4)]
    made[place] = diaries.entry(made[place][0].id, made[place][0].day, said)
    *_, clusterer = bring_up_to_date(known, cluster_input(made), TUNING, width=diaries.WIDTH)
    assert dump(clusterer, "test") == folded(made)


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_a_removed_entry_leaves_no_trace(seed: int) -> None:
    made = diary(seed, 24)
    known = load(folded(made), "test", TUNING)
    del made[7]
    *_, clusterer = bring_up_to_date(known, cluster_input(made), TUNING, width=diaries.WIDTH)
    assert dump(clusterer, "test") == folded(made)


@pytest.mark.slow
def test_the_bytes_are_those_of_any_other_process() -> None:
    root = Path(__file__).parents[3]
    code = (
        "import hashlib; from tests.support.diaries import *;"
        "print(hashlib.sha256(folded(diary(3, 40))).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{root / 'src'}:{root}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1", "12345")
    }
    assert told == {hashlib.sha256(folded(diary(3, 40))).hexdigest()}


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_a_later_entry_moves_no_sentence(seed: int) -> None:
    made = diary(seed, 31)
    steps = [members(clustered(made[:count])) for count in range(25, 32)]
    for before, after in pairwise(steps):
        assert {place: after[place] for place in before} == before


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_other_ids_in_the_same_order_give_the_same_themes(seed: int) -> None:
    made = diary(seed, 30)
    other = [(replace(each, id=f"x{each.id}"), rows) for each, rows in made]
    one, two = clustered(made), clustered(other)
    assert members(one) == members(two)
    assert [f"x{key}" for key in one.keys] == two.keys


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_a_sentence_has_at_most_one_theme(seed: int) -> None:
    clusterer = clustered(diary(seed, 40))
    waiting = {each.place for each in clusterer.unassigned}
    assigned = [PassagePlace(*row[:2]) for row in clusterer.assigned().tolist()]
    assert len(assigned) == len(set(assigned))
    assert not waiting & set(assigned)


def test_the_same_entry_over_and_over_is_no_theme() -> None:
    said = [(0, "the garden gate creaks"), (0, "tomato plants everywhere"), (0, "beans climb high")]
    made = [
        diaries.entry(f"{number:06}", diaries.START + timedelta(days=number), said)
        for number in range(40)
    ]
    assert clustered(made).keys == []


def test_a_seed_keeps_to_its_own_examples() -> None:
    made = diary(2, 60)
    anchors = np.stack([diaries.direction("topic 0"), diaries.direction("topic 0 again")])
    clusterer = begin([KnownExamples(key="seed:x", vectors=anchors)], TUNING, width=diaries.WIDTH)
    for each, rows in made:
        clusterer.add(each, rows)
    places = [place for place, (theme, _) in members(clusterer).items() if theme == 0]
    assert len(places) > 10
    for place in places:
        each, rows = made[place.entry]
        own = smoothed(each.passages, rows, TUNING.known_smoothing)
        assert float((anchors @ own[place.passage]).max()) >= TUNING.tether


def test_a_seed_takes_its_words_where_nothing_else_is_near() -> None:
    anchors = diaries.direction("another topic altogether")[None].repeat(3, axis=0)
    seeds = [
        KnownExamples(key="seed:people", vectors=anchors, phrases=Phrases(["aunt", "uncle"])),
        KnownExamples(key="seed:matters", vectors=anchors, phrases=Phrases(["letter"])),
    ]
    said = [(0, "my uncles came by"), (0, "a letter from my aunt"), (0, "uncleared snow")]
    alone = diaries.entry("000001", diaries.START, said)
    clusterer = begin(seeds, TUNING, width=diaries.WIDTH)
    clusterer.add(*alone)
    near = round(TUNING.known * 1000)
    assert clusterer.assigned().tolist() == [[0, 0, 0, near], [0, 1, 1, near]], (
        "no nearer than examples are"
    )
    again = load(dump(clusterer, "test"), "test", TUNING, [each.phrases for each in seeds])
    assert again
    again.add(*alone)
    assert again.assigned().tolist()[2:] == [[1, 0, 0, near], [1, 1, 1, near]]


def test_a_theme_follows_how_one_speaks_of_it_now() -> None:
    centroid = Centroid(np.zeros(2, dtype=np.float32))
    early, late = np.eye(2, dtype=np.float32)
    for vector in [early] * TUNING.remembers * 10 + [late] * TUNING.remembers:
        centroid.add(vector, remembers=TUNING.remembers)
    assert centroid.count == TUNING.remembers
    assert centroid.total.sum() == pytest.approx(TUNING.remembers, rel=1e-3)
    assert centroid.total[1] == pytest.approx(0.63 * TUNING.remembers, rel=0.02)


def test_a_single_day_is_no_theme() -> None:
    made = [
        diaries.entry(f"{n:06}", diaries.START, [(0, f"tomato number {n} {p}") for p in range(4)])
        for n in range(30)
    ]
    assert clustered(made).keys == []


def test_an_empty_vault_has_an_empty_clusterer() -> None:
    clusterer = begin((), TUNING, width=diaries.WIDTH)
    assert members(clusterer) == {}
    assert load(dump(clusterer, "test"), "test", TUNING) is not None


def test_a_register_on_another_basis_or_damaged_is_none() -> None:
    data = folded(diary(1, 20))
    assert load(data, "another model", TUNING) is None
    assert load(data[:-4], "test", TUNING) is None
    assert load(b"", "test", TUNING) is None


def test_the_register_holds_no_word_of_an_entry() -> None:
    data = folded(diary(1, 40))
    assert [word for word in diaries.WORDS if word.encode() in data] == []
