"""Words spelt like one that nobody said; knows no index."""

import difflib
from collections.abc import Sequence
from typing import Final

from voicereflect.core.words.folding import folded

GIVE: Final = 2
"""So many letters may be missing, or too many."""
_ALIKE: Final = 0.75
_SHORTEST: Final = 4
"""Shorter words resemble too many others."""
_SUGGESTED: Final = 2


def nearest(word: str, said: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Give the words most like it, of those that were said so many times; of equals the commoner.

    Numbers are never suggested.
    """
    low = folded(word)
    if len(low) < _SHORTEST:
        return ()
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(low)
    found = []
    for each, count in said:
        matcher.set_seq1(each)
        if not each.isalpha() or matcher.quick_ratio() < _ALIKE:
            continue
        if (alike := matcher.ratio()) >= _ALIKE:
            found.append((-alike, -count, each))
    return tuple(each for _, _, each in sorted(found)[:_SUGGESTED])
