"""What can be taken back, and taking it back: gentler words, redone takes, refusals and choices."""

from dataclasses import replace
from typing import Final

from voicereflect.core.session.effects import Acknowledge, Pick, ShowRestored, Step, Unpick
from voicereflect.core.session.feedback import Feedback
from voicereflect.core.session.state import Answering, Phase, Refusal, Skipped, State, Undo
from voicereflect.core.session.transitions import (
    ask,
    end_take,
    listen,
    move_on,
    proceed,
    set_aside,
    with_first,
)

_BACK: Final = Acknowledge(Feedback.RESTORED)
_INSTEAD: Final = Acknowledge(Feedback.RESTORED_INSTEAD)
_REFUSED: Final = {
    Refusal.SKIP: (Feedback.SKIPPED, Feedback.SKIPPED_ASIDE),
    Refusal.NOT_TODAY: (Feedback.NOT_TODAY, Feedback.NOT_TODAY_ASIDE),
    Refusal.NEVER: (Feedback.NEVER, Feedback.NEVER_ASIDE),
}


def of_nothing(feedback: Feedback) -> Feedback:
    """Give what is told where not a word was set aside."""
    return {aside: plain for plain, aside in _REFUSED.values()}.get(feedback, feedback)


def ask_gentler(state: State) -> Step:
    """Ask the gentler wording; where that was asked already, go to the closing."""
    asking, remembered = state.asking, remember(state)
    if not asking.worded:
        return state, ()
    if asking.at in asking.gentler:
        return with_first(Acknowledge(Feedback.LAST), ask(remembered, asking.questions - 1))
    gentler = replace(asking, gentler=asking.gentler | {asking.at}, invited=0)
    after = proceed(replace(remembered, asking=gentler))
    return with_first(Acknowledge(Feedback.GENTLER), after)


def ask_gentler_in_answer(state: State) -> Step:
    """The same while a take runs, which is kept."""
    return end_take(state, ask_gentler) if state.asking.worded else (state, ())


def redo(state: State) -> Step:
    """Begin the answer anew."""
    after, effects = end_take(set_aside(remember(state, redone=True)), listen)
    return after, (*effects, Acknowledge(Feedback.REDONE))


def redo_restored(state: State) -> Step:
    """Begin it anew in place of the take that stands again."""
    again = remember(state, redone=True)
    after, effects = listen(replace(again, set_aside=again.set_aside | {state.answering.restored}))
    return after, (*effects, Acknowledge(Feedback.REDONE))


def refuse(state: State, refusal: Refusal) -> Step:
    """Leave the question at hand unanswered."""
    if not state.asking.worded:
        return state, ()
    return with_first(Acknowledge(_REFUSED[refusal][0]), _refused(remember(state), refusal))


def refuse_in_answer(state: State, refusal: Refusal) -> Step:
    """Leave it unanswered after all; what was said goes to the trash in the end."""
    if not state.asking.worded:
        return state, ()
    told = Acknowledge(_REFUSED[refusal][1])
    refused = set_aside(remember(state))
    return end_take(refused, lambda ended: with_first(told, _refused(ended, refusal)))


def pick(state: State, option: int) -> Step:
    """Choose from the menu of the question at hand; what follows may change with it."""
    asking = state.asking
    if option > asking.menu or not asking.menu:
        return state, ()
    if asking.is_private:
        return _picked(state, option, 0)
    number = state.answering.number + 1
    after, effects = _picked(state, option, number)
    return replace(after, answering=Answering(number=number)), effects


def pick_in_answer(state: State, option: int) -> Step:
    """The same while a take runs; what was said stays, if anything was."""
    asking = state.asking
    if option > asking.menu or not asking.menu:
        return state, ()
    number = 0 if asking.is_private else state.answering.number
    return end_take(state, lambda ended: _picked(ended, option, number))


def undo(state: State) -> Step:
    """Take the last refusal, redo, choice or gentler wording back."""
    if not state.past:
        return state, ()
    past = state.past[-1]
    returned = state.set_aside - past.set_aside
    restored = replace(
        state,
        past=state.past[:-1],
        set_aside=past.set_aside,
        skipped=past.skipped,
        asking=replace(state.asking, gentler=past.gentler, at=past.at, invited=0),
    )
    if past.picked is not None:
        idle = replace(restored, phase=Phase.PICKING, idle=restored.idle | {past.picked})
        return idle, (Acknowledge(Feedback.UNPICKED), Unpick(past.at, past.picked))
    if past.redone:
        return _restored(restored, max(returned, default=0), Feedback.RESTORED)
    told = Feedback.TAKEN_BACK_SAID if returned else Feedback.TAKEN_BACK
    return with_first(Acknowledge(told), ask(restored, past.at))


def undo_in_answer(state: State) -> Step:
    """Take it back while a take runs.

    A take that had replaced another is set aside; any other stays only if a word was said in it.
    """
    if not state.past:
        return state, ()
    take = state.answering.number
    if not state.past[-1].redone:
        return end_take(replace(state, idle=state.idle | {take}), undo)

    def instead(ended: State) -> Step:
        back, effects = undo(ended)
        told = tuple(_INSTEAD if each == _BACK else each for each in effects)
        return replace(back, set_aside=back.set_aside | {take}), told

    return end_take(state, instead)


def remember(state: State, *, redone: bool = False, picked: int | None = None) -> State:
    """Keep what undo goes back to."""
    past = Undo(
        at=state.asking.at,
        set_aside=state.set_aside,
        skipped=state.skipped,
        gentler=state.asking.gentler,
        redone=redone,
        picked=picked,
    )
    return replace(state, past=(*state.past, past))


def _restored(state: State, take: int, feedback: Feedback) -> Step:
    """A take stands again; with nobody at the keys the next question comes."""
    if state.hands_free or not state.attended:
        return with_first(Acknowledge(feedback), move_on(state))
    answering = replace(state.answering, restored=take)
    restored = replace(state, phase=Phase.RESTORED, answering=answering)
    return restored, (Acknowledge(feedback), ShowRestored(take))


def _picked(state: State, option: int, number: int) -> Step:
    asking = state.asking
    following = replace(asking, at=asking.at + 1, invited=0)
    picked = replace(remember(state, picked=number), phase=Phase.PICKING, asking=following)
    return picked, (Pick(asking.at, option, number),)


def _refused(state: State, refusal: Refusal) -> Step:
    number = state.answering.number + 1
    skipped = Skipped(number=number, question=state.asking.at, refusal=refusal)
    answering = replace(state.answering, number=number)
    left = replace(state, answering=answering, skipped=(*state.skipped, skipped))
    last = state.asking.questions - 1
    if refusal is Refusal.NOT_TODAY and state.asking.at < last:
        return ask(left, last)
    return move_on(left)
