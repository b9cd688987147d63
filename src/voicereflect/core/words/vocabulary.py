"""Which words of a vocabulary an unsure word may be, by spelling alone; values in, values out."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from voicereflect.core.words.comparing.alignment import bare
from voicereflect.core.words.folding import folded

ALIKE: Final = 0.78
"""Half spelling, half sound: `casimir` may be Kasimir, `garden` Gordon, and `kite` not Katja."""
_LENGTHS_APART: Final = 4
_MOST: Final = 3
_SOUNDS: Final = (
    (r"ph", "f"),
    (r"ck|[cq]", "k"),
    (r"x", "ks"),
    (r"z", "s"),
    (r"w", "v"),
    (r"(?<=.)[aeiouyjh]", ""),
    (r"(.)\1+", r"\1"),
)


def nearest(word: str, vocabulary: Sequence[str]) -> tuple[str, ...]:
    """Give up to three known words that a heard one may be, likeliest first."""
    heard = bare(word)
    plain = _plain(heard)
    alike = {
        known: likeness
        for known in set(vocabulary) - {heard}
        if abs(len(known) - len(heard)) <= _LENGTHS_APART
        and (likeness := _likeness(plain, _plain(known))) >= ALIKE
    }
    return tuple(sorted(alike, key=lambda known: (-alike[known], known))[:_MOST])


def _likeness(one: str, other: str) -> float:
    return (_share(one, other) + _share(_sound(one), _sound(other))) / 2


def _share(one: str, other: str) -> float:
    first, second = sorted((one, other))  # the share depends on which comes first
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _plain(word: str) -> str:
    return "".join(each for each in folded(word) if each.isalnum() or each == " ")


def _sound(plain: str) -> str:
    for spelling, sound in _SOUNDS:
        plain = re.sub(spelling, sound, plain)
    return plain
