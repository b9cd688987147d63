"""Punctuation as people and models write it, made alike; knows no meaning.

Speech models and phones write curly apostrophes where patterns hold straight ones.
"""

import re
from typing import Final

_STOPS: Final = ".!?…。！？"  # noqa: RUF001 - full-width marks too
_CLOSERS: Final = "\"'”’»)]"  # noqa: RUF001 - curly quotes close speech
LAST_MARKS: Final = frozenset(_STOPS + _CLOSERS)
"""With one of these ends every word that ends a sentence, and some others."""
CLOSING: Final = rf"[{re.escape(_CLOSERS)}]*$"
"""A pattern: what may still follow the last mark of a word."""
SENTENCE_END: Final = re.compile(rf"[{_STOPS}]+{CLOSING}")
"""The end of a word after which a sentence is over, as far as the word alone tells."""
_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+")
_MARKS: Final = re.compile(r"[^\w\s'-]+")


def straight(text: str) -> str:
    """Write every apostrophe straight."""
    return text.replace("\u2019", "'")


def line_feeds(text: str) -> str:
    """End every line with a line feed, whichever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def without_marks(text: str) -> str:
    """Give the words alone, in lower case and with one space between; `'` and `-` stay."""
    return " ".join(_MARKS.sub(" ", straight(text)).casefold().split())


def ends_sentence(word: str) -> bool:
    """Tell whether a sentence ends with this word, by its last marks."""
    return SENTENCE_END.search(word) is not None


def sentences_of(text: str) -> list[str]:
    """Cut a text after `.`, `!` and `?` before a space; an abbreviation's point cuts it too."""
    return [part.strip() for part in _BETWEEN_SENTENCES.split(text) if part.strip()]
