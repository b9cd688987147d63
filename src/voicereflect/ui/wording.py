"""How values read as words: lengths, dates, states; no layout and no colour."""

from collections.abc import Iterator, Sequence

from voicereflect.errors import ReflectError
from voicereflect.model import Answer, AnswerState, Deck, Entry

BETWEEN_KEYS = " · "
KEYS_ASKING = (
    "ENTER answer now · R again · L slower · S skip · N not today · X never · G gentler · "
    "U undo · H help lines · Q finish here"
)
KEYS_ANSWERING = (
    "ENTER done · SPACE pause · R ask again · L slower · D redo · S skip · N not today · "
    "X never · G gentler · U undo · H help lines · Q finish, keep all"
)
HELD = "What you said is kept."
KEYS_HELD = "ENTER go on, once it is back · S next question · Q finish here, keep all"
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


def keys_of(options: int, *, none: bool = True) -> str:
    """The keys of a menu."""
    return f"1–{options} pick{' · 0 none of these' if none else ''}"  # noqa: RUF001 - a range


def held_keys(others: int) -> str:
    """The keys while the device is gone and so many others can be picked."""
    if not others:
        return KEYS_HELD
    numbers = "1" if others == 1 else f"1–{others}"  # noqa: RUF001 - a range
    return f"{numbers} go on with another · {KEYS_HELD}"


def text_of(answer: Answer) -> str:
    """An answer's text, or what stands in its place."""
    return answer.text or IN_PLACE_OF_TEXT.get(answer.state, "(no text)")


def deck_line(deck: Deck) -> str:
    """A deck's title and length."""
    return f"{deck.title} · about {deck.minutes} minutes" if deck.minutes else deck.title


def answer_line(answer: Answer) -> str:
    """What stands above an answer's text."""
    return f"Answer {answer.number} · {answer.asked}".removesuffix(" · ")


def saved_line(entry: Entry) -> str:
    """What is said once all of it is on disk."""
    count = sum(answer.state is not AnswerState.SKIPPED for answer in entry.answers)
    answers = "1 answer" if count == 1 else f"{count or 'no'} answers"
    return f"Saved: {answers}. `voicereflect show last` reads it back."


def clock(seconds: float) -> str:
    """Minutes and seconds, as a recorder shows them."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def recovery(
    entry_id: str, sound_s: float, listed: Sequence[int], problem: ReflectError | None
) -> Iterator[str]:
    """What became of an entry that a crash left behind, a line for each thing."""
    if sound_s:
        yield f"Recovered {clock(sound_s)} of sound from a session that broke off: {entry_id}."
    for number in listed:
        yield (
            f"Answer {number} of {entry_id} was not in its page any more, but its sound was "
            f"there: it stands there again. To be rid of it take {number}.flac away as well."
        )
    if problem is not None:
        yield f"{entry_id} could not be finished. {problem.line}"
