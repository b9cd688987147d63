"""Names for themes out of their own words; knows words and counts alone."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from voicereflect.core.themes.words import content_words

WORDS_OF_A_NAME: Final = 3


def names(texts_by_theme: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Name each theme by the words that set it apart from the others (c-TF-IDF).

    No two names are the same: a word more is taken where they would be.
    """
    counts = {key: _sentences_with(texts) for key, texts in texts_by_theme.items()}
    everywhere: Counter[str] = Counter()
    for each in counts.values():
        everywhere.update(each)
    average = sum(everywhere.values()) / max(len(counts), 1)
    given: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(counts):
        ranked = _ranked(counts[key], everywhere, average)
        size = WORDS_OF_A_NAME
        while (name := ", ".join(ranked[:size])) in taken and size < len(ranked):
            size += 1
        given[key] = name if name and name not in taken else key
        taken.add(given[key])
    return given


def _sentences_with(texts: Sequence[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found.update(set(content_words(text)))
    return found


def _ranked(own: Counter[str], everywhere: Counter[str], average: float) -> list[str]:
    total = max(sum(own.values()), 1)
    weights = {
        word: count / total * math.log(1 + average / everywhere[word])
        for word, count in own.items()
    }
    ordered = sorted(weights, key=lambda word: (-weights[word], word))
    chosen: list[str] = []
    for word in ordered:
        if not any(_same_stem(word, other) for other in chosen):
            chosen.append(word)
        if len(chosen) > 2 * WORDS_OF_A_NAME:
            break
    return chosen


def _same_stem(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(3, len(short) - 1)]) and len(long) - len(short) <= 3
