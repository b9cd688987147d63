"""What comes back of a sentence that was said aloud and written down; knows no voice, no model."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.decks.file.strings import spoken_strings
from voicereflect.core.decks.knowing import Known, filled, places
from voicereflect.core.decks.rotation import closing
from voicereflect.core.words.comparing.matching import opcodes
from voicereflect.model import Deck

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SHORT: Final = {
    "won't": "will not",
    "can't": "can not",
    "cannot": "can not",
    "ok": "okay",
}
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
    *("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)
_ALIKE: Final = (
    ("whose", "whos"),
    ("youare", "your"),
    ("theyare", "their"),
    ("there", "their"),
    ("our", "or"),  # favourite and favorite
)
"""What an ear does not tell apart, written without spaces."""


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
        changes = _changes(plain(self.said), plain(self.heard))
        return sum(max(i2 - i1, j2 - j1) for i1, i2, j1, j2 in changes)


def sentences(deck: Deck, known: Sequence[Known]) -> tuple[str, ...]:
    """Give everything a deck says aloud, as each of those hears it of whom this is known."""
    closings = {text: closing(text, deck.depth, 0) for text in deck.closing}
    texts = [said for text in spoken_strings(deck) for said in closings.get(text, (text,))]
    named = [text for text in texts if places(text)]
    # one person after the other: a model that hears the same thing five times in a row goes round
    found = (
        filled(text, each)
        for number, each in enumerate(known)
        for text in (named if number else texts)
    )
    return tuple(dict.fromkeys(found))


def plain(text: str) -> list[str]:
    """Give the words as an ear has them: without marks, short forms long, numbers spelt out."""
    found: list[str] = []
    for word in _WORD.findall(text.casefold().replace("\u2019", "'")):
        found.extend(_long(word).split())
    return found


def _changes(said: Sequence[str], heard: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Tell what became of stretches that an ear tells apart: `day's` and `days` are one."""
    for same, i1, i2, j1, j2 in opcodes(said, heard):
        if same != "equal" and _sound(said[i1:i2]) != _sound(heard[j1:j2]):
            yield i1, i2, j1, j2


def _sound(words: Sequence[str]) -> str:
    sound = " ".join(words).replace(" is", "s").replace(" ", "")
    for one, other in _ALIKE:
        sound = sound.replace(one, other)
    return sound


def _long(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    if word.isdecimal() and 0 < int(word) < len(_NUMBERS):
        return _NUMBERS[int(word)]
    for ending, instead in _ENDINGS.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word
