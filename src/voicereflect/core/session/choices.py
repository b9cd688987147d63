"""Choices about the session itself: put, replied to by key or voice, and what follows.

A reply is never recorded. Where none comes, the gentlest of the choices holds.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from voicereflect.core.session import place, transitions
from voicereflect.core.session.effects import Decide, Overhear, PutIn, RepeatOver, Step
from voicereflect.core.session.events import (
    Commanded,
    Event,
    Signed,
    SoundEnded,
    SourceEmpty,
    Spoken,
)
from voicereflect.core.session.feedback import Insertion
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.phrases import OPTIONS, YES_NO
from voicereflect.core.session.speech.silence import Sign
from voicereflect.core.session.state import Choice, Ending, Fate, State

UNDECIDED: Final = 0
"""No reply, or none that was put."""
_YES_OR_NO: Final = frozenset(choice for choice in Choice if OPTIONS[choice] is YES_NO)
_YES_WORDS: Final[Mapping[Command, int]] = {Command.YES: 1, Command.NO: 2}
_FATES: Final[Mapping[tuple[Choice, int], Fate]] = {
    (Choice.FATE, 1): Fate.KEEP,
    (Choice.FATE, 2): Fate.CLOSE,
    (Choice.DELETION, 1): Fate.DELETE,
}


def choosing(state: State, event: Event) -> Step:
    """What becomes of a choice that was put; keys stand in `keys.py`."""
    choice = state.replying.choice
    if (waiting := place.waited(state, event)) is not None:
        return waiting
    match event:
        case Spoken():
            return _spoken(state)
        case Signed(_, Sign.MOVING_ON):
            return state, (PutIn(Insertion.MOVING_ON),)
        case Signed(_, Sign.END | Sign.CLOSE) | SoundEnded() | SourceEmpty():
            return decide(state, UNDECIDED)
        case Commanded():
            return _commanded(state, event, choice)
        case _:
            return state, ()


def decide(state: State, option: int) -> Step:  # noqa: PLR0911 - one case a choice
    """Reply with an option, from 1, or `UNDECIDED`."""
    match state.replying.choice:
        case Choice.PLACE:
            return place.decide(state, option)
        case Choice.ELSEWHERE:
            return place.decide_elsewhere(state, option)
        case Choice.FREELY:
            freely = replace(state.asking, freely=option == 1)
            return transitions.end_reply(replace(state, asking=freely), transitions.proceed)
        case Choice.CALM:
            then = transitions.tell_help_lines if option == 1 else transitions.proceed
            told = replace(state, replying=replace(state.replying, choice=None))
            return transitions.end_reply(told, then)
        case None:
            return transitions.end_reply(state, transitions.proceed)
        case Choice.FATE if option == 3:
            return transitions.end_reply(state, partial(transitions.put, choice=Choice.DELETION))
        case Choice.FATE | Choice.DELETION as choice:
            fate = _FATES.get((choice, option))
            return transitions.end_reply(state, partial(_decided, fate))


def decide_by_number(state: State, option: int) -> Step:
    """The same by a key with a number on it: nothing where so many were not put."""
    choice = state.replying.choice
    if choice is None or option > len(OPTIONS[choice]):
        return state, ()
    return decide(state, option)


def decide_yes_or_no(state: State, option: int) -> Step:
    """The same by a key that means yes or no: nothing where the choice is neither."""
    return decide(state, option) if state.replying.choice in _YES_OR_NO else (state, ())


def stop(state: State) -> Step:
    """End the session with the choice left open."""
    return transitions.end_reply(replace(state, ending=Ending.STOPPED), transitions.await_texts)


def _commanded(  # noqa: PLR0911 - one case a command
    state: State, commanded: Commanded, choice: Choice | None
) -> Step:
    match commanded.command:
        case Command.FINISH:
            return stop(state)
        case Command.WHAT:
            return state, (PutIn(Insertion.INTRODUCTION),)
        case Command.UNCLEAR:
            return state, ()
        case Command.AGAIN if choice:
            return transitions.end_reply(state, partial(transitions.put, choice=choice))
        case Command.HELP_LINES if choice is not Choice.CALM:
            return transitions.tell_help_lines(state)
        case Command.HELP_LINES:
            return decide(state, 1)
        case Command.YES | Command.NO as word if choice in _YES_OR_NO:
            return decide(state, _YES_WORDS[word])
        case _:
            return decide(state, commanded.option)


def _spoken(state: State) -> Step:
    replying = state.replying
    if replying.heard:
        return state, (RepeatOver(replying.number),)
    if replying.choice is None:  # the help lines were told
        return transitions.proceed(state)
    if not state.hands_free:
        return state, ()
    number = replying.number - 1
    heard = replace(replying, number=number, heard=True)
    return replace(state, replying=heard), (Overhear(number),)


def _decided(fate: Fate | None, state: State) -> Step:
    if fate is None:
        return transitions.await_texts(state)
    then = transitions.leave if fate is Fate.DELETE else transitions.await_texts
    return transitions.with_first(Decide(fate), then(state))
