"""Which words a person should listen to, and how one is corrected; values in, values out.

A word that a person heard and found right is remembered beside its answer as
the second it begins at and the word itself, so that it is recognised after
edits elsewhere, and asked about again if a new transcript says something else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicereflect.core.entry.entries import answer_of, with_answer
from voicereflect.core.words.comparing.alignment import TimedWord, bare
from voicereflect.core.words.marks import ends_sentence
from voicereflect.model import Answer, Entry

NEAR_S = 0.05
_WORD = re.compile(r"\S+")
_SHAPE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s+(\S+)\s*")
_LONGEST_SENTENCE = 60
FIRST_KNOWN = "v"
"""Typed for the likeliest word of the vocabulary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsureWord:
    """A word the machine was unsure of, in its sentence."""

    entry: Entry
    answer: Answer
    position: int
    """Of the word in the answer's text, from 1."""
    words: tuple[TimedWord, ...]
    """All words of the answer."""
    known: tuple[str, ...] = ()
    """Words of the person's vocabulary that it may be, the likeliest first."""

    @property
    def word(self) -> TimedWord:
        """The word itself."""
        return self.words[self.position - 1]

    @property
    def sentence(self) -> tuple[int, int]:
        """First and last position of the sentence it stands in."""
        return sentence_around(self.words, self.position)

    def meant_by(self, typed: str) -> str:
        """Give the known word that a key means, or what was typed."""
        keys = {
            FIRST_KNOWN: 0,
            **{str(number): number - 1 for number in range(1, len(self.known) + 1)},
        }
        at = keys.get(typed.lower())
        return typed if at is None or not self.known else self.known[at]


def unsure_words(entry: Entry, number: int, words: Sequence[TimedWord]) -> tuple[int, ...]:
    """Positions, from 1, of words the machine was unsure of and no person has confirmed."""
    confirmed = tuple(_confirmed(answer_of(entry, number)))
    return tuple(
        position
        for position, word in enumerate(words, start=1)
        if word.is_unsure and not _is_confirmed(word, confirmed)
    )


def with_confirmed(entry: Entry, number: int, word: TimedWord) -> Entry:
    """Remember that a person heard a word and found it right."""
    answer = answer_of(entry, number)
    line = f"{word.start_s:.2f} {bare(word.text)}"
    if line in answer.confirmed:
        return entry
    return with_answer(entry, replace(answer, confirmed=(*answer.confirmed, line)))


def with_word(entry: Entry, number: int, position: int, *, old: str, new: str) -> Entry | None:
    """Put `new` in the place of word `position`; None if `old` does not stand there any more."""
    answer = answer_of(entry, number)
    places = list(_WORD.finditer(answer.text))
    if position > len(places) or places[position - 1].group() != old:
        return None
    place = places[position - 1]
    end = place.end()
    if not new:  # the space after a word goes with it
        end = places[position].start() if position < len(places) else end
    text = answer.text[: place.start()] + new + answer.text[end:]
    return with_answer(entry, replace(answer, text=text if text.strip() else ""))


def spelt(old: str, typed: str) -> str:
    """Give the word a person typed, with the punctuation of the old one where they left it out."""
    new = " ".join(typed.split())
    core = bare(old)
    before, _, after = old.partition(core)
    lead = before if new[:1].isalnum() else ""
    trail = after if new[-1:].isalnum() else ""
    return lead + new + trail


def names_in(typed: str) -> tuple[str, ...]:
    """Words of a correction that look like names, for the vocabulary."""
    return tuple(
        plain for word in typed.split() if (plain := bare(word))[:1].isupper() and len(plain) > 1
    )


def sentence_around(words: Sequence[TimedWord], position: int) -> tuple[int, int]:
    """First and last position of the sentence that holds a word, counted from 1."""
    earliest = max(1, position - _LONGEST_SENTENCE)
    latest = min(len(words), position + _LONGEST_SENTENCE)
    first = last = position
    while first > earliest and not ends_sentence(words[first - 2].text):
        first -= 1
    while last < latest and not ends_sentence(words[last - 1].text):
        last += 1
    return first, last


def sentences(words: Sequence[TimedWord]) -> tuple[tuple[int, int], ...]:
    """First and last position of every sentence, counted from 1."""
    found: list[tuple[int, int]] = []
    while (first := found[-1][1] + 1 if found else 1) <= len(words):
        found.append((first, sentence_around(words, first)[1]))
    return tuple(found)


def _is_confirmed(word: TimedWord, confirmed: Sequence[tuple[float, str]]) -> bool:
    return any(
        text == bare(word.text) and abs(start_s - word.start_s) <= NEAR_S
        for start_s, text in confirmed
    )


def _confirmed(answer: Answer) -> Iterator[tuple[float, str]]:
    for line in answer.confirmed:
        if shape := _SHAPE.fullmatch(line):
            yield float(shape[1]), shape[2]
