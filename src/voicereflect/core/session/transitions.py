"""The transitions of a session: from one state to the next, with what is to be done.

Knows no event; `machine.py` decides which move an event makes.
"""

from collections.abc import Callable
from dataclasses import replace

from voicereflect.core.session.effects import (
    Acknowledge,
    Ask,
    AwaitTexts,
    Effect,
    Finish,
    Hush,
    Invite,
    Listen,
    Pause,
    Put,
    PutIn,
    Repeat,
    ShowCalm,
    ShowKeys,
    ShowQuote,
    Step,
    StopHearing,
    TellHelpLines,
)
from voicereflect.core.session.feedback import Feedback, Insertion
from voicereflect.core.session.state import (
    PACES,
    Answering,
    CalmLine,
    Choice,
    Ending,
    Phase,
    State,
)

Move = Callable[[State], Step]


def proceed(state: State) -> Step:
    """Go on with the question at hand, or to the end; what must come before it comes first."""
    if state.calm_line is CalmLine.DUE:
        shown = replace(state, calm_line=CalmLine.SHOWN)
        if state.hands_free:
            return put(shown, Choice.CALM)
        return with_first(ShowCalm(), proceed(shown))
    asking = state.asking
    if asking.invited:
        return replace(state, phase=Phase.ASKING), (Invite(asking.at, asking.invited),)
    if asking.at >= asking.questions:
        return put(state, Choice.FATE) if _fate_is_open(state) else await_texts(state)
    if asking.at in asking.quoting and asking.freely is None and _is_there(state):
        return put(state, Choice.FREELY)
    quoting = bool(asking.freely) and asking.at in asking.quoting
    gentler = asking.at in asking.gentler
    effect = Ask(asking.at, gentler=gentler, pace=asking.pace, quoting=quoting)
    return replace(state, phase=Phase.ASKING), (effect,)


def _is_there(state: State) -> bool:
    return state.attended or state.hands_free


def put(state: State, choice: Choice) -> Step:
    """Put a choice about the sitting itself."""
    replying = replace(state.replying, choice=choice, heard=False)
    return replace(state, phase=Phase.CHOOSING, replying=replying), (Put(choice),)


def ask(state: State, question: int) -> Step:
    """Ask a question, in the words and at the pace that are wanted by now."""
    return proceed(replace(state, asking=replace(state.asking, at=question, invited=0)))


def ask_again(state: State) -> Step:
    """Speak the question once more."""
    return _repeated(state, Feedback.AGAIN)


def ask_slower(state: State) -> Step:
    """Speak the question once more and slower; it stays slower."""
    place = PACES.index(state.asking.pace) + 1
    if place == len(PACES):
        return _repeated(state, Feedback.SLOWEST)
    slower = replace(state, asking=replace(state.asking, pace=PACES[place]))
    return _repeated(slower, Feedback.SLOWER) if state.asking.worded else (state, ())


def _repeated(state: State, feedback: Feedback) -> Step:
    asking = state.asking
    if not asking.worded:
        return state, ()
    again = Repeat(asking.at, asking.at in asking.gentler, asking.pace)
    return state, (Acknowledge(feedback), again)


def invite(state: State) -> Step:
    """End the take and ask for more of it, with words that have no subject; not twice in a row."""
    asking = state.asking
    if asking.at not in asking.inviting or asking.invited:
        return state, ()
    number = asking.invitations + 1
    invited = replace(asking, invited=number, invitations=number)
    return end_take(replace(state, asking=invited), proceed)


def answer(state: State) -> Step:
    """Begin a take when the question was heard, unless nothing said to it is to be kept."""
    if not state.asking.is_private or state.hands_free:
        return listen(state)
    return (state, ()) if state.attended else move_on(state)


def answer_now(state: State) -> Step:
    """Begin a take by a key, with the tone that it cut off; a private question is left open."""
    if state.asking.is_private:
        return move_on(state)
    after, effects = listen(state)
    by_ear = (PutIn(Insertion.LISTENING),) if state.quiet or state.hands_free else ()
    return after, (*effects, *by_ear)


def listen(state: State) -> Step:
    """Begin a take for the question at hand."""
    take, kept = state.answering.number + 1, not state.asking.is_private
    listening = replace(
        state,
        phase=Phase.ANSWERING,
        answering=Answering(number=take),
        unread=state.unread | {take} if kept else state.unread,
    )
    return listening, (Listen(take, state.asking.at, kept),)


def pause(state: State) -> Step:
    """Keep nothing for now, or go on."""
    answering = replace(state.answering, paused=not state.answering.paused)
    feedback = Feedback.PAUSED if answering.paused else Feedback.GOES_ON
    after, effect = replace(state, answering=answering), Pause(answering.number, answering.paused)
    if state.quiet and not answering.paused:
        return after, (effect,)  # a tone says so
    return after, (effect, Acknowledge(feedback))


def paused_first(state: State, then: Move) -> Step:
    """Make a move; where a screen reader would speak into an open microphone, pause before."""
    if not state.quiet or state.phase is not Phase.ANSWERING or state.answering.paused:
        return then(state)
    moved, shown = then(state)
    if (moved, shown) == (state, ()):
        return state, ()
    after, effects = pause(moved)
    return after, (*effects, *shown)


def show_keys(state: State) -> Step:
    """Show every key that does something."""
    return state, (ShowKeys(),)


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
    return replace(state, set_aside=state.set_aside | {state.answering.number})


def move_on(state: State) -> Step:
    """The next question, or the end."""
    return ask(state, state.asking.at + 1)


def finish(state: State) -> Step:
    """Ask nothing more, because somebody wished to end here, and say so."""
    return with_first(Acknowledge(Feedback.STOPPING), stop_asking(state))


def stop_asking(state: State) -> Step:
    """The same without a word, where nothing was said yet."""
    return ask(replace(state, ending=Ending.STOPPED), state.asking.questions)


def await_texts(state: State, ending: Ending | None = None) -> Step:
    """Wait for texts that are still to come, and ask nothing at all any more."""
    waits = replace(
        state,
        phase=Phase.AWAITING_TEXTS,
        replying=replace(state.replying, choice=None),
        ending=ending or state.ending,
    )
    return (waits, (AwaitTexts(),)) if waits.waiting else leave(waits)


def leave(state: State) -> Step:
    """It is over; what has no text stays pending."""
    return replace(state, phase=Phase.OVER), (Finish(),)


def with_first(effect: Effect, then: Step) -> Step:
    """Put an effect before those of a move."""
    state, effects = then
    return state, (effect, *effects)


def _fate_is_open(state: State) -> bool:
    kept = state.answering.number - len(state.set_aside) - len(state.skipped)
    return state.decides and kept > 0 and _is_there(state)
