"""What may be said aloud; knows sentences alone, and neither decks nor voices."""

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from voicereflect.core.words.marks import ends_sentence, straight


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLimits:
    """How much can be followed by ear at once."""

    words: int
    sentences: int
    questions: int
    median_words: int
    """Of all spoken strings of one deck."""
    prompts: int
    minutes: int


SPOKEN_LIMITS: Final = SpokenLimits(
    words=30, sentences=2, questions=1, median_words=18, prompts=5, minutes=15
)

FORBIDDEN: Final = (
    "you should",
    "you must",
    "at least",
    "she did her best",
    "she is still your",  # and whatever follows
    "both sides",
    "let it go",
    "move on",
    "last chance",
    "before it is too late",
    "closure",
    "healing",
    "journey",
    "safe space",
    "inner child",
    "brave",
    "proud of you",
    "well done",
    "thank you for sharing",
    "I understand",
    "I hear you",
    "I'm sorry",
    "I'm here for you",
    "toxic",
    "trauma",
    "narcissist",
    "enmeshed",
)
"""Never said by the product; the speaker may say any of it and is quoted."""

_WHY = re.compile(r"\W*why\b", re.IGNORECASE)
_PAGE_ONLY = re.compile(r"[()\[\]{}<>*#_/\\|•→=]|\n|\b(?:e\.g\.|i\.e\.|etc\.)", re.IGNORECASE)


def spoken_problems(text: str) -> list[str]:
    """Say everything that keeps a text from being spoken; nothing means that it may be."""
    limits = SPOKEN_LIMITS
    found = []
    for what, count, limit in (
        ("words", count_words(text), limits.words),
        ("sentences", count_sentences(text), limits.sentences),
        ("question marks", text.count("?"), limits.questions),
    ):
        if count > limit:
            found.append(f"{count} {what}, where {limit} can be followed by ear")
    if not count_words(text):
        found.append("nothing to say")
    if _WHY.match(text):
        found.append('it begins with "Why", which asks for a defence')
    if mark := _PAGE_ONLY.search(text):
        found.append(f"{mark.group()!r} works on a page only")
    found.extend(f'it says "{phrase}"' for phrase in forbidden_phrases(text))
    return found


def forbidden_phrases(text: str) -> list[str]:
    """Find what the product never says, as whole words in any case."""
    plain = straight(text)
    return [phrase for phrase, pattern in _PATTERNS if pattern.search(plain)]


def count_words(text: str) -> int:
    """Count what is spoken as a word; a dash between spaces is none."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def count_sentences(text: str) -> int:
    """Count sentences by their closing marks; a rest without one counts too."""
    ended = [ends_sentence(word) for word in text.split()]
    return sum(ended) + (bool(ended) and not ended[-1])


def median_words(texts: Iterable[str]) -> float:
    """Give the median length of some texts in words."""
    return statistics.median(count_words(text) for text in texts)


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    return re.compile(rf"\b{words}\b", re.IGNORECASE)


_PATTERNS: Final = tuple((phrase, _pattern(phrase)) for phrase in FORBIDDEN)
