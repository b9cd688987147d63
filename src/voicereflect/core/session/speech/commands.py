"""Spoken commands: whole utterances from a short closed list; everything else is an answer.

Knows words alone. Whether an utterance stood by itself, `flows/session/hands_free.py` tells.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from voicereflect.core.decks.menus import NONE, pick_heard
from voicereflect.core.words.marks import without_marks


class Command(Enum):
    """What can be said to the product instead of an answer."""

    AGAIN = auto()
    SKIP = auto()
    UNDO = auto()
    FINISH = auto()
    TOO_MUCH = auto()
    HELP_LINES = auto()
    HOW_LONG = auto()
    DONE = auto()
    MORE = auto()
    YES = auto()
    NO = auto()
    GO_ON = auto()
    WHAT = auto()
    """What can be said."""
    READ_BACK = auto()
    PICK = auto()
    """One of a menu's choices."""
    UNCLEAR = auto()
    """Words that are no reply, where a reply is waited for."""


_SAID: Final = {
    Command.AGAIN: ("again", "say it again", "say that again", "repeat"),
    Command.SKIP: ("skip", "skip this", "skip it"),
    Command.UNDO: ("undo", "undo that"),
    Command.FINISH: ("finish", "finish here", "stop"),
    Command.TOO_MUCH: ("too much", "it is too much", "it's too much", "this is too much"),
    Command.HELP_LINES: ("help lines", "helplines", "help line", "help-lines"),
    Command.HOW_LONG: ("how long", "how long is it", "how long is this", "how long does it take"),
    Command.DONE: ("done", "i am done", "i'm done"),
    Command.MORE: ("more", "ask me more"),
    Command.WHAT: ("what can i say", "what can i say here", "what can i say now"),
    # the last is how the base model hears one "read it back" in five
    Command.READ_BACK: ("read it back", "read that back", "read it back to me", "read it's back"),
    Command.GO_ON: ("go on", "continue"),
    Command.YES: ("yes", "yes it is", "yes i can", "yes please", "yeah"),
    Command.NO: ("no", "no it is not", "no it isn't", "no i can't", "no i cannot", "nope"),
}
TOLD: Final = (
    *("again", "skip", "undo", "done", "more", "finish"),
    *("too much", "how long", "read it back", "help lines", "what can I say"),
)
"""As they are listed: one phrase for each command that any answer may be."""
ALWAYS: Final = frozenset(_SAID) - {Command.YES, Command.NO, Command.GO_ON}
"""Understood in any answer; the rest only where a question was put that it answers."""
LONGEST_S: Final = 3.0
"""Longer utterances are never looked at: the longest phrase takes half of that."""
_WORDS: Final = {phrase: command for command, phrases in _SAID.items() for phrase in phrases}


def heard(text: str, expected: frozenset[Command]) -> Command | None:
    """Give the command that an utterance is, and nothing else; None if it is an answer."""
    command = _WORDS.get(without_marks(text))
    return command if command in expected else None


def option_heard(text: str, menu: Sequence[tuple[str, str]]) -> int | None:
    """Give the number of a menu's choice that an utterance names; 0 is none of these."""
    picked = pick_heard(menu, text) if menu else None
    if picked is None:
        return None
    return 0 if picked == NONE else [id_ for id_, _ in menu].index(picked) + 1
