"""Claims about the comparison that alignment and differences stand on."""

import random

from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.words.comparing.matching import opcodes

words = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(words, words)
def test_stretches_cover_both_sides_in_order_and_equal_ones_are_equal(
    left: list[str], right: list[str]
) -> None:
    i = j = 0
    for tag, i1, i2, j1, j2 in opcodes(left, right):
        assert (i1, j1) == (i, j)
        assert (i2, j2) != (i1, j1)
        assert (tag == "equal") == (left[i1:i2] == right[j1:j2])
        assert (tag == "insert") == (i1 == i2)
        assert (tag == "delete") == (j1 == j2)
        i, j = i2, j2
    assert (i, j) == (len(left), len(right))


def test_a_few_edits_in_an_hour_of_words_leave_every_other_word_matched() -> None:
    rng = random.Random(5)
    vocabulary = [f"w{n}" for n in range(3000)]
    left = rng.choices(vocabulary, [1 / (n + 1) for n in range(3000)], k=9000)
    right = list(left)
    for at in rng.sample(range(9000), 50):
        right[at] = "mended"
    found = list(opcodes(left, right))
    assert sum(i2 - i1 for tag, i1, i2, _, _ in found if tag == "equal") >= 8950
