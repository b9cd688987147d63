"""Claims about the word that is looked for first: no pattern of danger fits where it is missing.

Python's own reading of a pattern is walked, and every way in which it can fit is written down,
what may be anything as one letter that no pattern knows.
"""

import re
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from importlib import import_module
from typing import Any, Final

import pytest

from tests.support.halves import whole
from voicereflect.core.safety.calm import patterns, sentences

_PARSED: Final[Callable[[str], Iterable[tuple[Any, Any]]]] = import_module("re._parser").parse
ANYTHING: Final = "ж"
EDGE: Final = "\0"
"""Where a word begins or ends, whatever stands beside it."""
MOST: Final = 64
"""Of more ways only the last word is looked at, or nothing: that proves less, never too much."""
_LAST_WORD: Final = re.compile(r"^.+(?=\W)", re.DOTALL)
FOUND: Final = patterns()


def lacks(text: str) -> bool:
    """Tell whether the needed word is missing, whatever letters stand around the text."""
    return not FOUND.needed.search(f"{ANYTHING}{text}{ANYTHING}")


def ways(parsed: Iterable[tuple[Any, Any]], before: Set[str] = frozenset({""})) -> Set[str]:
    """Every way in which a pattern can fit, after what came before, and the word be missing."""
    for op, given in parsed:
        before = {each for each in _after(str(op), given, before) if lacks(each)}
        if len(before) > MOST:
            before = {_LAST_WORD.sub(ANYTHING, each) for each in before}
        if len(before) > MOST:
            before = {"", ANYTHING}
    return before


def _after(op: str, given: Any, before: Set[str]) -> Set[str]:
    if op == "SUBPATTERN":
        return ways(given[3], before)
    if op == "BRANCH":
        return frozenset().union(*(ways(each, before) for each in given[1]))
    if op in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, most, repeated = given
        once = ways(repeated, before) if most == 1 else _with(ANYTHING, before)
        return once if least else once | before
    if op in {"ASSERT", "ASSERT_NOT"}:
        return before
    return _with(chr(given) if op == "LITERAL" else EDGE if op == "AT" else ANYTHING, before)


def _with(more: str, before: Set[str]) -> Set[str]:
    return {each + more for each in before}


def test_the_needed_word_is_told_letter_by_letter() -> None:
    assert not re.search(r"\\[a-zA-Z](?<!\\b)|[.*+^\[]", FOUND.needed.pattern)


@pytest.mark.parametrize("pattern", [*FOUND.whole, *FOUND.refusable], ids=lambda each: each.pattern)
def test_no_pattern_of_danger_fits_without_the_needed_word(pattern: re.Pattern[str]) -> None:
    assert ways(_PARSED(pattern.pattern)) == set()


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [(r"\bi want to (?:die|sleep)\b", "i want to sleep"), (r"\bdie", "die"), (r"a\w*|die", "a")],
)
def test_what_fits_without_the_needed_word_is_noticed(pattern: str, fits: str) -> None:
    assert fits in {each.replace(EDGE, "") for each in ways(_PARSED(pattern))}


def test_the_needed_word_changes_nothing_for_any_sentence_of_ours() -> None:
    without = replace(FOUND, needed=re.compile(""))
    names = ("sentences", "more", "fresh", "last")
    said = [text for name in names for _, text in whole(f"calm_{name}.toml")]
    found = [each for text in said for each in sentences(text)]
    assert [FOUND.find(each) for each in found] == [without.find(each) for each in found]
    assert sum(map(FOUND.find, found)) > 200
