"""What silence and spoken commands do to an answer; the transitions are those of the keys."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from voicereflect.core.session import transitions, undo
from voicereflect.core.session.effects import AskBack, PutIn, ReadBack, Step
from voicereflect.core.session.events import Commanded
from voicereflect.core.session.feedback import Insertion
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.silence import Sign
from voicereflect.core.session.state import Ending, Refusal, State

MISSES: Final = 2
"""Choices that were heard wrongly, before free telling."""


def signed(state: State, sign: Sign) -> Step:
    """What a silence comes to."""
    match sign:
        case Sign.MOVING_ON:
            return state, (PutIn(Insertion.MOVING_ON),)
        case Sign.TAKE_YOUR_TIME:
            return state, (PutIn(Insertion.TAKE_YOUR_TIME),)
        case Sign.END:
            return transitions.end_take(state, transitions.move_on)
        case Sign.CLOSE:
            return transitions.end_take(
                state, partial(transitions.await_texts, ending=Ending.SILENT)
            )


def commanded(state: State, command: Commanded) -> Step:  # noqa: PLR0911 - one case a command
    """What a command does; one that stands alone leaves no answer behind."""
    match command.command:
        case Command.PICK:
            return _heard_choice(state, command.option)
        case Command.YES | Command.NO:
            return _asked_back(state, meant=command.command is Command.YES)
        case Command.HELP_LINES:
            return transitions.tell_help_lines(state)
        case Command.GO_ON | Command.UNCLEAR:
            return state, ()
        case Command.MORE if command.alone:
            return state, ()  # before an answer there is nothing that more could follow
        case Command.READ_BACK:
            return state, (ReadBack(running=not command.alone),)
        case Command.SKIP if not command.alone:  # what was said before stays
            return transitions.end_take(state, transitions.move_on)
        case known:
            return _MOVES[known](transitions.set_aside(state) if _ends_bare(command) else state)


def _ends_bare(command: Commanded) -> bool:
    return command.alone and command.command in (Command.FINISH, Command.TOO_MUCH, Command.DONE)


_MOVES: Final[Mapping[Command, Callable[[State], Step]]] = {
    Command.AGAIN: transitions.ask_again,
    Command.SKIP: partial(undo.refuse_in_answer, refusal=Refusal.SKIP),
    Command.UNDO: undo.undo_in_answer,
    Command.FINISH: partial(transitions.end_take, then=transitions.finish),
    Command.TOO_MUCH: partial(transitions.end_take, then=undo.ask_gentler),
    Command.HOW_LONG: lambda state: (state, (PutIn(Insertion.HOW_LONG),)),
    Command.WHAT: lambda state: (state, (PutIn(Insertion.INTRODUCTION),)),
    Command.DONE: partial(transitions.end_take, then=transitions.move_on),
    Command.MORE: transitions.invite,
}


def _heard_choice(state: State, option: int) -> Step:
    answering = state.answering
    if answering.misses >= MISSES:
        return state, ()  # told freely by now
    asked = replace(state, answering=replace(answering, asked_back=option + 1))
    return asked, (AskBack(state.asking.at, option),)


def _asked_back(state: State, *, meant: bool) -> Step:
    waiting = state.answering.asked_back
    if not waiting:
        return state, ()
    if meant:
        return undo.pick_in_answer(state, waiting - 1)
    misses = state.answering.misses + 1
    again = replace(state, answering=replace(state.answering, asked_back=0, misses=misses))
    if misses >= MISSES:
        return again, (PutIn(Insertion.OWN_WAY),)
    return transitions.ask_again(again)
