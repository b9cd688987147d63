"""Numbers that put a sentence into a known theme, or leave it: two themes, and small talk."""

import numpy as np
import pytest

from tests.support import diaries
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.themes.assignments import NO_THEME
from voicereflect.core.themes.clustering.clusterer import begin
from voicereflect.core.themes.clustering.clusters import KnownExamples
from voicereflect.core.themes.clustering.placing import Placing, clearest
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.names.phrases import Phrases
from voicereflect.core.words import kinds

KEYS = ("seed:own", "seed:left", "seed:right")
KINDS = ("left", "none", "right")


def layer(bound: float = 0.3) -> kinds.Layer:
    """`left`, `right` and small talk each along an axis of their own."""
    weights = np.zeros((WIDTH + kinds.BUCKETS + 1, 3), dtype=np.float32)
    weights[0, 0] = weights[1, 2] = weights[2, 1] = 1
    factors = np.zeros((6, WIDTH), dtype=np.float32)
    facts = {"bounds": dict.fromkeys(KINDS, bound)}
    return kinds.Layer(kinds=KINDS, weights=weights, factors=factors, facts=facts)


def meaning(**axes: float) -> np.ndarray:
    row = np.zeros((1, WIDTH), dtype=np.float32)
    row[0, :3] = [axes.get(name, 0) for name in ("left", "right", "none")]
    return row


@pytest.mark.parametrize(
    ("axes", "theme"),
    [
        ({"left": 0.8, "right": 0.1}, 1),
        ({"right": 0.8}, 2),
        ({"none": 0.9}, NO_THEME),
        ({"left": 0.5, "right": 0.45}, NO_THEME),
        ({"left": 0.2}, NO_THEME),
        ({"left": 0.5, "right": 0.3, "none": 0.2}, NO_THEME),
    ],
)
def test_a_sentence_has_the_theme_it_is_clearly_of_and_else_none(
    axes: dict[str, float], theme: int
) -> None:
    assert Placing(layer(), KEYS).themes(["so"], meaning(**axes)).tolist() == [theme]


def test_what_the_numbers_do_not_know_is_left_to_examples() -> None:
    assert Placing(layer(), KEYS).decided.tolist() == [False, True, True]
    placed = Placing(layer(), KEYS[:2]).themes(["so"], meaning(right=0.9))
    assert placed.tolist() == [NO_THEME]


def test_no_sentences_have_no_themes() -> None:
    none = np.zeros((0, WIDTH), dtype=np.float32)
    assert Placing(layer(), KEYS).themes([], none).shape == (0,)


def test_how_clear_a_kind_is_falls_with_its_rival_and_with_small_talk() -> None:
    rows = [[1, 0, 0], [1, 0.8, 0], [1, 0.8, 0.5], [1, 0.8, -0.5]]
    best, surely = clearest(np.array(rows, dtype=np.float32), 2)
    assert best.tolist() == [0] * 4
    assert surely.tolist() == pytest.approx([1, 0.6, 0.4, 0.6])


def test_the_numbers_decide_and_neither_examples_nor_words() -> None:
    seeds = [
        KnownExamples(key=key, vectors=meaning(**{name: 1}), phrases=Phrases((word,)))
        for key, name, word in (
            ("seed:own", "none", "kettle"), ("seed:left", "left", "west"),
            ("seed:right", "right", "east"),
        )
    ]  # fmt: skip
    entry, _ = diaries.entry("a", diaries.START, [(0, "wind from the west")])
    by_words = begin(seeds, Tuning(), width=WIDTH)
    by_words.add(entry, meaning())
    assert [each.theme for each in by_words.made] == [1]
    by_numbers = begin(seeds, Tuning(), width=WIDTH, placing=Placing(layer(), KEYS))
    by_numbers.add(entry, meaning())
    assert by_numbers.made == []
    by_numbers.add(entry, meaning(right=0.9))
    assert [each.theme for each in by_numbers.made] == [2]
