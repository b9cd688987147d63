"""The moves of a sitting: from one state to the next, with what is to be done.

Knows no event; `core.session` decides which move an event makes.
"""

from collections.abc import Callable
from dataclasses import replace

from voicereflect.core.sitting import (
    PACES,
    Ask,
    Effect,
    Finish,
    Hold,
    Hush,
    Listen,
    Past,
    Phase,
    Refusal,
    Repeat,
    Settle,
    ShowPaused,
    Skipped,
    State,
    Step,
    StopHearing,
)
from voicereflect.errors import DeviceError, ReflectError

Move = Callable[[State], Step]


def ask(state: State, question: int) -> Step:
    """Ask a question, in the words and at the pace that are wanted by now."""
    asking = replace(state, phase=Phase.ASKING, at=question)
    return asking, (Ask(question, gentler=question in state.gentler, pace=state.pace),)


def ask_again(state: State) -> Step:
    """Speak the question once more."""
    return state, (Repeat(state.at, state.at in state.gentler, state.pace),)


def ask_slower(state: State) -> Step:
    """Speak the question once more and slower; it stays slower."""
    pace = PACES[min(PACES.index(state.pace) + 1, len(PACES) - 1)]
    return ask_again(replace(state, pace=pace))


def ask_lighter(state: State) -> Step:
    """Ask the gentler wording; where that was asked already, go to the closing."""
    remembered = remember(state)
    if state.at in state.gentler:
        return ask(remembered, state.questions - 1)
    return ask(replace(remembered, gentler=state.gentler | {state.at}), state.at)


def listen(state: State) -> Step:
    """Begin a take for the question at hand."""
    take = state.takes + 1
    listening = replace(
        state, phase=Phase.ANSWERING, takes=take, unread=state.unread | {take}, paused=False
    )
    return listening, (Listen(take, state.at),)


def pause(state: State) -> Step:
    """Keep nothing for now, or go on."""
    paused = replace(state, paused=not state.paused)
    return paused, (ShowPaused(paused.paused),)


def end_take(state: State, then: Move) -> Step:
    """Stop hearing the running take, then go on; its last blocks are still kept."""
    take = state.takes
    following, effects = then(replace(state, closing=state.closing | {take}))
    return following, (Hush(), StopHearing(take), *effects)


def set_aside(state: State) -> State:
    """Mark the running take for the trash, at the end of the session."""
    return replace(state, aside=state.aside | {state.takes})


def redo(state: State) -> Step:
    """Begin the answer anew."""
    return end_take(set_aside(remember(state, redone=True)), listen)


def lose(state: State, problem: ReflectError) -> Step:
    """The sound broke off: what was said is kept.

    A person may go on with a second part once a device is back; a full disk ends the session.
    """
    ended = replace(state, closing=state.closing | {state.takes})
    stop = StopHearing(state.takes, problem)
    if not state.attended or not isinstance(problem, DeviceError):
        return with_first(Hush(), with_first(stop, settle(ended)))
    return replace(ended, phase=Phase.HELD), (Hush(), stop, Hold())


def refuse(state: State, refusal: Refusal) -> Step:
    """Leave the question at hand unanswered."""
    return _refused(remember(state), refusal)


def refuse_in_answer(state: State, refusal: Refusal) -> Step:
    """Leave it unanswered after all; what was said goes to the trash in the end."""
    return end_take(set_aside(remember(state)), lambda ended: _refused(ended, refusal))


def undo(state: State) -> Step:
    """Take the last refusal, redo or lighter wording back."""
    if not state.past:
        return state, ()
    past = state.past[-1]
    restored = replace(
        state,
        past=state.past[:-1],
        aside=past.aside,
        skipped=past.skipped,
        gentler=past.gentler,
        at=past.at,
    )
    return move_on(restored) if past.redone else ask(restored, past.at)


def undo_in_answer(state: State) -> Step:
    """The same while a take runs; one that replaced a restored take is set aside itself."""
    if not state.past:
        return state, ()
    take, redone = state.takes, state.past[-1].redone
    back, effects = end_take(state, undo)
    return replace(back, aside=back.aside | {take}) if redone else back, effects


def remember(state: State, *, redone: bool = False) -> State:
    """Keep what undo goes back to."""
    past = Past(
        at=state.at,
        aside=state.aside,
        skipped=state.skipped,
        gentler=state.gentler,
        redone=redone,
    )
    return replace(state, past=(*state.past, past))


def move_on(state: State) -> Step:
    """The next question, or the end."""
    if state.at + 1 < state.questions:
        return ask(state, state.at + 1)
    return settle(state)


def settle(state: State) -> Step:
    """Ask nothing more; wait for texts that are still to come."""
    settling = replace(state, phase=Phase.SETTLING)
    return (settling, (Settle(),)) if settling.unread else leave(settling)


def leave(state: State) -> Step:
    """It is over; what has no text stays pending."""
    return replace(state, phase=Phase.OVER), (Finish(),)


def with_first(effect: Effect, then: Step) -> Step:
    """Put an effect before those of a move."""
    state, effects = then
    return state, (effect, *effects)


def _refused(state: State, refusal: Refusal) -> Step:
    number = state.takes + 1
    skipped = Skipped(number=number, question=state.at, refusal=refusal)
    return move_on(replace(state, takes=number, skipped=(*state.skipped, skipped)))
