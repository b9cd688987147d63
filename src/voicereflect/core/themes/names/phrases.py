"""Exact words of a theme; knows texts alone."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from voicereflect.core.themes.names.words import words_of


def plainly(text: str) -> str:
    """A text's words alone, in lower case, as `Phrases` looks at them."""
    return " ".join(words_of(text))


class Phrases:
    """Whole words or phrases, in any case, with their plural and possessive."""

    def __init__(self, phrases: Sequence[str], unless: Sequence[str] = ()) -> None:
        """Nothing is prepared before somebody looks; within `unless` they mean something else."""
        self._phrases = phrases
        self._unless = unless

    def stand_in(self, said: str) -> bool:
        """Tell whether any of them stands in a text, given as `plainly` writes it."""
        if self._pattern is None or not self._pattern.search(said):
            return False
        return self._other is None or bool(self._pattern.search(self._other.sub("|", said)))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _any_of(self._phrases)

    @cached_property
    def _other(self) -> re.Pattern[str] | None:
        return _any_of(self._unless)


def _any_of(phrases: Sequence[str]) -> re.Pattern[str] | None:
    spelt = [r"\s+".join(map(re.escape, words_of(each))) for each in phrases]
    alternatives = "|".join(each for each in spelt if each)
    return re.compile(rf"\b(?:{alternatives})(?:e?s)?\b") if alternatives else None


NO_PHRASES: Final = Phrases(())
