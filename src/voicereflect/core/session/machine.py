"""One session as a pure machine: what happened in, what to do out.

Knows prompts by their place in the order; no sound, no text, no device, no
clock. `flows/session/loop.py` feeds it events and has its effects done; the
blocks of an answer's sound never come here.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from voicereflect.core.session import keys, losing, place, transitions
from voicereflect.core.session.choices import choosing
from voicereflect.core.session.effects import (
    Acknowledge,
    Allow,
    Effect,
    Forget,
    Hush,
    Open,
    Recall,
    Refuse,
    RepeatOver,
    ShowCalm,
    ShowKeys,
    Step,
)
from voicereflect.core.session.events import (
    Began,
    Commanded,
    DangerNoticed,
    DeviceFound,
    Event,
    Interrupted,
    Pressed,
    Read,
    Replanned,
    Signed,
    SoundEnded,
    SourceEmpty,
    Spoken,
)
from voicereflect.core.session.hands_free import commanded, signed
from voicereflect.core.session.state import Asking, CalmLine, Ending, Phase, State
from voicereflect.core.session.transitions import with_first


def step(state: State, event: Event) -> Step:
    """What a session does when something happens; an event out of place changes nothing."""
    after, effects = _step(state, event)
    return after, (*_refused(state, after), *effects, *_thrown(state, after))


def _step(state: State, event: Event) -> Step:  # noqa: C901, PLR0911, PLR0912
    match state.phase, event:
        case _, Read(answer, silent):
            return _read(state, answer, silent=silent)
        case _, DangerNoticed():
            return _danger_noticed(state)
        case _, Interrupted():
            return _interrupted(state)
        case _, Pressed(key):
            return _pressed(state, key)
        case _, SoundEnded(number) | Signed(number) | Commanded(number) if number != state.heard:
            return state, ()  # of a take that has ended meanwhile
        case Phase.NEW, Began():
            return _began(state)
        case Phase.OPENING, Spoken() if state.hands_free or not state.attended:
            return place.opened(state)
        case Phase.ASKING, Spoken():
            return transitions.answer(state)
        case Phase.ASKING, SourceEmpty(None):
            return transitions.move_on(state)
        case Phase.ASKING, SourceEmpty(problem) if problem:
            return losing.lose_source(state, problem)
        case Phase.ANSWERING, Spoken():
            return state, (RepeatOver(state.answering.number),)
        case Phase.ANSWERING, Commanded() as command:
            return commanded(state, command)
        case Phase.ANSWERING, Signed(_, sign):
            return signed(state, sign)
        case Phase.ANSWERING, SoundEnded(_, None):
            return transitions.end_take(state, transitions.move_on)
        case Phase.ANSWERING, SoundEnded(_, problem) if problem:
            return losing.lose(state, problem)
        case Phase.HELD, Spoken() | DeviceFound():
            return losing.waiting(state, event)
        case Phase.CHOOSING, _:
            return choosing(state, event)
        case Phase.PICKING, Replanned():
            return transitions.proceed(replace(state, asking=replanned(state.asking, event)))
        case _:
            return state, ()


def _began(state: State) -> Step:
    if not state.opening:
        return place.begin(state)
    opens = Open(introduced=state.introduces, place_follows=state.asks_place)
    return replace(state, phase=Phase.OPENING), (opens,)


def replanned(asking: Asking, now: Replanned) -> Asking:
    """Take what the questions are by now."""
    return replace(
        asking,
        questions=now.questions,
        menus=now.menus,
        quoting=now.quoting,
        private=now.private,
        inviting=now.inviting,
    )


def _refused(before: State, after: State) -> Iterator[Effect]:
    """What is refused is kept before anything says so, and whatever comes next."""
    yield from (Allow(each.number) for each in before.skipped if each not in after.skipped)
    yield from (Refuse(each) for each in after.skipped if each not in before.skipped)


def _thrown(before: State, after: State) -> Iterator[Effect]:
    """What goes to the trash is not written down, unless it is taken back."""
    for number in sorted(after.set_aside - before.set_aside):
        yield Forget(number)
    for number in sorted((before.set_aside - after.set_aside) & after.unread):
        yield Recall(number)


def _pressed(state: State, key: str) -> Step:
    """What a key does; something being said is cut off, unless the key is of no use or tells."""
    binding = keys.binding(key, state.phase)
    move = binding.move(state) if binding else (state, ())
    if move == (state, ()):
        feedback = keys.no_use(key, state.phase)
        return state, (Acknowledge(feedback),) if feedback else ()
    speaking = state.phase in (Phase.OPENING, Phase.ASKING) and move[1] != (ShowKeys(),)
    return with_first(Hush(), move) if speaking else move


def _interrupted(state: State) -> Step:
    """Stop and keep all; a second time leave at once."""
    stop = partial(transitions.await_texts, ending=Ending.STOPPED)
    match state.phase:
        case Phase.ANSWERING:
            return transitions.end_take(state, stop)
        case Phase.CHOOSING:
            return transitions.end_reply(state, stop)
        case Phase.AWAITING_TEXTS:
            return transitions.leave(state)
        case Phase.OVER:
            return state, ()
        case _:
            return with_first(Hush(), stop(state))


def _read(state: State, answer: int, *, silent: bool) -> Step:
    left = replace(state, unread=state.unread - {answer})
    if silent:
        left = replace(left, silent=left.silent | {answer})
    if left.phase is Phase.AWAITING_TEXTS and not left.waiting:
        return transitions.leave(left)
    return left, ()


def _danger_noticed(state: State) -> Step:
    """The calm line comes once, after an answer and never during one."""
    if state.calm_line is CalmLine.SHOWN or state.phase is Phase.OVER:
        return state, ()
    due = replace(state, calm_line=CalmLine.DUE)
    match state.phase:
        case Phase.ASKING if state.hands_free:
            return with_first(Hush(), transitions.proceed(due))
        case Phase.ASKING | Phase.RESTORED | Phase.AWAITING_TEXTS:
            return replace(state, calm_line=CalmLine.SHOWN), (ShowCalm(),)
        case _:
            return due, ()
