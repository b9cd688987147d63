"""How values read as words: lengths, dates, states; no layout and no colour."""

from collections.abc import Iterator, Sequence

from voicereflect.core.entry.ids import short
from voicereflect.core.session.keys import ANY_KEY, KEYS
from voicereflect.core.session.state import Phase
from voicereflect.errors import ReflectError
from voicereflect.model import Answer, AnswerState, Deck, Entry

WIDTH = 78
"""Columns of a page that is read like paper."""
BETWEEN_KEYS = " · "
HELD = "What you said is kept."
KEYS_SETTLING = f"any key {ANY_KEY[Phase.SETTLING].label}"
IN_PLACE_OF_TEXT = {
    AnswerState.RECORDING: "(not finished yet)",
    AnswerState.PENDING: "(kept; its text is still to come)",
    AnswerState.SILENT: "(no words were heard; the sound is kept)",
    AnswerState.SKIPPED: "(skipped)",
    AnswerState.WITHDRAWN: "(withdrawn)",
}


def key_rows(keys: str, width: int) -> list[str]:
    """Break a line of keys between one key and the next."""
    rows: list[str] = []
    for key in keys.split(BETWEEN_KEYS):
        if rows and len(rows[-1] + BETWEEN_KEYS + key) <= width:
            rows[-1] += BETWEEN_KEYS + key
        else:
            rows.append(key)
    return rows


def legend(phase: Phase, options: int = 0) -> str:
    """The keys of a phase with their labels; `options`: so many things can be picked by number."""
    numbers = [number_keys(phase, options)] if options else []
    labels = {key: uses[phase].label for key, uses in KEYS.items() if phase in uses}
    letters = (f"{key.upper()} {label}" for key, label in labels.items() if label)
    return BETWEEN_KEYS.join([*numbers, *(each for each in letters if not each[0].isdecimal())])


def number_keys(phase: Phase, options: int) -> str:
    """The keys that pick one of so many, and 0 where it picks none of them."""
    numbers = "1" if options == 1 else f"1–{options}"  # noqa: RUF001 - a range
    picks = f"{numbers} {KEYS['1'][phase].label}"
    none = KEYS["0"].get(phase)
    return f"{picks}{BETWEEN_KEYS}0 {none.label}" if none else picks


def text_of(answer: Answer) -> str:
    """An answer's text, or what stands in its place; a choice needs no words beside it."""
    if answer.picked and answer.state is AnswerState.SILENT:
        return picked_line(answer)
    return answer.text or IN_PLACE_OF_TEXT.get(answer.state, "(no text)")


def picked_line(answer: Answer) -> str:
    """What was chosen from a menu; empty where nothing was."""
    return f"Picked: {answer.picked.words}" if answer.picked else ""


def deck_line(deck: Deck) -> str:
    """A deck's title and length."""
    return f"{deck.title} · about {deck.minutes} minutes" if deck.minutes else deck.title


def answer_line(answer: Answer) -> str:
    """What stands above an answer's text."""
    how = f" ({answer.how})" if answer.how else ""
    return f"Answer {answer.number}{how} · {answer.asked}".removesuffix(" · ")


def saved_line(entry: Entry) -> str:
    """What is said once all of it is on disk."""
    count = sum(answer.state is not AnswerState.SKIPPED for answer in entry.answers)
    answers = "1 answer" if count == 1 else f"{count or 'no'} answers"
    return f"Saved: {answers}. `voicereflect show last` reads it back."


def clock(seconds: float) -> str:
    """Minutes and seconds, as a recorder shows them."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def broken_import(name: str) -> str:
    """What became of an import that a crash broke off."""
    return (
        f"The import of {name} was broken off. Its beginning is in the trash; "
        "`voicereflect import` takes the file in again."
    )


def recovery(
    entry_id: str,
    sound_s: float,
    listed: Sequence[int],
    problem: ReflectError | None,
    *,
    typed: int = 0,
) -> Iterator[str]:
    """What became of an entry that a crash left behind, a line for each thing."""
    if sound_s:
        sound = f"{clock(sound_s)} of sound"
        yield f"Recovered {sound} from a session that broke off: {short(entry_id)}."
    if typed:
        yield f"Recovered what you typed in a session that broke off: {short(entry_id)}."
    for number in listed:
        yield (
            f"Answer {number} of {short(entry_id)} was not in its page any more, but its sound was "
            f"there: it stands there again. To be rid of it take {number}.flac away as well."
        )
    if problem is not None:
        yield f"{short(entry_id)} could not be finished. {problem.line}"
