"""Claims about which passage comes first."""

import random

from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.search.filters import ORDINAL_BITS, WIDTH
from voicereflect.core.search.float16 import to_half
from voicereflect.core.search.neighbours import VectorTable
from voicereflect.core.search.ranking import Evidence, ranked

SCORES = st.dictionaries(
    st.integers(0, 30), st.sampled_from([0.1, 0.5, 0.5001, 1.0, 2.0, 7.5]), max_size=20
)
COUNTS = st.dictionaries(st.integers(0, 30), st.integers(1, 3), max_size=8)


def shuffled(found: dict[int, float], seed: int) -> dict[int, float]:
    items = list(found.items())
    random.Random(seed).shuffle(items)
    return dict(items)


@given(SCORES, SCORES, COUNTS, st.integers())
def test_the_order_of_the_inputs_changes_nothing(
    words: dict[int, float], meaning: dict[int, float], exact: dict[int, int], seed: int
) -> None:
    as_given = ranked(Evidence(words=words, meaning=meaning, exact=exact))
    turned = Evidence(words=shuffled(words, seed), meaning=shuffled(meaning, seed + 1), exact=exact)
    assert ranked(turned) == as_given


@given(SCORES, SCORES)
def test_what_both_lists_hold_is_not_below_the_same_in_one(
    words: dict[int, float], meaning: dict[int, float]
) -> None:
    both = words.keys() & meaning.keys()
    order = [key for key, _ in ranked(Evidence(words=words, meaning=meaning))]
    for key in both:
        for single in ({k: v for k, v in words.items() if k != key}, words):
            rest = {k: v for k, v in meaning.items() if k != key} if single is words else meaning
            less = [k for k, _ in ranked(Evidence(words=single, meaning=rest))]
            assert order.index(key) <= less.index(key)


@given(SCORES, SCORES, COUNTS)
def test_names_and_rare_words_lead(
    words: dict[int, float], meaning: dict[int, float], exact: dict[int, int]
) -> None:
    order = [key for key, _ in ranked(Evidence(words=words, meaning=meaning, exact=exact))]
    counts = [exact.get(key, 0) for key in order]
    assert counts == sorted(counts, reverse=True)
    assert set(order) == words.keys() | meaning.keys() | exact.keys()


def one_hot(*places: int) -> bytes:
    return to_half([[float(at == place) for at in range(WIDTH)] for place in places])


def test_the_nearest_passages_are_found_by_their_entry_and_place() -> None:
    meanings = VectorTable([(7, one_hot(1, 2)), (9, one_hot(3))])
    near = meanings.nearest(one_hot(2), 1)
    assert near == {(7 << ORDINAL_BITS) + 1: 1.0}
    assert len(meanings) == 3


@given(st.permutations([(7, one_hot(1, 2)), (9, one_hot(3)), (4, one_hot(2))]))
def test_equally_near_ones_are_all_taken(blobs: list[tuple[int, bytes]]) -> None:
    near = VectorTable(blobs).nearest(one_hot(2), 1)
    assert near.keys() == {(7 << ORDINAL_BITS) + 1, 4 << ORDINAL_BITS}


def test_only_allowed_passages_are_near() -> None:
    meanings = VectorTable([(7, one_hot(1, 2)), (9, one_hot(3))])
    assert meanings.nearest(one_hot(2), 3, among={9 << ORDINAL_BITS}).keys() == {9 << ORDINAL_BITS}
    assert meanings.nearest(one_hot(2), 3, among=set()) == {}


def test_an_empty_vault_has_no_meaning() -> None:
    assert VectorTable([]).nearest(one_hot(1), 5) == {}
