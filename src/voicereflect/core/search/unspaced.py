"""Texts as the index has them: scripts without spaces letter by letter, no marks on any.

FTS5 cuts words at spaces. Where a script has none, each letter stands by itself, and a word is
found as its letters one after the other (ADR 50). Knows no index.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from voicereflect.core.words.folding import without_strokes

_UNSPACED: Final = (
    *((0x0E00, 0x0FFF), (0x1000, 0x109F), (0x1780, 0x17FF)),  # Thai to Tibetan, Burmese, Khmer
    *((0x3041, 0x30FF), (0x3100, 0x312F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF)),
    *((0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),  # Korean puts its particles close
)
_OTHERS: Final = re.compile(r"[^\x00-\x7f]+")


def indexed(text: str) -> str:
    """Write a text as the index has it; ASCII is the same."""
    return text if text.isascii() else _OTHERS.sub(_letters, text)


def places(text: str) -> list[int]:
    """Tell for each byte of `indexed(text)` in UTF-8 which letter of the text it comes from."""
    return [at for at, each in enumerate(text) for _ in _letter(each).encode("utf-8", "replace")]


def _letters(found: re.Match[str]) -> str:
    return "".join(map(_letter, found[0]))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if unicodedata.category(letter).startswith("M"):
        return ""
    if _is_unspaced(letter):
        return f" {letter} "
    parts = unicodedata.normalize("NFKD", without_strokes(letter))
    bare = "".join(each for each in parts if not unicodedata.category(each).startswith("M"))
    return "".join(f" {each} " if _is_unspaced(each) else each for each in bare)


def _is_unspaced(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _UNSPACED)
