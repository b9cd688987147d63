"""Which words of a vocabulary an unsure word may be, by spelling alone; values in, values out."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from voicereflect.core.words.comparing.alignment import bare

ALIKE: Final = 0.78
"""Half spelling, half sound: `casimir` may be Kasimir, `garden` Gordon, and `kite` not Katja."""
_LENGTHS_APART: Final = 4
_NO_ACCENT: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})
_SOUNDS: Final = (
    (r"ph", "f"),
    (r"ck|[cq]", "k"),
    (r"x", "ks"),
    (r"z", "s"),
    (r"w", "v"),
    (r"(?<=.)[aeiouyjh]", ""),
    (r"(.)\1+", r"\1"),
)


def nearest(word: str, vocabulary: Sequence[str], *, count: int = 3) -> tuple[str, ...]:
    """Give the known words that a heard one may be, likeliest first."""
    heard = bare(word)
    plain = _plain(heard)
    alike = {
        known: likeness
        for known in set(vocabulary) - {heard}
        if abs(len(known) - len(heard)) <= _LENGTHS_APART
        and (likeness := _likeness(plain, _plain(known))) >= ALIKE
    }
    return tuple(sorted(alike, key=lambda known: (-alike[known], known))[:count])


def _likeness(one: str, other: str) -> float:
    return (_share(one, other) + _share(_sound(one), _sound(other))) / 2


def _share(one: str, other: str) -> float:
    first, second = sorted((one, other))  # the share depends on which comes first
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_NO_ACCENT))
    return "".join(each for each in letters if each.isalnum() or each == " ")


def _sound(plain: str) -> str:
    for spelling, sound in _SOUNDS:
        plain = re.sub(spelling, sound, plain)
    return plain
