"""The transitions of a session: from one state to the next, with what is to be done.

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
    Pause,
    Pick,
    Put,
    Repeat,
    Settle,
    ShowCalm,
    ShowQuote,
    Step,
    StopHearing,
    TellHelpLines,
    Unpick,
    Use,
)
from voicereflect.core.session.state import (
    PACES,
    Answering,
    Choice,
    Ending,
    Phase,
    Refusal,
    Skipped,
    State,
    Undo,
)
from voicereflect.errors import DeviceError, ReflectError

Move = Callable[[State], Step]


def proceed(state: State) -> Step:
    """Go on with the question at hand, or to the end; what must come before it comes first."""
    if state.worried and state.hands_free:
        return put(replace(state, worried=None), Choice.CALM)
    if state.worried:
        return with_first(ShowCalm(), proceed(replace(state, worried=None)))
    asking = state.asking
    if asking.at >= asking.questions:
        return put(state, Choice.FATE) if _fate_is_open(state) else settle(state)
    if asking.at in asking.quoting and asking.freely is None:
        if state.attended or state.hands_free:
            return put(state, Choice.FREELY)
        return proceed(replace(state, asking=replace(asking, freely=False)))
    quoting = bool(asking.freely) and asking.at in asking.quoting
    gentler = asking.at in asking.gentler
    effect = Ask(asking.at, gentler=gentler, pace=asking.pace, quoting=quoting)
    return replace(state, phase=Phase.ASKING), (effect,)


def put(state: State, choice: Choice) -> Step:
    """Put a choice about the sitting itself."""
    replying = replace(state.replying, choice=choice, heard=False)
    return replace(state, phase=Phase.CHOOSING, replying=replying), (Put(choice),)


def ask(state: State, question: int) -> Step:
    """Ask a question, in the words and at the pace that are wanted by now."""
    return proceed(replace(state, asking=replace(state.asking, at=question)))


def ask_again(state: State) -> Step:
    """Speak the question once more."""
    asking = state.asking
    return state, (Repeat(asking.at, asking.at in asking.gentler, asking.pace),)


def ask_slower(state: State) -> Step:
    """Speak the question once more and slower; it stays slower."""
    pace = PACES[min(PACES.index(state.asking.pace) + 1, len(PACES) - 1)]
    return ask_again(replace(state, asking=replace(state.asking, pace=pace)))


def ask_lighter(state: State) -> Step:
    """Ask the gentler wording; where that was asked already, go to the closing."""
    asking, remembered = state.asking, remember(state)
    if asking.at in asking.gentler:
        return ask(remembered, asking.questions - 1)
    gentler = replace(asking, gentler=asking.gentler | {asking.at})
    return proceed(replace(remembered, asking=gentler))


def listen(state: State) -> Step:
    """Begin a take for the question at hand."""
    take = state.answering.number + 1
    listening = replace(
        state,
        phase=Phase.ANSWERING,
        answering=Answering(number=take),
        unread=state.unread | {take},
    )
    return listening, (Listen(take, state.asking.at),)


def pause(state: State) -> Step:
    """Keep nothing for now, or go on."""
    answering = replace(state.answering, paused=not state.answering.paused)
    return replace(state, answering=answering), (Pause(answering.number, answering.paused),)


def end_take(state: State, then: Move) -> Step:
    """Stop hearing the running take, then go on; its last blocks are still kept."""
    following, effects = then(state)
    return following, (Hush(), StopHearing(state.answering.number), *effects)


def end_reply(state: State, then: Move) -> Step:
    """Stop speaking, and hearing a reply, then go on."""
    replying = state.replying
    if not replying.heard:
        return with_first(Hush(), then(state))
    following, effects = then(replace(state, replying=replace(replying, heard=False)))
    return following, (Hush(), StopHearing(replying.number), *effects)


def show_quote(state: State, *, aloud: bool) -> Step:
    """Show the earlier answer the question speaks of, if it speaks of one."""
    if state.asking.at not in state.asking.quoting:
        return state, ()
    return state, (ShowQuote(state.asking.at, aloud=aloud),)


def tell_help_lines(state: State) -> Step:
    """Tell whom to call; what is being heard goes on."""
    return state, (TellHelpLines(),)


def set_aside(state: State) -> State:
    """Mark the running take for the trash, at the end of the session."""
    return replace(state, aside=state.aside | {state.answering.number})


def redo(state: State) -> Step:
    """Begin the answer anew."""
    return end_take(set_aside(remember(state, redone=True)), listen)


def lose(state: State, problem: ReflectError) -> Step:
    """The sound broke off: what was said is kept.

    A person may go on with a second part once a device is back; a full disk ends the session.
    """
    following, effects = _held(state, problem)
    return following, (Hush(), StopHearing(state.answering.number, problem), *effects)


def lose_source(state: State, problem: ReflectError) -> Step:
    """There is nothing to hear with before an answer; one who has said nothing yet just leaves."""
    return with_first(
        Hush(), _held(state, problem) if state.answering.number else settle(state, Ending.LOST)
    )


def _held(state: State, problem: ReflectError) -> Step:
    if state.hands_free or not state.attended or not isinstance(problem, DeviceError):
        return settle(state, Ending.LOST)
    others = problem.others or state.others
    return replace(state, phase=Phase.HELD, others=others), (Hold(others),)


def listen_with(state: State, other: int) -> Step:
    """Go on with the question at hand and another device, from 1, in place of the lost one."""
    if not 0 < other <= len(state.others):
        return state, ()
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
        asking=replace(state.asking, gentler=past.gentler, at=past.at),
    )
    if past.picked:
        return replace(restored, phase=Phase.PICKING), (Unpick(past.at),)
    return move_on(restored) if past.redone else ask(restored, past.at)


def undo_in_answer(state: State) -> Step:
    """The same while a take runs; one that replaced a restored take is set aside itself."""
    if not state.past:
        return state, ()
    take, redone = state.answering.number, state.past[-1].redone
    back, effects = end_take(state, undo)
    return replace(back, aside=back.aside | {take}) if redone else back, effects


def remember(state: State, *, redone: bool = False, picked: bool = False) -> State:
    """Keep what undo goes back to."""
    past = Undo(
        at=state.asking.at,
        aside=state.aside,
        skipped=state.skipped,
        gentler=state.asking.gentler,
        redone=redone,
        picked=picked,
    )
    return replace(state, past=(*state.past, past))


def move_on(state: State) -> Step:
    """The next question, or the end."""
    return ask(state, state.asking.at + 1)


def finish(state: State) -> Step:
    """Ask nothing more, because somebody wished to end here."""
    return ask(replace(state, ending=Ending.STOPPED), state.asking.questions)


def settle(state: State, ending: Ending | None = None) -> Step:
    """Wait for texts that are still to come, and ask nothing at all any more."""
    settling = replace(
        state,
        phase=Phase.SETTLING,
        replying=replace(state.replying, choice=None),
        ending=ending or state.ending,
    )
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
    asking = state.asking
    if option > asking.menu or not asking.menu:
        return state, ()
    following = replace(asking, at=asking.at + 1)
    picked = replace(remember(state, picked=True), phase=Phase.PICKING, asking=following)
    return picked, (Pick(asking.at, option),)


def pick_in_answer(state: State, option: int) -> Step:
    """The same while a take runs; what was said stays, if anything was."""
    picked = replace(state, picked=state.picked | {state.answering.number})
    after = pick(picked, option)
    return (state, ()) if after == (picked, ()) else end_take(picked, lambda _ended: after)


def _fate_is_open(state: State) -> bool:
    kept = state.answering.number - len(state.aside) - len(state.skipped)
    return state.decides and kept > 0 and (state.attended or state.hands_free)


def _refused(state: State, refusal: Refusal) -> Step:
    number = state.answering.number + 1
    skipped = Skipped(number=number, question=state.asking.at, refusal=refusal)
    answering = replace(state.answering, number=number)
    return move_on(replace(state, answering=answering, skipped=(*state.skipped, skipped)))
