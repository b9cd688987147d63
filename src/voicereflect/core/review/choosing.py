"""Quotes made of what was said, and which of them stand for a theme; knows no page."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from voicereflect.core.entry.ids import day_of
from voicereflect.core.review.values import DatedQuote
from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.safety.consent import OWNER, owner_of
from voicereflect.model import Answer, Entry

if TYPE_CHECKING:  # it brings numbers along
    from voicereflect.core.themes.theme import Sentence


def quote_of(sentence: "Sentence") -> DatedQuote:
    """Take a sentence as a quote."""
    said = sentence.passage
    return DatedQuote(
        entry=sentence.entry,
        answer=said.answer,
        word=said.word,
        day=sentence.day,
        text=said.text,
        speaker="" if said.speaker == OWNER else said.speaker,
    )


def quote_in(entry: Entry, answer: Answer, word: int, text: str) -> DatedQuote:
    """Take words of an answer as a quote; `word` is where they begin."""
    return DatedQuote(
        entry=entry.id,
        answer=answer.number,
        word=word,
        day=day_of(entry.started_at),
        text=text,
        speaker="" if answer.speaker == owner_of(entry) else answer.speaker,
    )


def spread(sentences: "Sequence[Sentence]", count: int) -> tuple[DatedQuote, ...]:
    """Choose up to `count` over the whole time: of each stretch the one that is nearest.

    The same words are quoted again only where a stretch has no others.
    """
    size = max(1, -(-len(sentences) // max(count, 1)))
    chosen: list[DatedQuote] = []
    for at in range(0, len(sentences), size):
        stretch, said = sentences[at : at + size], {each.text for each in chosen}
        fresh = [each for each in stretch if each.passage.text not in said]
        chosen += _best(fresh) or _best(stretch)
    return tuple(chosen)


def ends(
    earlier: "Sequence[Sentence]", later: "Sequence[Sentence]"
) -> tuple[DatedQuote | None, DatedQuote | None]:
    """The first entry and the last, each in its nearest sentence; none of it where it is one."""
    if not (earlier and later) or earlier[0].entry == later[-1].entry:
        return None, None
    then = [each for each in earlier if each.entry == earlier[0].entry]
    now = [each for each in later if each.entry == later[-1].entry]
    found = (*_best(then), *_best(now))
    return found if len(found) == 2 else (None, None)


def _best(sentences: "Sequence[Sentence]") -> tuple[DatedQuote, ...]:
    """The nearest one that does not plainly speak of danger, if there is one."""
    order = sorted(sentences, key=lambda each: (-each.nearness, each.place))
    calm = (quote_of(each) for each in order if not speaks_of_danger(each.passage.text))
    return tuple(islice(calm, 1))
