"""Cuts a text into passages, one sentence each; knows words and marks, not where they come from.

A word is what stands between spaces, as in a reference `ENTRY/ANSWER:WORD`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from voicereflect.core.words.marks import CLOSING, SENTENCE_END, ends_sentence

LONGEST_WORDS: Final = 60
"""Longer sentences are cut, so that a hit is quick to read and is about one thing."""
_CUT_AFTER_WORDS: Final = 25

_WORD = re.compile(r"\S+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LIST_ITEM = re.compile(r"\n[ \t]*$")
_BULLET = re.compile(r"(?:^|\s)[-*+](?:\s|$)")
_BULLETS = ("-", "*", "+")
_PAUSE = re.compile(rf"[,;:—–]{CLOSING}")  # noqa: RUF001 - dashes as they are printed
_SHORTENED: Final = (
    "mr mrs ms dr st sir prof rev gen col capt lt sgt jr sr vs etc no vol fig approx"
)
_ABBREVIATIONS: Final = frozenset(_SHORTENED.split())
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One sentence of a text."""

    word: int
    """1-based position of its first word in the text."""
    text: str
    """Its words with one space between."""


_Token = tuple[str, bool]
"""A word, and whether a blank line or a list mark stands before it."""


def split(text: str) -> tuple[Passage, ...]:
    """Cut a text into passages; together they hold every word once, in order."""
    passages: list[Passage] = []
    at = 1
    for sentence in _sentences(tuple(_tokens(text))):
        passages.append(Passage(word=at, text=" ".join(sentence)))
        at += len(sentence)
    return tuple(passages)


def _tokens(text: str) -> Iterator[_Token]:
    for part in _BLANK_LINE.split(text):
        if _BULLET.search(part):
            yield from _with_bullets(part)
        else:
            begins = True
            for word in part.split():
                yield word, begins
                begins = False


def _with_bullets(text: str) -> Iterator[_Token]:
    end = 0
    for found in _WORD.finditer(text):
        word, between = found.group(), text[end : found.start()]
        bullet = word in _BULLETS and (end == 0 or bool(_LIST_ITEM.search(between)))
        yield word, bullet or end == 0
        end = found.end()


def _sentences(tokens: Sequence[_Token]) -> Iterator[list[str]]:
    sentence: list[str] = []
    for index, (word, begins) in enumerate(tokens):
        if begins and sentence:
            yield from _cut(sentence)
            sentence = []
        sentence.append(word)
        if word[-1].isalnum():  # as most words do; what follows need not be looked at
            continue
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if _ends(word, following):
            yield from _cut(sentence)
            sentence = []
    if sentence:
        yield from _cut(sentence)


def _ends(word: str, following: str) -> bool:
    if not ends_sentence(word):
        return False
    bare = SENTENCE_END.sub("", word)
    stops = word[len(bare) :].startswith(".")
    if stops and (bare.lower().lstrip("(\"'“‘") in _ABBREVIATIONS or _INITIALS.fullmatch(word)):  # noqa: RUF001
        return False
    # "She said ... and left" goes on: only what looks like a beginning begins
    first = next((letter for letter in following if letter.isalnum()), "")
    return not first.islower()


def _cut(sentence: list[str]) -> Iterator[list[str]]:
    """Cut a sentence that is too long, at a comma or dash where there is one."""
    rest = sentence
    while len(rest) > LONGEST_WORDS:
        pauses = [
            size
            for size in range(_CUT_AFTER_WORDS, LONGEST_WORDS + 1)
            if _PAUSE.search(rest[size - 1])
        ]
        size = pauses[-1] if pauses else LONGEST_WORDS
        yield rest[:size]
        rest = rest[size:]
    yield rest
