"""Changes of an entry, and whether its text is a person's; values in, values out."""

from collections.abc import Callable
from dataclasses import replace

from voicereflect.core.entry.ids import short
from voicereflect.core.entry.page.entry_text import canonical, text_hash
from voicereflect.errors import EntryNotFound
from voicereflect.model import TYPED, Answer, AnswerState, Entry, Picked, Transcript


def find_answer(entry: Entry, number: int) -> Answer | None:
    """Give answer `number`, if there is one."""
    return next((each for each in entry.answers if each.number == number), None)


def answer_of(entry: Entry, number: int) -> Answer:
    """Give answer `number`.

    Raises:
        EntryNotFound: the entry has no such answer.
    """
    if (answer := find_answer(entry, number)) is not None:
        return answer
    raise EntryNotFound(
        f"There is no answer {number} in {short(entry.id)}.",
        hint=f"It has {_numbers(entry)}; `voicereflect show {short(entry.id)}` shows them.",
    )


def _numbers(entry: Entry) -> str:
    """Name the answers there are: a take that was set aside leaves a gap."""
    *before, last = (str(each.number) for each in entry.answers) if entry.answers else ("none",)
    return f"{', '.join(before)} and {last}" if before else last


def is_waiting(answer: Answer) -> bool:
    """Tell whether an answer's sound is to be written down."""
    return answer.state is AnswerState.PENDING and not answer.set_aside


def is_persons(answer: Answer) -> bool:
    """Tell whether a person wrote or changed the text (or emptied it)."""
    if not answer.machine_hash:
        return bool(canonical(answer.text))
    return text_hash(answer.text) != answer.machine_hash


def with_answer(entry: Entry, answer: Answer) -> Entry:
    """Add an answer, or put it in place of the one with its number; sorted by number."""
    others = [each for each in entry.answers if each.number != answer.number]
    return replace(entry, answers=tuple(sorted([*others, answer], key=lambda a: a.number)))


def with_begun(entry: Entry, answer: Answer) -> Entry:
    """Add an answer unless one with its number is there."""
    return entry if find_answer(entry, answer.number) else with_answer(entry, answer)


def without_answer(entry: Entry, number: int) -> Entry:
    """Take an answer out; the others keep their numbers."""
    return replace(entry, answers=tuple(each for each in entry.answers if each.number != number))


def with_transcript(entry: Entry, number: int, text: str, *, silent: bool) -> Entry:
    """Put the machine's text under an answer, unless the text there is a person's.

    A person's text stays as it is and the answer is done; what was withdrawn stays so.
    """

    def changed(answer: Answer) -> Answer:
        if answer.state is AnswerState.WITHDRAWN:
            return answer
        if is_persons(answer):
            return replace(answer, state=AnswerState.DONE)
        words = canonical(text)
        state = AnswerState.SILENT if silent else AnswerState.DONE
        return replace(answer, text=words, state=state, machine_hash=text_hash(words))

    return _changed(entry, number, changed)


def with_read(entry: Entry, number: int, transcript: Transcript) -> Entry:
    """Put in what a speech model made of an answer: its text, or why there is none.

    Only where no voice was heard is it silent, or where all of it was a choice that was said.
    """
    made = with_transcript(entry, number, transcript.text, silent=not transcript.text)

    def changed(answer: Answer) -> Answer:
        if answer.state not in (AnswerState.DONE, AnswerState.SILENT) or is_persons(answer):
            return answer
        wordless = answer.state is AnswerState.SILENT and answer.picked is None
        unsure = wordless and transcript.voiced
        state = AnswerState.UNSURE if unsure else answer.state
        return replace(answer, state=state, heard=transcript.heard)

    return _changed(made, number, changed)


def with_typed(entry: Entry, answer: Answer, text: str, state: AnswerState) -> Entry:
    """Put what a person typed into an answer, which is added where it is not there yet.

    It is theirs from the first letter on, so the machine leaves no hash.
    """

    def changed(now: Answer) -> Answer:
        return replace(now, text=canonical(text), state=state, machine_hash="", how=TYPED)

    return _changed(with_begun(entry, answer), answer.number, changed)


def with_state(
    entry: Entry, number: int, state: AnswerState, *, duration_s: float | None = None
) -> Entry:
    """Set where an answer stands, and its length where that is known now."""

    def changed(answer: Answer) -> Answer:
        length = answer.duration_s if duration_s is None else duration_s
        return replace(answer, state=state, duration_s=length)

    return _changed(entry, number, changed)


def picked_in(entry: Entry, number: int, picked: Picked | None) -> Entry:
    """Put a choice into an answer, or take it out."""
    return _changed(entry, number, lambda answer: replace(answer, picked=picked))


def with_set_aside(entry: Entry, number: int, *, aside: bool) -> Entry:
    """Note that an answer was thrown away, or that it was taken back after all."""
    return _changed(entry, number, lambda answer: replace(answer, set_aside=aside))


def _changed(entry: Entry, number: int, change: Callable[[Answer], Answer]) -> Entry:
    return with_answer(entry, change(answer_of(entry, number)))
