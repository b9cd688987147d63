"""What comes back of a sentence that was said aloud and written down; knows no voice, no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.decks.knowing import Known, filled, places
from voicereflect.core.decks.rotation import closing
from voicereflect.core.decks.strings import spoken_strings
from voicereflect.core.words.matching import opcodes
from voicereflect.model import Deck

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SHORT: Final = {"won't": "will not", "can't": "can not", "cannot": "can not", "ok": "okay"}
_ENDINGS: Final = {
    "n't": " not",
    "'re": " are",
    "'ll": " will",
    "'ve": " have",
    "'m": " am",
    "'d": " would",
    "'s": " is",
}
_NUMBERS: Final = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSentence:
    """A sentence, and what a speech model made of its sound."""

    said: str
    heard: str

    @property
    def words(self) -> int:
        """How many words were said."""
        return len(plain(self.said))

    @property
    def wrong(self) -> int:
        """How many words were lost, put in or turned into others."""
        return sum(
            max(i2 - i1, j2 - j1)
            for same, i1, i2, j1, j2 in opcodes(plain(self.said), plain(self.heard))
            if same != "equal"
        )


def sentences(deck: Deck, known: Sequence[Known]) -> tuple[str, ...]:
    """Give everything a deck says aloud as it is said to each of those of whom this is known."""
    closings = {text: closing(text, deck.depth, 0) for text in deck.closing}
    texts = (closings.get(text, text) for text in spoken_strings(deck))
    found = (
        filled(text, each) for text in texts for each in (known if places(text) else known[:1])
    )
    return tuple(dict.fromkeys(found))


def plain(text: str) -> list[str]:
    """Give the words as an ear has them: without marks, short forms long, numbers spelt out."""
    found: list[str] = []
    for word in _WORD.findall(text.casefold().replace("\u2019", "'")):
        found.extend(_long(word).split())
    return found


def _long(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    if word.isdecimal() and 0 < int(word) < len(_NUMBERS):
        return _NUMBERS[int(word)]
    for ending, instead in _ENDINGS.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word
