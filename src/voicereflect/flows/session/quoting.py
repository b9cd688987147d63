"""Earlier answers as a question may speak of them: verbatim, dated, and at most fifteen seconds."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final

from voicereflect.core.decks.reading import HEAVY
from voicereflect.core.entry.decisions import is_closed
from voicereflect.core.entry.ids import day_of
from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.safety.consent import counting
from voicereflect.core.words import mending
from voicereflect.core.words.alignment import TimedWord
from voicereflect.core.words.marks import ends_sentence
from voicereflect.errors import DeckError
from voicereflect.flows.library.listing import OF_NO_DECK
from voicereflect.flows.library.word_times import Shelf, timed
from voicereflect.flows.session.parts import Quote
from voicereflect.model import Answer, AnswerState, Entry
from voicereflect.ports import Decks

LONGEST_S: Final = 15.0
MARGIN_S: Final = 0.15

Told = tuple[Entry, Answer]


def returning(decks: Decks) -> Callable[[Entry], bool]:
    """Tell which entries may be quoted unasked: none from heavy decks, and none that is closed."""

    @cache
    def is_light(deck: str) -> bool:
        try:
            return decks.load(deck).depth != HEAVY
        except DeckError:
            return deck in OF_NO_DECK

    return lambda entry: is_light(entry.deck) and not is_closed(entry)


def answered_before(
    entries: Iterable[Entry], may_return: Callable[[Entry], bool], prompts: Iterable[str]
) -> tuple[Told, ...]:
    """Give the answers to some prompts (`deck/prompt`) that may return, oldest first.

    One that plainly speaks of danger is none of them.
    """
    wanted = frozenset(prompts)
    return tuple(
        (entry, answer)
        for entry in entries
        if may_return(entry)
        for answer in counting(entry)
        if answer.prompt in wanted and answer.state is AnswerState.DONE and answer.text
        if not speaks_of_danger(answer.text)
    )


def quote_of(shelf: Shelf, told: Told, *, step: bool) -> Quote | None:
    """Quote an answer up to the last sentence that fits; None where no time is known."""
    entry, answer = told
    words = _that_fit(timed(shelf, entry, answer))
    if not words:
        return None
    doubtful = mending.unsure_words(entry, answer.number, words)
    return Quote(
        entry_id=entry.id,
        answer=answer.number,
        day=day_of(entry.started_at),
        start_s=max(0.0, words[0].start_s - MARGIN_S),
        end_s=words[-1].end_s + MARGIN_S,
        words=" ".join(word.text for word in words),
        step=step,
        certain=not doubtful,
    )


def _that_fit(words: Sequence[TimedWord]) -> tuple[TimedWord, ...]:
    if not words:
        return ()
    fitting = [each for each in words if each.end_s - words[0].start_s <= LONGEST_S]
    ends = [n for n, word in enumerate(fitting, start=1) if ends_sentence(word.text)]
    if len(fitting) == len(words) or not ends:
        return tuple(fitting)
    return tuple(fitting[: ends[-1]])
