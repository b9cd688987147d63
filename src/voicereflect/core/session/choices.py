"""Choices about the sitting itself: put, replied to by key or voice, and what follows.

A reply is never recorded. Where none comes, the gentlest of the choices holds.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from voicereflect.core.session import transitions as moves
from voicereflect.core.session.commands import Command
from voicereflect.core.session.effects import (
    Decide,
    Keep,
    Overhear,
    PutIn,
    RepeatOver,
    Step,
    Word,
)
from voicereflect.core.session.events import (
    Commanded,
    Event,
    Heard,
    Pressed,
    Signed,
    SoundEnded,
    SourceEmpty,
    Spoken,
)
from voicereflect.core.session.silence import Sign
from voicereflect.core.session.state import Choice, Ending, Fate, State

UNDECIDED: Final = 0
"""No reply, or none that was put."""
_KEYS: Final = {"1": 1, "2": 2, "3": 3, "enter": UNDECIDED}
_YES_OR_NO: Final = frozenset({Choice.FREELY, Choice.DELETION})
_YES_KEYS: Final = {"y": 1, "n": 2}
_YES_WORDS: Final[Mapping[Command, int]] = {Command.YES: 1, Command.NO: 2}
_FATES: Final[Mapping[tuple[Choice, int], Fate]] = {
    (Choice.FATE, 1): Fate.KEEP,
    (Choice.FATE, 2): Fate.CLOSE,
    (Choice.DELETION, 1): Fate.DELETE,
}


def choosing(state: State, event: Event) -> Step:
    """What a choice that was put comes to."""
    match event:
        case Spoken():
            return _spoken(state)
        case Heard(number, pcm):
            return state, (Keep(number, pcm),)
        case Signed(_, Sign.MOVING_ON):
            return state, (PutIn(Word.MOVING_ON),)
        case Pressed("q") | Commanded(_, Command.FINISH):
            return moves.end_reply(replace(state, ending=Ending.STOPPED), moves.settle)
        case Commanded(_, Command.AGAIN):
            return moves.end_reply(state, _put_again)
        case _:
            return _replied(state, event)


def _replied(state: State, event: Event) -> Step:
    match event:
        case Commanded(_, Command.HELP_LINES) if state.choice is not Choice.CALM:
            return moves.tell_help_lines(state)
        case _:
            option = _reply(event, state.choice)
            return (state, ()) if option is None else _decided(state, option)


def _spoken(state: State) -> Step:
    if state.replying:
        return state, (RepeatOver(state.overheard),)
    if state.choice is None:  # the help lines were told
        return moves.proceed(state)
    if not state.hands_free:
        return state, ()
    number = state.overheard - 1
    return replace(state, overheard=number, replying=True), (Overhear(number),)


def _reply(event: Event, choice: Choice | None) -> int | None:
    """Give the option a key or utterance means for this choice, and for no other."""
    yes_or_no = choice in _YES_OR_NO
    match event:
        case Pressed(key):
            return (_KEYS | _YES_KEYS if yes_or_no else _KEYS).get(key)
        case Commanded(_, Command.HELP_LINES):
            return 1
        case Commanded(_, command, option):
            return _YES_WORDS.get(command, option) if yes_or_no else option
        case Signed(_, Sign.END | Sign.CLOSE) | SoundEnded() | SourceEmpty():
            return UNDECIDED
        case _:
            return None


def _decided(state: State, option: int) -> Step:
    match state.choice:
        case Choice.FREELY:
            return moves.end_reply(replace(state, freely=option == 1), moves.proceed)
        case Choice.CALM:
            then = moves.tell_help_lines if option == 1 else moves.proceed
            return moves.end_reply(replace(state, choice=None), then)
        case None:
            return moves.end_reply(state, moves.proceed)
        case Choice.FATE if option == 3:
            return moves.end_reply(state, _put_deletion)
        case Choice.FATE | Choice.DELETION as choice:
            fate = _FATES.get((choice, option))
            return moves.end_reply(state, partial(_decide, fate))


def _decide(fate: Fate | None, state: State) -> Step:
    if fate is None:
        return moves.settle(state)
    then = moves.leave if fate is Fate.DELETE else moves.settle
    return moves.with_first(Decide(fate), then(state))


def _put_again(state: State) -> Step:
    return moves.put(state, state.choice) if state.choice else (state, ())


def _put_deletion(state: State) -> Step:
    return moves.put(state, Choice.DELETION)
