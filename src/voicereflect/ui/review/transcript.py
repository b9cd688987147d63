"""What was said in an entry, in lines: answers under their questions, takes as in `show`."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.text import Text

from voicereflect.core.decks.laying import Laid
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import sentences_of
from voicereflect.core.safety.consent import counting, owner_of
from voicereflect.ui.library.columns import GAP, width_of_each
from voicereflect.ui.library.playing import filled
from voicereflect.ui.review.lines import Pointable, ScreenLine, heading, side_by_side
from voicereflect.ui.review.still import asked_in
from voicereflect.ui.wording import text_of

if TYPE_CHECKING:
    from voicereflect.core.decks.laying import Group
    from voicereflect.core.review.places import PlaceInReview
    from voicereflect.core.review.values import DatedQuote
    from voicereflect.model import Entry

NARROWEST: Final = 23
"""Columns that a take needs to stand beside others: `show` has as many for three of them."""
LIT: Final = "reverse"
SENTENCE: Final = "bold"
UNSURE: Final = "underline"


def wants_it_all(place: "PlaceInReview", part: int, whole: int) -> bool:
    """Whether takes stand side by side on the whole screen, and not on a part of it."""
    return any(_beside(each, whole) and not _beside(each, part) for each in place.groups)


def transcript(place: "PlaceInReview", width: int) -> Iterator[ScreenLine]:
    """All of the entry that is looked at."""
    if place.entry is None:
        return
    groups = place.groups or [(Laid(answer=each),) for each in counting(place.entry)]
    said = {
        number: list(each)
        for number, each in groupby(sentences_of(place.entry, groups), lambda each: each.answer)
    }
    for number, group in enumerate(groups):
        if number:
            yield heading("")
        each = width_of_each(width, len(group)) if _beside(group, width) else width
        blocks = [[*_answer(place, laid, said.get(laid.answer.number, ()), each)] for laid in group]
        yield from _laid(blocks, each, beside=_beside(group, width))
    yield from map(heading, textwrap.wrap(_left_out(place.entry), width))


def sentence(
    said: "DatedQuote", lit: Reference | None, unsure: frozenset[tuple[int, int]], width: int
) -> Iterator[ScreenLine]:
    """A sentence, its words with what they are; `lit` is the word one stands on."""
    words = said.text.split()
    for begin, end in filled(words, width):
        text = Text(style=SENTENCE if lit else "")
        spots = []
        for number, word in enumerate(words[begin:end], start=said.word + begin):
            at = text.cell_len
            there = Reference(entry=said.entry, answer=said.answer, word=number)
            doubt = UNSURE if (said.answer, number) in unsure else ""
            text.append(word, style=f"{doubt} {LIT}".strip() if there == lit else doubt)
            spots.append(Pointable(begin=at, end=text.cell_len + 1, what=there))
            text.append(" ")
        text.rstrip()
        yield ScreenLine(text=text, spots=tuple(spots), lit=lit is not None)


def _beside(group: "Group", width: int) -> bool:
    return len(group) > 1 and width_of_each(width, len(group)) >= NARROWEST


def _laid(blocks: Sequence[list[ScreenLine]], width: int, *, beside: bool) -> Iterator[ScreenLine]:
    first, *more = blocks
    for number, block in enumerate(more, start=1):
        if beside:
            first = side_by_side(first, block, number * (width + GAP), GAP)
        else:
            first = [*first, heading(""), *block]
    yield from first


def _answer(
    place: "PlaceInReview", laid: "Laid", said: "Sequence[DatedQuote]", width: int
) -> Iterator[ScreenLine]:
    speaker = said[0].speaker if said else ""
    for line in asked_in(laid, speaker):
        yield from map(heading, textwrap.wrap(line, width))
    for each in said:
        yield from sentence(each, place.spot if each == place.row else None, place.unsure, width)
    if not said and not laid.answer.picked:
        yield from map(heading, textwrap.wrap(text_of(laid.answer), width))


def _left_out(entry: "Entry") -> str:
    """Name whose words are not among these."""
    shown = counting(entry)
    names = dict.fromkeys(e.speaker for e in entry.answers if e.text and e not in shown)
    names.pop(owner_of(entry), None)
    if not names:
        return ""
    who = " and ".join(names)
    return f"What {who} said is left out here; `voicereflect show {short(entry.id)}` reads it."
