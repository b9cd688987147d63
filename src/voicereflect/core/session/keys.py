"""The keys of a session, all in one table: what each does in a phase, its label, its help.

`machine.py` looks up what to do, a screen the labels, `tools/docs.py` the help for docs/cli.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from voicereflect.core.session import choices, transitions
from voicereflect.core.session.state import Phase, Refusal
from voicereflect.core.session.transitions import Move


@dataclass(frozen=True, slots=True)
class Binding:
    """What a key does in one phase."""

    move: Move
    label: str = ""
    """Beside the key on the screen; without one it is not shown there."""
    help: str = ""
    """In the tables of docs/cli.md."""


Bindings = Mapping[Phase, Binding]
_OPENING, _ASKING, _ANSWERING = Phase.OPENING, Phase.ASKING, Phase.ANSWERING
_HELD, _CHOOSING = Phase.HELD, Phase.CHOOSING
MOST_CHOICES: Final = 3
"""About the session itself; keys above that number do nothing there."""
_SAME_TO_TRASH: Final = "the same; what was said goes to the trash"


def _refusal(refusal: Refusal, label: str, help_asking: str, help_answering: str) -> Bindings:
    in_answer = partial(transitions.refuse_in_answer, refusal=refusal)
    return {
        _ASKING: Binding(partial(transitions.refuse, refusal=refusal), label, help_asking),
        _ANSWERING: Binding(in_answer, label, help_answering),
    }


def _digit(number: int) -> Bindings:
    label = "pick" if number else "none of these"
    pick = partial(transitions.pick, option=number)
    pick_in_answer = partial(transitions.pick_in_answer, option=number)
    uses = {
        _ASKING: Binding(pick, label, "pick from the choices shown; none of them"),
        _ANSWERING: Binding(pick_in_answer, "", "the same; what was said stays, if anything was"),
    }
    if number:
        other = partial(transitions.listen_with, other=number)
        uses[_HELD] = Binding(other, "go on with another")
    if 0 < number <= MOST_CHOICES:
        uses[_CHOOSING] = Binding(partial(choices.decide, option=number), label)
    return uses


KEYS: Final[Mapping[str, Bindings]] = {
    "enter": {
        _OPENING: Binding(partial(transitions.ask, question=0), "begins", "begin"),
        _ASKING: Binding(transitions.listen, "answer now", "answer now"),
        _ANSWERING: Binding(
            partial(transitions.end_take, then=transitions.move_on), "done", "done, next question"
        ),
        _HELD: Binding(transitions.listen, "go on, once it is back", "go on, as a new answer"),
        _CHOOSING: Binding(
            partial(choices.decide, option=choices.UNDECIDED), "leaves it open", "leave it open"
        ),
    },
    "space": {
        _ANSWERING: Binding(
            transitions.pause, "pause", "pause: nothing is kept until SPACE is pressed again"
        ),
    },
    "r": {
        _ASKING: Binding(transitions.ask_again, "again", "hear the question again"),
        _ANSWERING: Binding(
            transitions.ask_again,
            "ask again",
            "the same; that stretch is marked, and not read as answer",
        ),
    },
    "l": {
        _ASKING: Binding(
            transitions.ask_slower, "slower", "again and slower; later questions stay slower"
        ),
        _ANSWERING: Binding(transitions.ask_slower, "slower", "the same"),
    },
    "d": {
        _ANSWERING: Binding(
            transitions.redo,
            "redo",
            "begin the answer anew; the take before it goes to the trash",
        ),
    },
    "s": {
        **_refusal(Refusal.SKIP, "skip", "skip", "skip after all; what was said goes to the trash"),
        _HELD: Binding(transitions.move_on, "next question", "next question"),
    },
    "n": {
        **_refusal(
            Refusal.NOT_TODAY,
            "not today",
            "not today: skip it, and offer this deck no more until tomorrow",
            _SAME_TO_TRASH,
        ),
        _CHOOSING: Binding(partial(choices.decide_yes_or_no, option=2)),
    },
    "x": _refusal(
        Refusal.NEVER,
        "never",
        "never again: skip it now and in every later session",
        _SAME_TO_TRASH,
    ),
    "g": {
        _ASKING: Binding(
            transitions.ask_lighter, "gentler", "the gentler wording; pressed again, the closing"
        ),
        _ANSWERING: Binding(
            partial(transitions.end_take, then=transitions.ask_lighter),
            "gentler",
            "keeps what was said, then the same",
        ),
    },
    **{str(number): _digit(number) for number in range(10)},
    "y": {_CHOOSING: Binding(partial(choices.decide_yes_or_no, option=1))},
    "v": {
        _ASKING: Binding(
            partial(transitions.show_quote, aloud=True),
            "",
            "see and hear the earlier answer the question speaks of",
        ),
        _ANSWERING: Binding(partial(transitions.show_quote, aloud=False), "", "see it"),
    },
    "u": {
        _ASKING: Binding(transitions.undo, "undo", "take back the last pick, S, N, X, D or G"),
        _ANSWERING: Binding(transitions.undo_in_answer, "undo", "the same"),
    },
    "h": {
        _ASKING: Binding(transitions.tell_help_lines, "help lines", "help lines"),
        _ANSWERING: Binding(transitions.tell_help_lines, "help lines", "the same"),
    },
    "q": {
        _OPENING: Binding(transitions.finish, "leaves", "leave"),
        _ASKING: Binding(transitions.finish, "finish here", "finish here, keep all"),
        _ANSWERING: Binding(
            partial(transitions.end_take, then=transitions.finish),
            "finish, keep all",
            "finish here, keep all",
        ),
        _HELD: Binding(transitions.finish, "finish here, keep all", "finish here, keep all"),
        _CHOOSING: Binding(choices.stop, "", "finish here, with the choice left open"),
    },
}
"""By the name a keyboard reports, in the order in which a screen shows them."""
ANY_KEY: Final[Bindings] = {
    Phase.SETTLING: Binding(
        transitions.leave, "leaves the rest for later", "leave the rest for later"
    ),
}
"""What each and every key does."""
_YES_OR_NO: Final = {"y": 1, "n": 2}


def binding(key: str, phase: Phase) -> Binding | None:
    """Give what a key does in a phase; None if nothing. Any script's digits are digits."""
    name = str(int(key)) if key.isdecimal() else key
    return KEYS.get(name, {}).get(phase) or ANY_KEY.get(phase)


def option_of(key: str, options: int) -> int | None:
    """Give the option that a key means where so many are put: 0 for ENTER, else from 1."""
    if key == "enter":
        return choices.UNDECIDED
    number = int(key) if key.isdecimal() else _YES_OR_NO.get(key, 0)
    return number if 0 < number <= options else None
