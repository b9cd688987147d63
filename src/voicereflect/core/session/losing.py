"""What follows when a device goes away: what was said is kept, and it may come back.

With keys a person says how to go on; with closed eyes it is said aloud and waited for.
"""

from dataclasses import replace

from voicereflect.core.session.effects import (
    AwaitDevice,
    Hold,
    Hush,
    Step,
    StopHearing,
    TellFound,
    TellLost,
    Use,
)
from voicereflect.core.session.events import DeviceFound, Spoken
from voicereflect.core.session.state import Choice, Ending, Phase, State
from voicereflect.core.session.transitions import (
    await_texts,
    end_reply,
    listen,
    proceed,
    put,
    with_first,
)
from voicereflect.errors import DeviceError, ReflectError


def lose(state: State, problem: ReflectError) -> Step:
    """The sound broke off: what was said is kept.

    A person may go on with a second part once a device is back; a full disk ends the session.
    """
    following, effects = _held(state, problem)
    return following, (Hush(), StopHearing(state.answering.number, problem), *effects)


def lose_reply(state: State, problem: ReflectError) -> Step:
    """The sound broke off in a reply that has to be waited for; of the reply nothing is kept."""
    number = state.replying.number
    following, effects = end_reply(state, lambda ended: _held(ended, problem))
    told = tuple(
        StopHearing(number, problem) if each == StopHearing(number) else each for each in effects
    )
    return following, told


def lose_source(state: State, problem: ReflectError) -> Step:
    """There is nothing to hear with before an answer; one who has said nothing yet just leaves."""
    waits = state.answering.number or state.hands_free
    return with_first(Hush(), _held(state, problem) if waits else await_texts(state, Ending.LOST))


def listen_with(state: State, other: int) -> Step:
    """Begin a take with another device, counted from 1, in place of the lost one."""
    if not 0 < other <= len(state.others):
        return state, ()
    return with_first(Use(state.others[other - 1]), listen(state))


def waiting(state: State, event: Spoken | DeviceFound) -> Step:
    """It was said aloud that the device is gone; once it is back, the question is asked again."""
    if isinstance(event, Spoken):
        return state, (AwaitDevice(),) if state.hands_free else ()
    if not event.is_back:
        return with_first(TellFound(is_back=False), await_texts(state, Ending.LOST))
    is_asked = state.replying.choice is Choice.PLACE
    again = put(state, Choice.PLACE) if is_asked else proceed(state)
    return with_first(TellFound(is_back=True), again)


def _held(state: State, problem: ReflectError) -> Step:
    is_there = state.attended or state.hands_free
    if not is_there or not isinstance(problem, DeviceError):
        return await_texts(state, Ending.LOST)
    others = problem.others or state.others
    aloud = (TellLost(),) if state.hands_free else ()
    held = (Hold(others), *aloud) if state.attended else (Hold(()), *aloud)
    return replace(state, phase=Phase.HELD, others=others), held
