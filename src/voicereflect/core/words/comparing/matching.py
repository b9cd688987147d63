"""Which words of two texts are the same ones, in order; fast for long texts with a few edits.

Three words in a row that occur once in each text are anchors; only what lies
between two anchors is compared word by word.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

Pair = tuple[int, int]
Opcode = tuple[str, int, int, int, int]
"""As `difflib` names them: equal, replace, delete or insert; then both stretches."""
_RUN = 3


def opcodes(left: Sequence[str], right: Sequence[str]) -> Iterator[Opcode]:
    """Tell how to turn `left` into `right`; the stretches cover both without gaps."""
    i = j = 0
    for begin_i, begin_j, length in (*_blocks(_pairs(left, right)), (len(left), len(right), 0)):
        if begin_i > i or begin_j > j:
            yield _change(i, begin_i, j, begin_j)
        i, j = begin_i + length, begin_j + length
        if length:
            yield "equal", begin_i, i, begin_j, j


def _change(i1: int, i2: int, j1: int, j2: int) -> Opcode:
    tag = "insert" if i1 == i2 else "delete" if j1 == j2 else "replace"
    return tag, i1, i2, j1, j2


def _blocks(pairs: Iterator[Pair]) -> Iterator[tuple[int, int, int]]:
    """Join pairs that follow each other."""
    begin_i = begin_j = length = 0
    for i, j in pairs:
        if length and (i, j) == (begin_i + length, begin_j + length):
            length += 1
            continue
        if length:
            yield begin_i, begin_j, length
        begin_i, begin_j, length = i, j, 1
    if length:
        yield begin_i, begin_j, length


def _pairs(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    anchors = [(-1, -1), *_anchored(left, right), (len(left), len(right))]
    for (i, j), (next_i, next_j) in pairwise(anchors):
        if i >= 0:
            yield i, j
        a, b = left[i + 1 : next_i], right[j + 1 : next_j]
        if not a or not b:
            continue
        for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            for n in range(block.size):
                yield i + 1 + block.a + n, j + 1 + block.b + n


def _anchored(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """Give the pairs of words in runs that occur once in each text, in order."""
    ours, theirs = _once(left), _once(right)
    shared = [(i, theirs[run]) for run, i in ours.items() if run in theirs]
    last_i = last_j = -1
    for i, j in _increasing(sorted(shared)):
        for n in range(_RUN):
            if i + n > last_i and j + n > last_j:
                last_i, last_j = i + n, j + n
                yield last_i, last_j


def _once(words: Sequence[str]) -> dict[Hashable, int]:
    """Give the runs of words that occur once in a text, and where."""
    found: dict[Hashable, int] = {}
    several = set()
    for at in range(len(words) - _RUN + 1):
        run = tuple(words[at : at + _RUN])
        if run in found:
            several.add(run)
        found[run] = at
    return {run: at for run, at in found.items() if run not in several}


def _increasing(pairs: Sequence[Pair]) -> list[Pair]:
    """Give the longest subsequence of pairs whose second numbers grow too."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        before.append(tops[place - 1] if place else -1)
        if place == len(ends):
            ends.append(j)
            tops.append(at)
        else:
            ends[place], tops[place] = j, at
    chain: list[Pair] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
