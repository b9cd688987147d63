"""What is said in a session: keys, decks, answers, and what was saved; no layout, no colour."""

from collections.abc import Iterable, Sequence

from voicereflect.core.search.filters import SYNTHETIC
from voicereflect.core.session.keys import KEYS
from voicereflect.core.session.offers import ShownKey
from voicereflect.core.session.state import Phase
from voicereflect.model import Answer, AnswerState, Deck, Entry
from voicereflect.ui.counting import counted, counted_or_no

BETWEEN_KEYS = " · "
HELD = "What you said is kept."
PAUSED = "paused, SPACE goes on"
ANSWER_KEYS = tuple(
    ShownKey(key.upper(), KEYS[key][Phase.ANSWERING].label, main=True)
    for key in ("enter", "space", "?")
)
"""The keys that an answer always has."""


def key_rows(keys: str, width: int) -> list[str]:
    """Break a line of keys between one key and the next."""
    rows: list[str] = []
    for key in keys.split(BETWEEN_KEYS):
        if rows and len(rows[-1] + BETWEEN_KEYS + key) <= width:
            rows[-1] += BETWEEN_KEYS + key
        else:
            rows.append(key)
    return rows


def legend(keys: Sequence[ShownKey]) -> str:
    """Keys with their labels."""
    return BETWEEN_KEYS.join(f"{each.key} {each.label}" for each in keys)


def key_list(keys: Sequence[ShownKey]) -> list[str]:
    """Keys with their labels, one below the other."""
    width = max((len(each.key) for each in keys), default=0)
    return [f"{each.key:{width}}  {each.label}" for each in keys]


def deck_line(deck: Deck) -> str:
    """A deck's title and length."""
    return f"{deck.title} · about {deck.minutes} minutes" if deck.minutes else deck.title


def answer_line(answer: Answer, label: str) -> str:
    """What stands above an answer's text: which question it was, as a person counts them."""
    how = f"({answer.how})" if answer.how else ""
    return " · ".join(filter(None, (" ".join(filter(None, (label, how))), answer.asked)))


def picked_now(words: str) -> str:
    """What is said of a choice at once."""
    return f"You picked: {words}. U takes it back."


def awaiting_line(*, saved: bool) -> str:
    """What is said while the last words are written down."""
    return "Saved. Writing down what you said." if saved else "Saving what you said."


def saved_lines(entry: Entry, set_aside: int) -> list[str]:
    """What is said once all of it is on disk; questions are counted, not takes."""
    answered = [each for each in entry.answers if each.state is not AnswerState.SKIPPED]
    saved = f"Saved: {counted_or_no(_questions(answered), 'answer')}."
    show = "`voicereflect show last` reads it back."
    lines = [saved if entry.speakers == (SYNTHETIC,) else f"{saved} {show}"]
    if waiting := _questions(each for each in answered if each.state is AnswerState.PENDING):
        waits = "waits" if waiting == 1 else "wait"
        later = "`voicereflect transcribe --pending` writes it down."
        lines.append(f"{counted(waiting, 'answer')} still {waits} for text: {later}")
    if set_aside:
        was = "was" if set_aside == 1 else "were"
        lines.append(f"{counted(set_aside, 'take')} {was} set aside: `voicereflect trash list`.")
    return lines


def _questions(answers: Iterable[Answer]) -> int:
    return len({each.prompt.partition("+")[0] for each in answers})
