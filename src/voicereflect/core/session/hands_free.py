"""What silence and spoken commands do to an answer; the moves are those of the keys."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from voicereflect.core.session import transitions as moves
from voicereflect.core.session.commands import Command
from voicereflect.core.session.effects import AskBack, PutIn, Step, Word
from voicereflect.core.session.events import Commanded
from voicereflect.core.session.silence import Sign
from voicereflect.core.session.state import Ending, Refusal, State

MISSES: Final = 2
"""Choices that were heard wrongly, before free telling."""


def signed(state: State, sign: Sign) -> Step:
    """What a silence comes to."""
    match sign:
        case Sign.MOVING_ON:
            return state, (PutIn(Word.MOVING_ON),)
        case Sign.TAKE_YOUR_TIME:
            return state, (PutIn(Word.TAKE_YOUR_TIME),)
        case Sign.END:
            return moves.end_take(state, moves.move_on)
        case Sign.CLOSE:
            return moves.end_take(state, partial(moves.settle, ending=Ending.SILENT))


def commanded(state: State, command: Commanded) -> Step:
    """What a command does; one that stands alone leaves no answer behind."""
    match command.command:
        case Command.PICK:
            return _heard_choice(state, command.option)
        case Command.YES | Command.NO:
            return _asked_back(state, meant=command.command is Command.YES)
        case Command.HELP_LINES:
            return moves.tell_help_lines(state)
        case Command.GO_ON:
            return state, ()
        case Command.SKIP if not command.alone:  # what was said before stays
            return moves.end_take(state, moves.move_on)
        case known:
            return _MOVES[known](moves.set_aside(state) if _ends_bare(command) else state)


def _ends_bare(command: Commanded) -> bool:
    return command.alone and command.command in (Command.FINISH, Command.TOO_MUCH, Command.DONE)


_MOVES: Final[Mapping[Command, Callable[[State], Step]]] = {
    Command.AGAIN: moves.ask_again,
    Command.SKIP: partial(moves.refuse_in_answer, refusal=Refusal.SKIP),
    Command.UNDO: moves.undo_in_answer,
    Command.FINISH: partial(moves.end_take, then=moves.finish),
    Command.TOO_MUCH: partial(moves.end_take, then=moves.ask_lighter),
    Command.DONE: partial(moves.end_take, then=moves.move_on),
}


def _heard_choice(state: State, option: int) -> Step:
    misses = state.asked_back[1]
    if misses >= MISSES:
        return state, ()  # told freely by now
    return replace(state, asked_back=(option + 1, misses)), (AskBack(state.at, option),)


def _asked_back(state: State, *, meant: bool) -> Step:
    waiting, misses = state.asked_back
    if not waiting:
        return state, ()
    if meant:
        return moves.pick_in_answer(state, waiting - 1)
    misses += 1
    again = replace(state, asked_back=(0, misses))
    if misses >= MISSES:
        return again, (PutIn(Word.OWN_WAY),)
    return moves.ask_again(again)
