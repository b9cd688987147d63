"""Cuts a text into passages, one sentence each; knows words and marks, not where they come from.

A word is what stands between spaces, as in a reference `ENTRY/ANSWER:WORD`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from voicereflect.core.words.marks import CLOSING, LAST_MARKS, SENTENCE_END, ends_sentence

LONGEST_WORDS: Final = 60
"""Longer sentences are cut, so that a hit is quick to read and is about one thing."""
_CUT_AFTER_WORDS: Final = 25

_WORD = re.compile(r"\S+")
_LAST_MARK: Final = re.compile(rf"[{re.escape(''.join(sorted(LAST_MARKS)))}](?= |\Z)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LIST_ITEM = re.compile(r"\n[ \t]*$")
_BULLETS: Final = frozenset("-*+")
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


def split(text: str) -> tuple[Passage, ...]:
    """Cut a text into passages; together they hold every word once, in order."""
    passages: list[Passage] = []
    at = 1
    for part in _parts(text):
        for sentence in _sentences(part):
            passages.append(Passage(word=at, text=sentence))
            at += _words_in(sentence)
    return tuple(passages)


def _words_in(sentence: str) -> int:
    return sentence.count(" ") + 1


def _parts(text: str) -> Iterator[str]:
    """Give what stands between blank lines and list marks, its words with one space between.

    No sentence reaches over those.
    """
    for part in _BLANK_LINE.split(text):
        words = part.split()
        if not _BULLETS.isdisjoint(words):
            yield from map(" ".join, _list_items(part))
        elif words:
            yield " ".join(words)


def _list_items(text: str) -> Iterator[list[str]]:
    words: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        word, between = found.group(), text[end : found.start()]
        if words and word in _BULLETS and _LIST_ITEM.search(between):
            yield words
            words = []
        words.append(word)
        end = found.end()
    yield words


def _sentences(part: str) -> Iterator[str]:
    begin = 0
    for mark in _LAST_MARK.finditer(part):
        end = mark.end()
        word = part[part.rfind(" ", 0, end) + 1 : end]
        behind = part.find(" ", end + 1)  # the rest is not copied: it may be a whole book
        if _ends(word, part[end + 1 : behind if behind > 0 else None]):
            yield from _cut(part[begin:end])
            begin = end + 1
    if begin < len(part):
        yield from _cut(part[begin:])


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


def _cut(sentence: str) -> Iterator[str]:
    """Cut a sentence that is too long, at a comma or dash where there is one."""
    if _words_in(sentence) <= LONGEST_WORDS:
        yield sentence
        return
    words, at = sentence.split(" "), 0
    while len(words) - at > LONGEST_WORDS:
        pauses = [
            size
            for size in range(_CUT_AFTER_WORDS, LONGEST_WORDS + 1)
            if _PAUSE.search(words[at + size - 1])
        ]
        size = pauses[-1] if pauses else LONGEST_WORDS
        yield " ".join(words[at : at + size])
        at += size
    yield " ".join(words[at:])
