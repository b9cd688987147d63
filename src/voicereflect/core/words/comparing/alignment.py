"""When each word of the current text was spoken, by aligning it to a machine transcript.

Pure comparison of words; knows no sound and no file. A word of the current text
is what stands between spaces, counted from 1, as references count them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from voicereflect.core.words.comparing.matching import opcodes
from voicereflect.model import Transcript, Word

CERTAIN = 1.0
UNSURE_BELOW = 0.5
_WORD = re.compile(r"\S+")
_OUTER = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedWord:
    """One word of the current text, with the stretch of sound it stands for."""

    text: str
    start_s: float
    end_s: float
    probability: float
    """The machine's own for a word it wrote; 1 for a word that a person wrote."""

    @property
    def is_unsure(self) -> bool:
        """Whether the machine was in doubt and no person has changed the word."""
        return self.probability < UNSURE_BELOW


def bare(word: str) -> str:
    """Give a word without the punctuation around it; punctuation alone stays as it is."""
    return word if word.isalpha() else _OUTER.sub("", word) or word


def heard_words(transcript: Transcript) -> tuple[TimedWord, ...]:
    """Divide a transcript at its spaces; times never run backwards, whatever the model said."""
    pieces = [word for segment in transcript.segments for word in segment.words]
    return tuple(_forwards(_between_spaces(pieces)))


def aligned(
    text: str, transcript: Transcript | None, *, duration_s: float = 0.0
) -> tuple[TimedWord, ...]:
    """Give every word of `text` a start and an end, in order and never backwards.

    A word that the machine wrote too keeps its own times. Other words share the
    time of what they stand for, or of the pause they stand in.
    """
    heard = heard_words(transcript) if transcript else ()
    words = text.split()
    end_s = max(duration_s, heard[-1].end_s if heard else 0.0)
    timed: list[TimedWord] = []
    for tag, i1, i2, j1, j2 in opcodes(comparable(each.text for each in heard), comparable(words)):
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            timed += map(_in_place_of, words[j1:j2], heard[i1:i2])
        elif j2 > j1:
            begin_s, until_s = _room(heard, i1, i2, end_s)
            timed += _spread(words[j1:j2], begin_s, until_s)
    return tuple(timed)


def _between_spaces(pieces: Sequence[Word]) -> Iterator[TimedWord]:
    """Join pieces with no space between: the model's "words" may be parts of words."""
    piece_of = [piece for piece in pieces for _ in piece.text]
    for found in _WORD.finditer("".join(piece.text for piece in pieces)):
        own = piece_of[found.start() : found.end()]
        yield TimedWord(
            text=found.group(),
            start_s=own[0].start_s,
            end_s=own[-1].end_s,
            probability=min(piece.probability for piece in own),
        )


def _forwards(words: Iterator[TimedWord]) -> Iterator[TimedWord]:
    at_s = 0.0
    for word in words:
        start_s = max(at_s, word.start_s)
        at_s = max(start_s, word.end_s)
        yield replace(word, start_s=start_s, end_s=at_s)


def comparable(words: Iterable[str]) -> list[str]:
    """Words for comparing, without case and outer punctuation."""
    return [bare(word).casefold() for word in words]


def _in_place_of(word: str, heard: TimedWord) -> TimedWord:
    same = bare(word) == bare(heard.text)
    return replace(heard, text=word, probability=heard.probability if same else CERTAIN)


def _room(heard: Sequence[TimedWord], i1: int, i2: int, end_s: float) -> tuple[float, float]:
    """Give the start and end of some machine words, or of the pause before the next one."""
    if i2 > i1:
        return heard[i1].start_s, heard[i2 - 1].end_s
    begin_s = heard[i1 - 1].end_s if i1 else 0.0
    return begin_s, heard[i1].start_s if i1 < len(heard) else end_s


def _spread(words: Sequence[str], begin_s: float, until_s: float) -> Iterator[TimedWord]:
    """Divide a stretch of time among words by their letters."""
    sums = [0, *accumulate(map(len, words))]
    edges = [min(until_s, begin_s + (until_s - begin_s) * each / sums[-1]) for each in sums]
    for word, (start_s, stop_s) in zip(words, pairwise(edges), strict=True):
        yield TimedWord(text=word, start_s=start_s, end_s=stop_s, probability=CERTAIN)


def playable_upto(
    words: Sequence[TimedWord], begin_s: float, *, least_s: float, most_s: float
) -> float:
    """Give the second at which to end a piece: the middle of its longest pause."""
    best_gap_s, cut_s = 0.0, begin_s + most_s
    for before, after in pairwise(words):
        middle_s = (before.end_s + after.start_s) / 2
        gap_s = after.start_s - before.end_s
        if begin_s + least_s <= middle_s <= begin_s + most_s and gap_s >= best_gap_s:
            best_gap_s, cut_s = gap_s, middle_s
    return cut_s


def word_at(words: Sequence[TimedWord], at_s: float) -> int:
    """Position of the last word that has begun by `at_s`; -1 before the first."""
    return bisect_right(words, at_s, key=lambda word: word.start_s) - 1
