"""Claims about the numbers of the calm line: where they come from, and that damage is noticed."""

from collections import Counter

import numpy as np
import pytest
from bench.noticing import data

from tests.support.shipped import ROOT
from voicereflect.core.safety import calm, danger
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words import kinds
from voicereflect.errors import SettingsError

CONTENT = (ROOT / "src/voicereflect/calm.weights").read_bytes()
SAID = data.utterances()


def test_the_shipped_numbers_were_fitted_to_the_sentences_that_are_here() -> None:
    assert kinds.parse(CONTENT).facts["data"] == data.digest()


def test_numbers_that_are_written_are_read_back() -> None:
    layer = kinds.parse(CONTENT)
    assert layer.dump() == CONTENT
    assert len(CONTENT) < 400_000


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", CONTENT[:-1], CONTENT.replace(b'": 2,', b'": 3,')]
)
def test_damaged_numbers_are_refused(content: bytes) -> None:
    with pytest.raises(SettingsError, match="Numbers that come with the program"):
        kinds.parse(content)


def test_patterns_that_cannot_be_read_are_refused() -> None:
    for text in ("", "format = 2", "format = 1\nwhole = ['(']"):
        with pytest.raises(SettingsError, match="calm line"):
            calm.parse(text)


def test_a_sentence_has_as_many_signs_as_the_numbers_expect() -> None:
    assert len(calm.patterns().signs("we had tea.")) == danger.SIGNS


def test_rows_hold_meaning_words_and_signs() -> None:
    vectors = np.full((2, WIDTH), 0.5, dtype=np.float32)
    rows = danger.features(["i want to die.", ""], vectors)
    assert rows.shape == (2, WIDTH + kinds.WORDS + danger.SIGNS)
    words = rows[:, WIDTH : WIDTH + kinds.WORDS]
    assert np.linalg.norm(words, axis=1) == pytest.approx([kinds.WORD_WEIGHT] * 2)
    assert rows[0, WIDTH + kinds.WORDS] == pytest.approx(danger.SIGN_WEIGHT)


def test_a_sentence_is_the_same_however_it_is_said_and_written() -> None:
    said = ["i'm gonna die", "I am going to die", "i don't", "I do not"]
    rows = danger.features(said, np.zeros((4, WIDTH), dtype=np.float32))[:, : WIDTH + kinds.WORDS]
    assert (rows[0] == rows[1]).all()
    assert (rows[2] == rows[3]).all()
    assert (rows[0] != rows[2]).any()


def test_directions_of_a_meaning_add_to_a_kind_or_take_away() -> None:
    bends = np.zeros((2 * 2 * kinds.HALF, WIDTH), dtype=np.float32)
    bends[0, 0] = 2  # for the first kind
    bends[3 * kinds.HALF, 1] = 3  # against the second
    weights = np.zeros((WIDTH + 1, 2), dtype=np.float32)
    weights[-1] = 1, 2
    layer = kinds.Layer(kinds=("one", "other"), weights=weights, bends=bends, facts={})
    rows = np.eye(3, WIDTH, dtype=np.float32)
    assert layer.likely(rows).tolist() == [[5, 2], [1, -7], [1, 2]]


def test_what_the_patterns_find_as_well_needs_less() -> None:
    layer = kinds.parse(CONTENT)
    rows = danger.features(["i want to die.", "we had tea."], np.zeros((2, WIDTH), "f4"))
    between = np.full(2, (layer.facts["sure"] + layer.facts["doubtful"]) / 2, dtype=np.float32)
    assert danger.decided(layer, rows, between).tolist() == [True, False]


def test_a_long_sentence_needs_more() -> None:
    layer = kinds.parse(CONTENT)
    said = ["i want to die.", "i want to die" + " and then" * 15]
    rows = danger.features([said[0]] * 2, np.zeros((2, WIDTH), "f4"))
    short, long = danger.leaning(layer, said, rows)
    words = len(said[1].split()) - danger.LONG_WORDS
    assert short - long == pytest.approx(words * danger.LONG_WEIGHT)


def test_there_are_many_voices_and_every_kind_is_in_each_part() -> None:
    parts = {part: {s.kind for s in SAID if s.part == part} for part in ("learn", "report")}
    assert parts["learn"] >= parts["report"] >= {*data.DANGERS, *(f"{d}?" for d in data.DANGERS)}
    assert len([s for s in SAID if s.kind not in ("heavy", "small")]) >= 5_000
    assert len([s for s in SAID if s.kind == "heavy"]) >= 800
    assert len({s.voice for s in SAID}) >= 30
    assert max(Counter(s.text for s in SAID).values()) == 1


def test_a_voice_is_in_one_part_and_parts_share_no_run_of_words() -> None:
    assert len({(s.voice, s.part) for s in SAID}) == len({s.voice for s in SAID})
    assert {s.part for s in data.blind()} == {"blind"}
    counted = data.runs(s.text for s in (*SAID, *data.blind()) if s.part in data.UNSEEN)
    assert not counted & data.runs(s.text for s in data.fitted_to())
