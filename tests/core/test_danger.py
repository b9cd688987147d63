"""Claims about the numbers of the calm line: where they come from, and that damage is noticed."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from bench.attending import gradients
from bench.noticing import data
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.shipped import ROOT
from voicereflect.core.safety import calm, danger
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words import attention
from voicereflect.core.words.attention import Attention, Pooling, States
from voicereflect.errors import SettingsError

CONTENT = (ROOT / "src/voicereflect/calm.weights").read_bytes()
SAID = data.utterances()


def test_the_shipped_numbers_were_fitted_to_the_sentences_that_are_here() -> None:
    assert attention.parse(CONTENT).facts["data"] == data.digest()


def test_numbers_that_are_written_are_read_back() -> None:
    numbers = attention.parse(CONTENT)
    assert numbers.dump() == CONTENT
    assert len(CONTENT) < 500_000


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", CONTENT[:-1], CONTENT.replace(b'": 3,', b'": 2,', 1)]
)
def test_damaged_numbers_are_refused(content: bytes) -> None:
    with pytest.raises(SettingsError, match="Numbers that come with the program"):
        attention.parse(content)


def test_patterns_that_cannot_be_read_are_refused() -> None:
    for text in ("", "format = 2", "format = 1\nwhole = ['(']"):
        with pytest.raises(SettingsError, match="calm line"):
            calm.parse(text)


def test_a_head_takes_from_the_words_it_looks_at() -> None:
    queries, values = np.zeros((WIDTH, 1), "f4"), np.zeros((WIDTH + 1, 1), "f4")
    queries[0], values[1], values[-1] = 100, 3, 1
    outputs = np.array([[2, -1], [0, 5]], dtype=np.float32)
    numbers = Attention(
        kinds=("one", "other"), layers=(Pooling(queries, values, outputs),), facts={}
    )
    words = np.zeros((1, 5, WIDTH), dtype=np.float16)
    words[0, 1, :2] = 1, 2  # the first sentence: looked at here alone
    words[0, 2, 1] = 9
    words[0, 3:, 1] = 1, -3  # the second: at both of its words alike
    (logits,) = numbers.logits(States(words, np.array([0, 3])))
    assert logits.tolist() == [[14, -2], [0, 5]]


def test_what_the_patterns_find_as_well_needs_less() -> None:
    numbers = attention.parse(CONTENT)
    between = np.full(2, (numbers.facts["sure"] + numbers.facts["doubtful"]) / 2, dtype="f4")
    said = ["i want to die.", "we had tea."]
    assert danger.decided(numbers, said, between).tolist() == [True, False]


def test_a_long_sentence_needs_more() -> None:
    numbers = attention.parse(CONTENT)
    said = ["i want to die.", "i want to die" + " and then" * 15]
    states = States(np.ones((len(numbers.layers), 4, WIDTH), "f2"), np.array([0, 2]))
    short, long = danger.scores_of(numbers, said, states)
    words = len(said[1].split()) - danger.LONG_WORDS
    assert short - long == pytest.approx(words * danger.LONG_WEIGHT)


@given(dice=st.integers(0, 2**32 - 1))
def test_every_gradient_is_what_a_small_move_tells(dice: int) -> None:
    """The numbers are fitted by the gradients that are worked out, so they must be right."""
    drawn: Any = np.random.default_rng(dice)  # in double precision
    pooling = Pooling(*(drawn.normal(size=size) for size in ((4, 3), (5, 3), (4, 2))))
    words, starts, lengths = drawn.normal(size=(6, 4)), np.array([0, 2]), np.array([2, 4])
    wanted: Any = np.eye(2)
    share: Any = np.array([1.0, 0.5])
    pooled = attention.attend(pooling, words, starts, lengths)[2]
    assume(np.abs(pooled).min() > 1e-3)  # it bends at nothing

    def error() -> float:
        likely = pooling.logits(words, starts, lengths)
        likely = likely - np.log(np.exp(likely).sum(axis=1, keepdims=True))
        return float(-((likely * wanted).sum(axis=1) * share).sum() / share.sum())

    found = gradients(pooling, (words, starts, lengths), wanted, share)
    for numbers, gradient in zip(pooling.arrays, found, strict=True):
        at = tuple(drawn.integers(size) for size in numbers.shape)
        before = error()
        numbers[at] += 1e-6
        assert (error() - before) / 1e-6 == pytest.approx(gradient[at], abs=1e-3)
        numbers[at] -= 1e-6


def test_there_are_many_voices_and_every_kind_is_in_each_part() -> None:
    parts = {part: {s.kind for s in SAID if s.part == part} for part in ("learn", "report")}
    assert parts["learn"] >= parts["report"] >= {*data.DANGERS, *(f"{d}?" for d in data.DANGERS)}
    assert len([s for s in SAID if s.kind not in ("heavy", "small")]) >= 5_000
    assert len([s for s in SAID if s.kind == "heavy"]) >= 800
    assert len({s.voice for s in SAID}) >= 30
    assert max(Counter(s.text for s in SAID).values()) == 1


def test_a_voice_is_in_one_part_and_parts_share_no_run_of_words() -> None:
    every = [*SAID, *data.blind()]
    assert len({(s.voice, s.part) for s in every}) == len({s.voice for s in every})
    assert [s.part for s in data.blind()] == ["blind"] * 300 + ["second"] * 210
    counted = data.runs(s.text for s in every if s.part in data.UNSEEN)
    assert not counted & data.runs(s.text for s in data.fitted_to())
