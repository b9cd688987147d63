"""Which sentences stand for a theme in a look back; knows sentences, and no page."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from voicereflect.core.review.values import DatedQuote
from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.safety.consent import OWNER

if TYPE_CHECKING:  # it brings numbers along
    from voicereflect.core.themes.theme import Sentence


def quote_of(sentence: "Sentence") -> DatedQuote:
    """Take a sentence as a quote."""
    said = sentence.passage
    return DatedQuote(
        entry=sentence.entry,
        answer=said.answer,
        word=said.word,
        words=said.words,
        day=sentence.day,
        text=said.text,
        speaker="" if said.speaker == OWNER else said.speaker,
    )


def spread(sentences: "Sequence[Sentence]", count: int) -> tuple[DatedQuote, ...]:
    """Choose up to `count` over the whole time: of each stretch the one that is nearest."""
    size = max(1, -(-len(sentences) // max(count, 1)))
    stretches = (sentences[at : at + size] for at in range(0, len(sentences), size))
    return tuple(quote for stretch in stretches for quote in _best(stretch))


def ends(
    earlier: "Sequence[Sentence]", later: "Sequence[Sentence]"
) -> tuple[DatedQuote | None, DatedQuote | None]:
    """The first entry and the last, each in its nearest sentence; none of it where it is one."""
    if not (earlier and later) or earlier[0].entry == later[-1].entry:
        return None, None
    then = [each for each in earlier if each.entry == earlier[0].entry]
    now = [each for each in later if each.entry == later[-1].entry]
    both = (next(_best(then), None), next(_best(now), None))
    return both if None not in both else (None, None)


def _best(sentences: "Sequence[Sentence]") -> Iterator[DatedQuote]:
    """The nearest one that does not plainly speak of danger, if there is one."""
    for each in sorted(sentences, key=lambda each: (-each.nearness, each.place)):
        if not speaks_of_danger(each.passage.text):
            yield quote_of(each)
            return
