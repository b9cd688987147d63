"""The keys of a session, all in one table: what each does in a phase, its label, its help.

`machine.py` looks up what to do, a screen the labels, `tools/docs.py` the help for docs/cli.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from voicereflect.core.session import choices, losing, transitions, undo
from voicereflect.core.session.feedback import Feedback
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
    main: bool = False
    """One of the few that are shown without `?`."""


Bindings = Mapping[Phase, Binding]
_OPENING, _ASKING, _ANSWERING = Phase.OPENING, Phase.ASKING, Phase.ANSWERING
_HELD, _CHOOSING, _RESTORED = Phase.HELD, Phase.CHOOSING, Phase.RESTORED
_WITH_HELP: Final = (_OPENING, _ASKING, _ANSWERING, _HELD, _CHOOSING, _RESTORED)
MOST_CHOICES: Final = 3
"""About the session itself; keys above that number do nothing there."""
_SAME_TO_TRASH: Final = "the same; what was said goes to the trash"


def _refusal(
    refusal: Refusal, label: str, help_asking: str, help_answering: str, *, main: bool = False
) -> Bindings:
    in_answer = partial(undo.refuse_in_answer, refusal=refusal)
    refuse = partial(undo.refuse, refusal=refusal)
    return {
        _ASKING: Binding(refuse, label, help_asking, main=main),
        _ANSWERING: Binding(in_answer, label, help_answering, main=main),
    }


def _digit(number: int) -> Bindings:
    label = "pick" if number else "none of these"
    pick = partial(undo.pick, option=number)
    pick_in_answer = partial(undo.pick_in_answer, option=number)
    same = "the same; what was said stays, if anything was"
    uses = {
        _ASKING: Binding(pick, label, "pick from the choices shown; none of them", main=True),
        _ANSWERING: Binding(pick_in_answer, label, same, main=True),
    }
    if number:
        other = partial(losing.listen_with, other=number)
        uses[_HELD] = Binding(other, "go on with another", main=True)
    if 0 < number <= MOST_CHOICES:
        uses[_CHOOSING] = Binding(
            partial(choices.decide_by_number, option=number), label, main=True
        )
    return uses


KEYS: Final[Mapping[str, Bindings]] = {
    "enter": {
        _OPENING: Binding(partial(transitions.ask, question=0), "begins", "begin", main=True),
        _ASKING: Binding(transitions.answer_now, "answer now", "answer now", main=True),
        _ANSWERING: Binding(
            partial(transitions.end_take, then=transitions.move_on),
            "done",
            "done, next question",
            main=True,
        ),
        _HELD: Binding(
            transitions.listen, "go on, once it is back", "go on, as a new answer", main=True
        ),
        _RESTORED: Binding(transitions.move_on, "next question", "next question", main=True),
        _CHOOSING: Binding(
            partial(choices.decide, option=choices.UNDECIDED),
            "leaves it open",
            "leave it open",
            main=True,
        ),
    },
    **{str(number): _digit(number) for number in (*range(1, 10), 0)},
    "space": {
        _ANSWERING: Binding(
            transitions.pause,
            "pause",
            "pause: nothing is kept until SPACE is pressed again",
            main=True,
        ),
        _RESTORED: Binding(transitions.listen, "say more", main=True),
    },
    "m": {
        _ANSWERING: Binding(
            transitions.invite,
            "done, and ask me for more",
            "done, and be asked for more of it once, openly",
        ),
    },
    "r": {
        _ASKING: Binding(
            transitions.ask_again, "hear the question again", "hear the question again"
        ),
        _ANSWERING: Binding(
            transitions.ask_again,
            "hear the question again",
            "the same; that stretch is marked, and not read as answer",
        ),
    },
    "l": {
        _ASKING: Binding(
            transitions.ask_slower,
            "hear it slower",
            "again and slower; later questions stay slower",
        ),
        _ANSWERING: Binding(transitions.ask_slower, "hear it slower", "the same"),
    },
    "d": {
        _ANSWERING: Binding(
            undo.redo,
            "begin this answer anew",
            "begin the answer anew; the take before it goes to the trash",
        ),
        _RESTORED: Binding(undo.redo_restored, "begin anew", main=True),
    },
    "s": {
        **_refusal(
            Refusal.SKIP,
            "skip",
            "skip",
            "skip after all; what was said goes to the trash",
            main=True,
        ),
        _HELD: Binding(transitions.move_on, "next question", "next question", main=True),
    },
    "n": {
        **_refusal(
            Refusal.NOT_TODAY,
            "no more of this deck today",
            "not today: go to the last question, and offer this deck no more until tomorrow",
            _SAME_TO_TRASH,
        ),
        _CHOOSING: Binding(partial(choices.decide_yes_or_no, option=2)),
    },
    "x": _refusal(
        Refusal.NEVER,
        "never ask this again",
        "never again: skip it now and in every later session",
        _SAME_TO_TRASH,
    ),
    "g": {
        _ASKING: Binding(
            undo.ask_gentler,
            "ask something gentler",
            "the gentler wording; pressed again, the closing",
        ),
        _ANSWERING: Binding(
            undo.ask_gentler_in_answer,
            "ask something gentler",
            "keeps what was said, then the same",
        ),
    },
    "y": {_CHOOSING: Binding(partial(choices.decide_yes_or_no, option=1))},
    "v": {
        _ASKING: Binding(
            partial(transitions.show_quote, aloud=True),
            "what you said then",
            "see and hear the earlier answer the question speaks of",
        ),
        _ANSWERING: Binding(
            partial(transitions.paused_first, then=partial(transitions.show_quote, aloud=False)),
            "what you said then",
            "see it",
        ),
    },
    "u": {
        _ASKING: Binding(undo.undo, "take it back", "take back the last pick, S, N, X, D or G"),
        _ANSWERING: Binding(undo.undo_in_answer, "take it back", "the same"),
        _RESTORED: Binding(undo.undo, "take it back"),
    },
    "h": {
        _ASKING: Binding(transitions.tell_help_lines, "help lines", "help lines"),
        _ANSWERING: Binding(
            partial(transitions.paused_first, then=transitions.tell_help_lines),
            "help lines",
            "the same",
        ),
        _RESTORED: Binding(transitions.tell_help_lines, "help lines"),
    },
    "q": {
        _OPENING: Binding(transitions.stop_asking, "leaves", "leave", main=True),
        _ASKING: Binding(transitions.finish, "finish here, keep all", "finish here, keep all"),
        _ANSWERING: Binding(
            partial(transitions.end_take, then=transitions.finish),
            "finish here, keep all",
            "finish here, keep all",
        ),
        _HELD: Binding(
            transitions.finish, "finish here, keep all", "finish here, keep all", main=True
        ),
        _RESTORED: Binding(transitions.finish, "finish here, keep all"),
        _CHOOSING: Binding(choices.stop, "", "finish here, with the choice left open"),
        Phase.AWAITING_TEXTS: Binding(
            transitions.leave, "leaves the rest for later", "leave the rest for later", main=True
        ),
    },
    "?": dict.fromkeys(
        _WITH_HELP,
        Binding(
            partial(transitions.paused_first, then=transitions.show_keys),
            "all keys",
            "show all keys that do something now",
            main=True,
        ),
    ),
}
"""By the name a keyboard reports, in the order in which a screen shows them."""
WITHOUT_SOUND: Final = frozenset(KEYS) - {"space", "m", "r", "l", "d", "?"}
"""Those there are where answers are typed, and `?` is a letter."""
_NO_USE: Final[Mapping[str, Feedback]] = {
    "u": Feedback.NO_UNDO,
    "v": Feedback.NO_QUOTE,
    "m": Feedback.NO_MORE,
    "space": Feedback.NOT_RECORDING,
    "d": Feedback.NOT_RECORDING,
    **dict.fromkeys("rlgsnx", Feedback.NO_QUESTION),
    **dict.fromkeys("0123456789", Feedback.NO_CHOICE),
}
"""Why a key does nothing around a question."""
_ONLY: Final = {Phase.OPENING: Feedback.BEGINS, Phase.AWAITING_TEXTS: Feedback.WRITING}


def binding(key: str, phase: Phase) -> Binding | None:
    """Give what a key does in a phase; None if nothing. Any script's digits are digits."""
    return KEYS.get(_name(key), {}).get(phase)


def no_use(key: str, phase: Phase) -> Feedback | None:
    """Say why a key does nothing; nothing is said where no key is waited for."""
    if phase in _ONLY:
        return _ONLY[phase]
    if phase not in _WITH_HELP:
        return None
    around = phase in (_ASKING, _ANSWERING)
    return _NO_USE.get(_name(key), Feedback.NOTHING) if around else Feedback.NOTHING


def _name(key: str) -> str:
    return str(int(key)) if key.isdecimal() else key


def option_of(key: str, options: int) -> int | None:
    """Give the option that a key means where so many are put: 0 for ENTER, else from 1.

    No letter is one: where two may begin to type a name, it would answer for them.
    """
    if key == "enter":
        return choices.UNDECIDED
    number = int(key) if key.isdecimal() else 0
    return number if 0 < number <= options else None
