"""Claims about what tells kinds of sentences: meanings, words, and the directions they bend in."""

import numpy as np
import pytest

from tests.support.shipped import ROOT
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.words import kinds
from voicereflect.errors import SettingsError

CONTENT = (ROOT / "src/voicereflect/themes.weights").read_bytes()


def test_numbers_that_are_written_are_read_back() -> None:
    assert kinds.parse(CONTENT).dump() == CONTENT


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", CONTENT[:-1], CONTENT.replace(b'": 2,', b'": 3,', 1)]
)
def test_damaged_numbers_are_refused(content: bytes) -> None:
    with pytest.raises(SettingsError, match="Numbers that come with the program"):
        kinds.parse(content)


def test_rows_hold_meaning_and_words() -> None:
    vectors = np.full((2, WIDTH), 0.5, dtype=np.float32)
    rows = kinds.features(["i miss her.", ""], vectors)
    assert rows.shape == (2, WIDTH + kinds.BUCKETS)
    assert (rows[:, :WIDTH] == vectors).all()
    norms = np.linalg.norm(rows[:, WIDTH:], axis=1)
    assert norms == pytest.approx([kinds.WORD_WEIGHT] * 2)


def test_a_sentence_is_the_same_however_it_is_written() -> None:
    said = ["I'm going to die", "i am going to die", "i don't", "I do not"]
    rows = kinds.features(said, np.zeros((4, WIDTH), dtype=np.float32))
    assert (rows[0] == rows[1]).all()
    assert (rows[2] == rows[3]).all()
    assert (rows[0] != rows[2]).any()


def test_directions_of_a_meaning_add_to_a_kind_or_take_away() -> None:
    factors = np.zeros((2 * 2 * kinds.RANK, WIDTH), dtype=np.float32)
    factors[0, 0] = 2  # for the first kind
    factors[3 * kinds.RANK, 1] = 3  # against the second
    weights = np.zeros((WIDTH + 1, 2), dtype=np.float32)
    weights[-1] = 1, 2
    layer = kinds.Layer(kinds=("one", "other"), weights=weights, factors=factors, facts={})
    rows = np.eye(3, WIDTH, dtype=np.float32)
    assert layer.scores(rows).tolist() == [[5, 2], [1, -7], [1, 2]]
