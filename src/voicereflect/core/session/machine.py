"""One session as a pure machine: what happened in, what to do out.

Knows prompts by their place in the order; no sound, no text, no device, no
clock. `flows/session/loop.py` feeds it events and has its effects done; the
blocks of an answer's sound never come here.
"""

from dataclasses import replace
from functools import partial

from voicereflect.core.session import keys, transitions
from voicereflect.core.session.choices import choosing
from voicereflect.core.session.effects import Hush, Open, RepeatOver, ShowCalm, Step
from voicereflect.core.session.events import (
    Began,
    Commanded,
    Event,
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
from voicereflect.core.session.state import Ending, Phase, State
from voicereflect.core.session.transitions import with_first


def step(state: State, event: Event) -> Step:  # noqa: C901, PLR0911, PLR0912
    """What a session does when something happens; an event out of place changes nothing."""
    match state.phase, event:
        case _, Read(answer, silent):
            return _read(state, answer, silent=silent)
        case _, Worried():
            return _worried(state)
        case _, Interrupted():
            return _interrupted(state)
        case _, Pressed(key):
            return _pressed(state, key)
        case _, SoundEnded(number) | Signed(number) | Commanded(number) if number != state.heard:
            return state, ()  # of a take that has ended meanwhile
        case Phase.NEW, Began() if state.opening:
            return replace(state, phase=Phase.OPENING), (Open(),)
        case Phase.NEW, Began():
            return transitions.ask(state, 0)
        case Phase.OPENING, Spoken() if state.hands_free or not state.attended:
            return transitions.ask(state, 0)
        case Phase.ASKING, Spoken():
            return transitions.listen(state)
        case Phase.ASKING, SourceEmpty(None):
            return transitions.move_on(state)
        case Phase.ASKING, SourceEmpty(problem) if problem:
            return transitions.lose_source(state, problem)
        case Phase.ANSWERING, Spoken():
            return state, (RepeatOver(state.answering.number),)
        case Phase.ANSWERING, Commanded() as command:
            return commanded(state, command)
        case Phase.ANSWERING, Signed(_, sign):
            return signed(state, sign)
        case Phase.ANSWERING, SoundEnded(_, None):
            return transitions.end_take(state, transitions.move_on)
        case Phase.ANSWERING, SoundEnded(_, problem) if problem:
            return transitions.lose(state, problem)
        case Phase.CHOOSING, _:
            return choosing(state, event)
        case Phase.PICKING, Replanned(questions, menus, quoting):
            asking = replace(state.asking, questions=questions, menus=menus, quoting=quoting)
            return transitions.proceed(replace(state, asking=asking))
        case _:
            return state, ()


def _pressed(state: State, key: str) -> Step:
    """What a key does; where something is being said that is cut off, but for a key of no use."""
    binding = keys.binding(key, state.phase)
    if binding is None:
        return state, ()
    move = binding.move(state)
    cuts_off = state.phase in (Phase.OPENING, Phase.ASKING) and move != (state, ())
    return with_first(Hush(), move) if cuts_off else move


def _interrupted(state: State) -> Step:
    """Stop and keep all; a second time leave at once."""
    stop = partial(transitions.settle, ending=Ending.STOPPED)
    match state.phase:
        case Phase.ANSWERING:
            return transitions.end_take(state, stop)
        case Phase.CHOOSING:
            return transitions.end_reply(state, stop)
        case Phase.SETTLING:
            return transitions.leave(state)
        case Phase.OVER:
            return state, ()
        case _:
            return with_first(Hush(), stop(state))


def _read(state: State, answer: int, *, silent: bool) -> Step:
    left = replace(state, unread=state.unread - {answer})
    if silent and answer in state.picked:
        left = replace(left, aside=left.aside | {answer})  # a choice was all it was for
    if left.phase is Phase.SETTLING and not left.unread:
        return transitions.leave(left)
    return left, ()


def _worried(state: State) -> Step:
    """The calm line comes once, after an answer and never during one."""
    if state.worried is None or state.phase is Phase.OVER:
        return state, ()
    worried = replace(state, worried=True)
    match state.phase:
        case Phase.ASKING if state.hands_free:
            return with_first(Hush(), transitions.proceed(worried))
        case Phase.ASKING | Phase.SETTLING:
            return replace(state, worried=None), (ShowCalm(),)
        case _:
            return worried, ()
