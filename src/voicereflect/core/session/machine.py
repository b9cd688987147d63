"""One sitting as a pure machine: what happened in, what to do out.

Knows prompts by their place in the order; no sound, no text, no device, no
clock. `flows/session/loop.py` turns the effects into deeds and the deeds' ends into
events. The phases stand in the order in which a session meets them.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from voicereflect.core.session import transitions as moves
from voicereflect.core.session.choices import choosing
from voicereflect.core.session.effects import (
    EndTake,
    Hush,
    Keep,
    Open,
    RepeatOver,
    ShowCalm,
    Step,
)
from voicereflect.core.session.events import (
    Began,
    Closed,
    Commanded,
    Event,
    Heard,
    Interrupted,
    Pressed,
    Read,
    Replanned,
    Signed,
    SoundEnded,
    SourceEmpty,
    Spoken,
    Worried,
)
from voicereflect.core.session.hands_free import commanded, signed
from voicereflect.core.session.state import Ending, Phase, Refusal, State
from voicereflect.core.session.transitions import Move, with_first

WHILE_ASKING: dict[str, Move] = {
    "enter": moves.listen,
    "r": moves.ask_again,
    "l": moves.ask_slower,
    "s": partial(moves.refuse, refusal=Refusal.SKIP),
    "n": partial(moves.refuse, refusal=Refusal.NOT_TODAY),
    "x": partial(moves.refuse, refusal=Refusal.NEVER),
    "g": moves.ask_lighter,
    "u": moves.undo,
    "v": partial(moves.show_quote, aloud=True),
    "h": moves.tell_help_lines,
    "q": moves.finish,
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
    "v": partial(moves.show_quote, aloud=False),
    "h": moves.tell_help_lines,
    "q": partial(moves.end_take, then=moves.finish),
}
WHILE_HELD: dict[str, Move] = {
    "enter": moves.listen,
    "s": moves.move_on,
    "q": moves.finish,
}


def step(state: State, event: Event) -> Step:
    """What a session does when something happens; an event out of place changes nothing."""
    match event:
        case Read() | Worried() | Interrupted():
            return _at_any_time(state, event)
        case Heard(answer, pcm) if answer in state.closing:
            return state, (Keep(answer, pcm),)
        case Closed(answer):
            return replace(state, closing=state.closing - {answer}), (EndTake(answer),)
        case Heard(number) | SoundEnded(number) | Signed(number) | Commanded(number) if (
            number != _heard_now(state)
        ):
            return state, ()  # of a take that has ended meanwhile
        case _:
            return _IN_PHASE[state.phase](state, event)


def _at_any_time(state: State, event: Read | Worried | Interrupted) -> Step:
    match event:
        case Read(answer, silent):
            return _read(state, answer, silent=silent)
        case Worried():
            return _worried(state)
        case Interrupted():
            return _interrupted(state)


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
            return with_first(Hush(), moves.finish(state))
        case Spoken() if state.hands_free or not state.attended:
            return moves.ask(state, 0)
        case _:
            return state, ()


def _asking(state: State, event: Event) -> Step:
    match event:
        case Spoken():
            return moves.listen(state)
        case Pressed(key) if key.isdecimal() and int(key) <= state.menu(state.at) > 0:
            return with_first(Hush(), moves.pick(state, int(key)))
        case Pressed(key) if key in WHILE_ASKING:
            move = WHILE_ASKING[key](state)
            return move if move == (state, ()) else with_first(Hush(), move)
        case SourceEmpty(None):
            return moves.move_on(state)
        case SourceEmpty(problem) if problem:
            return moves.lose_source(state, problem)
        case _:
            return state, ()


def _answering(state: State, event: Event) -> Step:
    match event:
        case Heard(answer, pcm):
            return state, () if state.paused else (Keep(answer, pcm),)
        case Spoken():
            return state, (RepeatOver(state.takes),)
        case Pressed() | Commanded() | Signed():
            return _told(state, event)
        case SoundEnded(_, None):
            return moves.end_take(state, moves.move_on)
        case SoundEnded(_, problem) if problem:
            return moves.lose(state, problem)
        case _:
            return state, ()


def _told(state: State, told: Pressed | Commanded | Signed) -> Step:
    """What a key, a spoken command or a silence does to the running take."""
    match told:
        case Pressed(key) if key.isdecimal() and int(key) <= state.menu(state.at) > 0:
            return moves.pick_in_answer(state, int(key))
        case Pressed(key) if key in WHILE_ANSWERING:
            return WHILE_ANSWERING[key](state)
        case Commanded():
            return commanded(state, told)
        case Signed(_, sign):
            return signed(state, sign)
        case _:
            return state, ()


def _held(state: State, event: Event) -> Step:
    match event:
        case Pressed(key) if key.isdecimal() and 0 < int(key) <= len(state.others):
            return moves.listen_with(state, int(key))
        case Pressed(key) if key in WHILE_HELD:
            return WHILE_HELD[key](state)
        case _:
            return state, ()


def _picking(state: State, event: Event) -> Step:
    match event:
        case Replanned(questions, menus, quoting):
            return moves.proceed(replace(state, questions=questions, menus=menus, quoting=quoting))
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
    Phase.CHOOSING: choosing,
    Phase.PICKING: _picking,
    Phase.SETTLING: _settling,
    Phase.OVER: _nothing,
}


def _interrupted(state: State) -> Step:
    """Stop and keep all; a second time leave at once."""
    stop = partial(moves.settle, ending=Ending.STOPPED)
    match state.phase:
        case Phase.ANSWERING:
            return moves.end_take(state, stop)
        case Phase.CHOOSING if state.replying:
            return moves.end_reply(state, stop)
        case Phase.SETTLING:
            return moves.leave(state)
        case Phase.OVER:
            return state, ()
        case _:
            return with_first(Hush(), stop(state))


def _heard_now(state: State) -> int:
    """The number of whatever is being heard: a take, or a reply that is not kept."""
    return state.overheard if state.replying else state.takes


def _read(state: State, answer: int, *, silent: bool) -> Step:
    left = replace(state, unread=state.unread - {answer})
    if silent and answer in state.picked:
        left = replace(left, aside=left.aside | {answer})  # a choice was all it was for
    if left.phase is Phase.SETTLING and not left.unread:
        return moves.leave(left)
    return left, ()


def _worried(state: State) -> Step:
    """The calm line comes once, after an answer and never during one."""
    if state.worried is None or state.phase is Phase.OVER:
        return state, ()
    worried = replace(state, worried=True)
    match state.phase:
        case Phase.ASKING if state.hands_free:
            return with_first(Hush(), moves.proceed(worried))
        case Phase.ASKING | Phase.SETTLING:
            return replace(state, worried=None), (ShowCalm(),)
        case _:
            return worried, ()
