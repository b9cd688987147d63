"""What is laid beside what: verbatim, in order, and nothing that may be turned round."""

import math
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.halves import halves
from tests.support.saybacks import FILE, counted, rows
from tests.support.shipped import ROOT
from voicereflect.core.words.comparing.sayback import (
    FAR,
    HEADINGS,
    NEAR,
    Match,
    Pair,
    Sayback,
    cosine,
    laid_side_by_side,
    match,
    may_be_turned,
)

LOOKED_AT, HELD_OUT = halves(FILE)
PAGE = (ROOT / "docs/safety.md").read_text("utf-8")
SENTENCES = st.lists(st.sampled_from([p.split(" / ")[0] for _, p in LOOKED_AT]), max_size=6)
ANGLES = st.lists(st.floats(0, 2 * math.pi), min_size=6, max_size=6)


def at(angle: float) -> list[float]:
    return [math.cos(angle), math.sin(angle)]


def test_there_are_a_hundred_and_twenty_pairs_and_forty_are_turned_round() -> None:
    pairs = [*LOOKED_AT, *HELD_OUT]
    assert len({pair for _, pair in pairs}) == 120
    assert sum(kind in ("negated", "swapped") for kind, _ in pairs) == 40


@given(SENTENCES, SENTENCES, ANGLES, ANGLES)
def test_every_sentence_stands_once_verbatim_and_in_order_or_nowhere(
    said: list[str], back: list[str], one: list[float], other: list[float]
) -> None:
    vectors = [at(each) for each in one[: len(said)]], [at(each) for each in other[: len(back)]]
    found = laid_side_by_side(said, vectors[0], back, vectors[1])
    rest = iter(said)
    assert all(pair.said in rest for pair in found.said_back)
    rest = iter(said)
    assert all(text in rest for text in found.also_said)
    assert len(found.said_back) + len(found.also_said) <= len(said)
    assert {pair.back for pair in found.said_back} <= set(back)
    if not back:
        assert found.said_back == ()


def test_between_near_and_far_a_sentence_stands_nowhere() -> None:
    said, back = "I waited for your call.", "You hoped I would ring."
    for near, expected in (
        (NEAR, Match.SAID_BACK),
        ((NEAR + FAR) / 2, Match.UNSURE),
        (FAR, Match.ALSO_SAID),
    ):
        assert match(said, back, near) is expected


def test_what_grammar_shows_to_be_turned_round_stands_nowhere_however_near() -> None:
    for said, back in (
        ("I waited for you.", "I waited for you."),
        ("I was glad that day.", "You were not glad that day."),
        ("Father left mother.", "Mother left father."),
    ):
        assert may_be_turned(said, back)
        vector = [[1.0, 0.0]]
        assert laid_side_by_side([said], vector, [back], vector) == Sayback()
    assert not may_be_turned("I waited for you.", "What I heard is that you waited for me.")


def test_pairs_are_quoted_and_the_rest_was_also_said() -> None:
    found = laid_side_by_side(
        ["I waited for your call.", "The garden is mine.", "Yes."],
        [at(0), at(math.pi / 2), at(0)],
        ["You hoped I would ring."],
        [at(0.1)],
    )
    pair = Pair(said="I waited for your call.", back="You hoped I would ring.")
    assert found == Sayback(said_back=(pair,), also_said=("The garden is mine.",))
    assert HEADINGS == ("said back", "also said")


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=3))
def test_the_cosine_of_a_vector_with_itself_is_its_square(vector: list[float]) -> None:
    assert cosine(vector, vector) == pytest.approx(sum(each * each for each in vector))


def test_nothing_shown_speaks_of_hearing_or_of_missing() -> None:
    source = (ROOT / "src/voicereflect/core/words/comparing/sayback.py").read_text("utf-8")
    assert re.search(r"\b(?:heard|missed)\b", " ".join(HEADINGS)) is None
    assert "missed" not in source


@pytest.mark.slow
def test_the_page_publishes_what_was_reached(models_dir: Path) -> None:
    folder = models_dir / "minilm"
    if not (folder / "model.onnx").exists():
        reason = f"the embedding model is not in {models_dir}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from voicereflect.adapters.meaning.engine import EmbeddingEngine

    engine = EmbeddingEngine(folder)
    held_out = counted(HELD_OUT, engine)
    for row in (
        *rows("say-back, tuned on", counted(LOOKED_AT, engine)),
        *rows("say-back, held out", held_out),
    ):
        assert row in PAGE
    assert held_out["other"][Match.SAID_BACK] == 0
    assert held_out["faithful"][Match.ALSO_SAID] == 0
