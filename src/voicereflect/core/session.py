"""One sitting as a pure machine: what happened in, what to do out.

Knows prompts by their place in the order; no sound, no text, no device, no
clock. `flows/session.py` turns the effects into deeds and the deeds' ends into
events. The phases stand in the order in which a session meets them.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from voicereflect.core import moves
from voicereflect.core.moves import Move, with_first
from voicereflect.core.sitting import (
    Began,
    Closed,
    EndTake,
    Event,
    Heard,
    Hush,
    Interrupted,
    Keep,
    Open,
    Phase,
    Pressed,
    Read,
    Refusal,
    RepeatOver,
    SoundEnded,
    SourceEmpty,
    Spoken,
    State,
    Step,
)

WHILE_ASKING: dict[str, Move] = {
    "enter": moves.listen,
    "r": moves.ask_again,
    "l": moves.ask_slower,
    "s": partial(moves.refuse, refusal=Refusal.SKIP),
    "n": partial(moves.refuse, refusal=Refusal.NOT_TODAY),
    "x": partial(moves.refuse, refusal=Refusal.NEVER),
    "g": moves.ask_lighter,
    "u": moves.undo,
    "q": moves.settle,
}
WHILE_ANSWERING: dict[str, Move] = {
    "enter": partial(moves.end_take, then=moves.move_on),
    "space": moves.pause,
    "r": moves.ask_again,
    "l": moves.ask_slower,
    "d": moves.redo,
    "s": partial(moves.refuse_in_answer, refusal=Refusal.SKIP),
    "n": partial(moves.refuse_in_answer, refusal=Refusal.NOT_TODAY),
    "x": partial(moves.refuse_in_answer, refusal=Refusal.NEVER),
    "g": partial(moves.end_take, then=moves.ask_lighter),
    "u": moves.undo_in_answer,
    "q": partial(moves.end_take, then=moves.settle),
}
WHILE_HELD: dict[str, Move] = {
    "enter": moves.listen,
    "s": moves.move_on,
    "q": moves.settle,
}


def step(state: State, event: Event) -> Step:
    """What a session does when something happens; an event out of place changes nothing."""
    match event:
        case Read(answer):
            return _read(state, answer)
        case Interrupted():
            return _interrupted(state)
        case Heard(answer, pcm) if answer in state.closing:
            return state, (Keep(answer, pcm),)
        case Closed(answer):
            return replace(state, closing=state.closing - {answer}), (EndTake(answer),)
        case Heard(answer) | SoundEnded(answer) if answer != state.takes:
            return state, ()  # of a take that has ended meanwhile
        case _:
            return _IN_PHASE[state.phase](state, event)


def _new(state: State, event: Event) -> Step:
    if not isinstance(event, Began):
        return state, ()
    if not state.opening:
        return moves.ask(state, 0)
    return replace(state, phase=Phase.OPENING), (Open(),)


def _opening(state: State, event: Event) -> Step:
    match event:
        case Pressed("enter"):
            return with_first(Hush(), moves.ask(state, 0))
        case Pressed("q"):
            return with_first(Hush(), moves.settle(state))
        case Spoken() if not state.attended:
            return moves.ask(state, 0)
        case _:
            return state, ()


def _asking(state: State, event: Event) -> Step:
    match event:
        case Spoken():
            return moves.listen(state)
        case Pressed(key) if key in WHILE_ASKING:
            move = WHILE_ASKING[key](state)
            return move if move == (state, ()) else with_first(Hush(), move)
        case SourceEmpty(None):
            return moves.move_on(state)
        case SourceEmpty():
            return with_first(Hush(), moves.settle(state))
        case _:
            return state, ()


def _answering(state: State, event: Event) -> Step:
    match event:
        case Heard(answer, pcm):
            return state, () if state.paused else (Keep(answer, pcm),)
        case Spoken():
            return state, (RepeatOver(state.takes),)
        case Pressed(key) if key in WHILE_ANSWERING:
            return WHILE_ANSWERING[key](state)
        case SoundEnded(_, None):
            return moves.end_take(state, moves.move_on)
        case SoundEnded(_, problem) if problem:
            return moves.lose(state, problem)
        case _:
            return state, ()


def _held(state: State, event: Event) -> Step:
    match event:
        case Pressed(key) if key in WHILE_HELD:
            return WHILE_HELD[key](state)
        case _:
            return state, ()


def _settling(state: State, event: Event) -> Step:
    return moves.leave(state) if isinstance(event, Pressed) else (state, ())


def _nothing(state: State, _event: Event) -> Step:
    return state, ()


_IN_PHASE: dict[Phase, Callable[[State, Event], Step]] = {
    Phase.NEW: _new,
    Phase.OPENING: _opening,
    Phase.ASKING: _asking,
    Phase.ANSWERING: _answering,
    Phase.HELD: _held,
    Phase.SETTLING: _settling,
    Phase.OVER: _nothing,
}


def _interrupted(state: State) -> Step:
    """Stop and keep all; a second time leave at once."""
    match state.phase:
        case Phase.ANSWERING:
            return moves.end_take(state, moves.settle)
        case Phase.SETTLING:
            return moves.leave(state)
        case Phase.OVER:
            return state, ()
        case _:
            return with_first(Hush(), moves.settle(state))


def _read(state: State, answer: int) -> Step:
    left = replace(state, unread=state.unread - {answer})
    if left.phase is Phase.SETTLING and not left.unread:
        return moves.leave(left)
    return left, ()
