"""The moves of a sitting: from one state to the next, with what is to be done.

Knows no event; `machine.py` decides which move an event makes.
"""

from collections.abc import Callable
from dataclasses import replace

from voicereflect.core.session.effects import (
    Ask,
    Effect,
    Finish,
    Hold,
    Hush,
    Listen,
    Pick,
    Put,
    Repeat,
    Settle,
    ShowCalm,
    ShowPaused,
    ShowQuote,
    Step,
    StopHearing,
    TellHelpLines,
    Unpick,
    Use,
)
from voicereflect.core.session.state import (
    PACES,
    Choice,
    Ending,
    Past,
    Phase,
    Refusal,
    Skipped,
    State,
)
from voicereflect.errors import DeviceError, ReflectError

Move = Callable[[State], Step]


def proceed(state: State) -> Step:
    """Go on with the question at hand, or to the end; what must come before it comes first."""
    if state.worried and state.hands_free:
        return put(replace(state, worried=None), Choice.CALM)
    if state.worried:
        return with_first(ShowCalm(), proceed(replace(state, worried=None)))
    if state.at >= state.questions:
        return put(state, Choice.FATE) if _fate_is_open(state) else settle(state)
    if state.at in state.quoting and state.freely is None:
        if state.attended or state.hands_free:
            return put(state, Choice.FREELY)
        return proceed(replace(state, freely=False))
    return _asked(state)


def put(state: State, choice: Choice) -> Step:
    """Put a choice about the sitting itself."""
    return replace(state, phase=Phase.CHOOSING, choice=choice, replying=False), (Put(choice),)


def ask(state: State, question: int) -> Step:
    """Ask a question, in the words and at the pace that are wanted by now."""
    return proceed(replace(state, at=question))


def _asked(state: State) -> Step:
    quoting = bool(state.freely) and state.at in state.quoting
    gentler = state.at in state.gentler
    asking = replace(state, phase=Phase.ASKING)
    return asking, (Ask(state.at, gentler=gentler, pace=state.pace, quoting=quoting),)


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
        state,
        phase=Phase.ANSWERING,
        takes=take,
        unread=state.unread | {take},
        paused=False,
        asked_back=(0, 0),
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


def end_reply(state: State, then: Move) -> Step:
    """Stop speaking, and hearing a reply, then go on."""
    if not state.replying:
        return with_first(Hush(), then(state))
    number = state.overheard
    following, effects = then(replace(state, replying=False, closing=state.closing | {number}))
    return following, (Hush(), StopHearing(number), *effects)


def show_quote(state: State, *, aloud: bool) -> Step:
    """Show the earlier answer the question speaks of, if it speaks of one."""
    if state.at not in state.quoting:
        return state, ()
    return state, (ShowQuote(state.at, aloud=aloud),)


def tell_help_lines(state: State) -> Step:
    """Tell whom to call; what is being heard goes on."""
    return state, (TellHelpLines(),)


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
    return with_first(Hush(), with_first(StopHearing(state.takes, problem), _held(ended, problem)))


def lose_source(state: State, problem: ReflectError) -> Step:
    """There is nothing to hear with before an answer; one who has said nothing yet just leaves."""
    return with_first(Hush(), _held(state, problem) if state.takes else _lost(state))


def _held(state: State, problem: ReflectError) -> Step:
    if state.hands_free or not state.attended or not isinstance(problem, DeviceError):
        return _lost(state)
    others = problem.others or state.others
    return replace(state, phase=Phase.HELD, others=others), (Hold(others),)


def _lost(state: State) -> Step:
    return settle(state, Ending.LOST)


def listen_with(state: State, other: int) -> Step:
    """Go on with the question at hand and another device, in place of the lost one."""
    return with_first(Use(state.others[other - 1]), listen(state))


def refuse(state: State, refusal: Refusal) -> Step:
    """Leave the question at hand unanswered."""
    return _refused(remember(state), refusal)


def refuse_in_answer(state: State, refusal: Refusal) -> Step:
    """Leave it unanswered after all; what was said goes to the trash in the end."""
    return end_take(set_aside(remember(state)), lambda ended: _refused(ended, refusal))


def undo(state: State) -> Step:
    """Take the last refusal, redo, choice or lighter wording back."""
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
    if past.picked:
        return replace(restored, phase=Phase.PICKING), (Unpick(past.at),)
    return move_on(restored) if past.redone else ask(restored, past.at)


def undo_in_answer(state: State) -> Step:
    """The same while a take runs; one that replaced a restored take is set aside itself."""
    if not state.past:
        return state, ()
    take, redone = state.takes, state.past[-1].redone
    back, effects = end_take(state, undo)
    return replace(back, aside=back.aside | {take}) if redone else back, effects


def remember(state: State, *, redone: bool = False, picked: bool = False) -> State:
    """Keep what undo goes back to."""
    past = Past(
        at=state.at,
        aside=state.aside,
        skipped=state.skipped,
        gentler=state.gentler,
        redone=redone,
        picked=picked,
    )
    return replace(state, past=(*state.past, past))


def move_on(state: State) -> Step:
    """The next question, or the end."""
    return ask(state, state.at + 1)


def finish(state: State) -> Step:
    """Ask nothing more, because somebody wished to end here."""
    return ask(replace(state, ending=Ending.STOPPED), state.questions)


def settle(state: State, ending: Ending | None = None) -> Step:
    """Wait for texts that are still to come, and ask nothing at all any more."""
    settling = replace(state, phase=Phase.SETTLING, choice=None, ending=ending or state.ending)
    return (settling, (Settle(),)) if settling.unread else leave(settling)


def leave(state: State) -> Step:
    """It is over; what has no text stays pending."""
    return replace(state, phase=Phase.OVER), (Finish(),)


def with_first(effect: Effect, then: Step) -> Step:
    """Put an effect before those of a move."""
    state, effects = then
    return state, (effect, *effects)


def pick(state: State, option: int) -> Step:
    """Choose from the menu of the question at hand; what follows may change with it."""
    picked = replace(remember(state, picked=True), phase=Phase.PICKING, at=state.at + 1)
    return picked, (Pick(state.at, option),)


def pick_in_answer(state: State, option: int) -> Step:
    """The same while a take runs; what was said stays, if anything was."""
    return end_take(
        replace(state, picked=state.picked | {state.takes}), lambda ended: pick(ended, option)
    )


def _fate_is_open(state: State) -> bool:
    kept = state.takes - len(state.aside) - len(state.skipped)
    return state.decides and kept > 0 and (state.attended or state.hands_free)


def _refused(state: State, refusal: Refusal) -> Step:
    number = state.takes + 1
    skipped = Skipped(number=number, question=state.at, refusal=refusal)
    return move_on(replace(state, takes=number, skipped=(*state.skipped, skipped)))
