"""Whether this is a place to speak freely: asked with closed eyes, and nothing begins before a yes.

A no leads to another time, or to answers that are typed.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from voicereflect.core.session.effects import Introduced, PutIn, Step
from voicereflect.core.session.events import Commanded, Event, Signed, SoundEnded
from voicereflect.core.session.feedback import Insertion
from voicereflect.core.session.losing import lose_reply
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.silence import Sign
from voicereflect.core.session.state import Choice, Ending, State
from voicereflect.core.session.transitions import ask, await_texts, end_reply, put, with_first

UNCLEAR: Final = 2
"""So often it is said what is waited for; words that come from a radio have no end."""
NO: Final = 2
_TYPED: Final = 2


def begin(state: State) -> Step:
    """All is said that comes first: ask about the place where that is to be asked, or begin."""
    return put(state, Choice.PLACE) if state.asks_place else ask(state, 0)


def opened(state: State) -> Step:
    """The opening was heard to its end."""
    begun = begin(state)
    return with_first(Introduced(), begun) if state.introduces else begun


def decide(state: State, option: int) -> Step:
    """Reply by a number; whoever presses ENTER is there and begins, as in any opening."""
    if option == NO:
        return end_reply(state, partial(put, choice=Choice.ELSEWHERE))
    yes = replace(state, replying=replace(state.replying, choice=None))
    return end_reply(yes, partial(ask, question=0))


def decide_elsewhere(state: State, option: int) -> Step:
    """Reply to what is offered instead; without one it is another time."""
    ending = Ending.TYPED if option == _TYPED else Ending.LATER
    return end_reply(state, partial(await_texts, ending=ending))


def waited(state: State, event: Event) -> Step | None:  # noqa: PLR0911 - one case an event
    """What follows while a reply about the place is waited for; None where it is like any other."""
    if state.replying.choice is not Choice.PLACE:
        return None
    match event:
        case Signed(_, Sign.TAKE_YOUR_TIME):
            return _say_again(state)
        case Signed(_, Sign.CLOSE):
            return end_reply(state, partial(await_texts, ending=Ending.SILENT))
        case Signed():
            return state, ()
        case SoundEnded(_, problem) if problem:
            return lose_reply(state, problem)
        case Commanded(_, Command.UNCLEAR | Command.DONE | Command.SKIP | Command.MORE):
            return _unclear(state)
        case Commanded(_, Command.GO_ON):
            return decide(state, 1)
        case _:
            return None


def _unclear(state: State) -> Step:
    replying = state.replying
    if replying.unclear >= UNCLEAR:
        return state, ()
    counted = replace(state, replying=replace(replying, unclear=replying.unclear + 1))
    return _say_again(counted)


def _say_again(state: State) -> Step:
    return state, (PutIn(Insertion.YES_OR_NO),)
