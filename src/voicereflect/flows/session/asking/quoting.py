"""Earlier answers as a question may speak of them: verbatim, dated, and at most fifteen seconds."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from voicereflect.core.entry.decisions import is_closed
from voicereflect.core.entry.ids import day_of
from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.core.safety.consent import counting
from voicereflect.core.safety.returning import may_return
from voicereflect.core.words import mending
from voicereflect.core.words.comparing.alignment import TimedWord
from voicereflect.core.words.marks import ends_sentence
from voicereflect.flows.library.finding.depths import depths_of
from voicereflect.flows.library.transcripts.word_times import timed
from voicereflect.flows.session.parts import Quote
from voicereflect.model import WRITTEN, Answer, AnswerState, Entry
from voicereflect.ports.decks import Decks
from voicereflect.ports.vault import EntryReader

LONGEST_S: Final = 15.0
MARGIN_S: Final = 0.15
WORDS_A_SECOND: Final = 2.5
"""As somebody speaks who reads aloud."""

EarlierAnswer = tuple[Entry, Answer]


def returning(decks: Decks) -> Callable[[Entry], bool]:
    """Tell which entries may be quoted unasked."""
    depth = depths_of(decks)
    return lambda entry: may_return(
        deck=entry.deck, depth=depth(entry.deck), closed=is_closed(entry)
    )


def answered_before(
    entries: Iterable[Entry], returns: Callable[[Entry], bool], prompts: Iterable[str]
) -> tuple[EarlierAnswer, ...]:
    """Give the answers to some prompts (`deck/prompt`) that may return, oldest first.

    One that plainly speaks of danger is none of them.
    """
    wanted = frozenset(prompts)
    return tuple(
        (entry, answer)
        for entry in entries
        if returns(entry)
        for answer in counting(entry)
        if answer.prompt in wanted and answer.state is AnswerState.DONE and answer.text
        if not speaks_of_danger(answer.text)
    )


def quote_of(vault: EntryReader, told: EarlierAnswer, *, step: bool) -> Quote | None:
    """Quote an answer up to the last sentence that fits; None where no time is known."""
    entry, answer = told
    typed = answer.how in WRITTEN
    words = _that_fit(timed(vault, entry, answer), typed=typed)
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
        typed=typed,
    )


def _that_fit(words: Sequence[TimedWord], *, typed: bool) -> tuple[TimedWord, ...]:
    if not words:
        return ()
    if typed:  # nobody spoke, so that no word has a time
        fitting = list(words[: int(LONGEST_S * WORDS_A_SECOND)])
    else:
        fitting = [each for each in words if each.end_s - words[0].start_s <= LONGEST_S]
    ends = [n for n, word in enumerate(fitting, start=1) if ends_sentence(word.text)]
    if len(fitting) == len(words) or not ends:
        return tuple(fitting)
    return tuple(fitting[: ends[-1]])
