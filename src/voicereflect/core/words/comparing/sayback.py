"""Pairs what one speaker said with what the other said back; values in, values out.

Sentences come with vectors of their meaning. Vectors cannot tell a sentence from its
opposite, nor who did something from whom it was done to, so nothing here claims that
anything was understood. Where grammar shows that one of the two may be reversed, or
the vectors are neither near nor far, a sentence is left out. docs/safety.md says how
often that is right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from voicereflect.core.words.marks import straight

NEAR: Final = 0.45
"""From here on two sentences may be laid side by side; fixed on one half of the pairs."""
FAR: Final = 0.25
"""Up to here nothing that was said back belongs to a sentence."""
HEADINGS: Final = ("said back", "also said")
MIN_WORDS: Final = 3
"""Shorter sentences say too little to be told apart."""

_FRAME = re.compile(
    r"^(?:(?:and|so|well|then),? )?(?:what )?"
    r"(?:i (?:heard|hear|understood|gathered)|you (?:said|told me|were saying|mentioned|say))"
    r"(?: you say)?(?: (?:is|was))?(?: that)?,? "
)
"""How a say-back begins: no part of what is said back."""
_NOT: Final = frozenset(
    {
        *("not", "no", "never", "nobody", "none", "nothing"),
        *("neither", "nor", "without", "cannot", "hardly", "nowhere"),
    }
)
_SPEAKS: Final = frozenset(["i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll"])
_HEARS: Final = frozenset(
    ["you", "your", "yours", "yourself", "you're", "you've", "you'd", "you'll"]
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_TELLING_LETTERS: Final = 4
"""Shorter words stand anywhere in a sentence."""

Vector = Sequence[float]


class Match(Enum):
    """How a sentence and one that was said back are related."""

    SAID_BACK = auto()
    ALSO_SAID = auto()
    """Nothing that was said back is about the same thing."""
    UNSURE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence, and the one of the say-back that is nearest to it; both verbatim."""

    said: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayback:
    """What can be laid side by side, in the order in which it was said."""

    said_back: tuple[Pair, ...] = ()
    also_said: tuple[str, ...] = ()


def laid_side_by_side(
    said: Sequence[str],
    said_vectors: Sequence[Vector],
    back: Sequence[str],
    back_vectors: Sequence[Vector],
) -> Sayback:
    """Find the nearest sentence of the say-back for each that was said; vectors have length 1."""
    pairs: list[Pair] = []
    also: list[str] = []
    for text, vector in zip(said, said_vectors, strict=True):
        if len(_words(text)) < MIN_WORDS:
            continue
        near = [cosine(vector, each) for each in back_vectors]
        best = max(range(len(near)), key=near.__getitem__, default=None)
        if best is None or near[best] <= FAR:
            also.append(text)
        elif match(text, back[best], near[best]) is Match.SAID_BACK:
            pairs.append(Pair(said=text, back=back[best]))
    return Sayback(said_back=tuple(pairs), also_said=tuple(also))


def match(said: str, back: str, near: float) -> Match:
    """Tell how the sentences of two speakers are related, by meaning and by grammar."""
    if near <= FAR:
        return Match.ALSO_SAID
    if near < NEAR or may_be_turned(said, back):
        return Match.UNSURE
    return Match.SAID_BACK


def may_be_turned(said: str, back: str) -> bool:
    """Tell whether the say-back may say the opposite, or of the wrong person.

    A no on one side alone; the other one of the two named first; words that changed
    places, as in who hit whom. The listener's "you" is the speaker's "I".
    """
    first, second = _words(said), _words(back)
    if _negated(first) != _negated(second) or _changed_places(first, second):
        return True
    ours, theirs = _people(first, flip=False), _people(second, flip=True)
    return bool(ours and theirs and ours[0] != theirs[0])


def cosine(one: Vector, other: Vector) -> float:
    """Give the cosine of two unit vectors."""
    return sum(a * b for a, b in zip(one, other, strict=True))


def _words(text: str) -> list[str]:
    plain = _FRAME.sub("", straight(text).casefold())
    return _WORD.findall(plain)


def _negated(words: Sequence[str]) -> bool:
    return sum(word in _NOT or word.endswith("n't") for word in words) % 2 == 1


def _changed_places(first: Sequence[str], second: Sequence[str]) -> bool:
    one, other = (
        list(dict.fromkeys(w for w in words if len(w) >= _TELLING_LETTERS and w not in _HEARS))
        for words in (first, second)
    )
    return one != other and set(one) == set(other)


def _people(words: Sequence[str], *, flip: bool) -> list[bool]:
    """Give the two in the order they are named; True is the one who spoke first."""
    return [(word in _SPEAKS) != flip for word in words if word in _SPEAKS or word in _HEARS]
