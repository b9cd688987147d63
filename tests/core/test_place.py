"""Claims about the beginning with closed eyes: nothing is asked before a yes, and a lost
microphone is said aloud and waited for."""

from dataclasses import replace

import pytest

from voicereflect.core.session.effects import (
    Acknowledge,
    Ask,
    AwaitDevice,
    Effect,
    Finish,
    Hold,
    Introduced,
    Open,
    Overhear,
    Put,
    PutIn,
    ReadBack,
    TellFound,
    TellLost,
)
from voicereflect.core.session.events import (
    Began,
    Commanded,
    DeviceFound,
    Event,
    Pressed,
    Signed,
    SoundEnded,
    SourceEmpty,
    Spoken,
)
from voicereflect.core.session.feedback import Feedback, Insertion
from voicereflect.core.session.machine import step
from voicereflect.core.session.offers import offers
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.silence import Sign
from voicereflect.core.session.state import Answering, Asking, Choice, Ending, Phase, State
from voicereflect.errors import DeviceLost

LOST = DeviceLost("The microphone is gone.", hint="Plug it in.")
NEW = State(
    asking=Asking(questions=2), attended=False, hands_free=True, introduces=True, asks_place=True
)
ANSWERING = replace(
    NEW, phase=Phase.ANSWERING, answering=Answering(number=2), unread=frozenset({2})
)


def ran(state: State, *events: Event) -> tuple[State, tuple[Effect, ...]]:
    """The state after some events, and what the last one had done."""
    effects: tuple[Effect, ...] = ()
    for event in events:
        state, effects = step(state, event)
    return state, effects


WAITING, _ = ran(NEW, Began(), Spoken(), Spoken())
ELSEWHERE, _ = ran(WAITING, Commanded(-1, Command.NO), Spoken())


def test_first_it_is_said_what_this_is_then_the_question_is_put_and_a_reply_heard() -> None:
    opened, effects = step(NEW, Began())
    assert effects == (Open(introduced=True, place_follows=True),)
    asked, effects = step(opened, Spoken())
    assert effects == (Introduced(), Put(Choice.PLACE))
    assert step(asked, Spoken())[1] == (Overhear(-1),)


def test_whoever_leaves_during_the_introduction_hears_it_again_next_time() -> None:
    _, effects = ran(replace(NEW, attended=True), Began(), Pressed("enter"))
    assert Introduced() not in effects


@pytest.mark.parametrize(
    "yes",
    [
        Commanded(-1, Command.YES),
        Commanded(-1, Command.PICK, 1),
        Commanded(-1, Command.GO_ON),
        Pressed("enter"),
        Pressed("y"),
        SoundEnded(-1),
        SourceEmpty(),
    ],
    ids=str,
)
def test_a_yes_begins_and_so_does_what_can_give_no_reply(yes: Event) -> None:
    state, effects = step(WAITING, yes)
    assert (state.phase, effects[-1]) == (Phase.ASKING, Ask(0))


@pytest.mark.parametrize("sign", [Sign.MOVING_ON, Sign.END])
def test_no_silence_is_a_yes(sign: Sign) -> None:
    assert step(WAITING, Signed(-1, sign)) == (WAITING, ())


def test_a_long_silence_is_reminded_and_a_very_long_one_closes_the_microphone() -> None:
    assert step(WAITING, Signed(-1, Sign.TAKE_YOUR_TIME))[1] == (PutIn(Insertion.YES_OR_NO),)
    state, effects = step(WAITING, Signed(-1, Sign.CLOSE))
    assert (state.ending, effects[-1]) == (Ending.SILENT, Finish())


def test_what_is_no_reply_is_met_twice_and_no_radio_is_talked_to_for_ever() -> None:
    unclear, state, met = Commanded(-1, Command.UNCLEAR), WAITING, []
    for _ in range(4):
        state, effects = step(state, unclear)
        met.append(effects)
    assert met == [(PutIn(Insertion.YES_OR_NO),)] * 2 + [()] * 2
    assert state.phase is Phase.CHOOSING


def test_a_no_offers_another_time_or_the_screen() -> None:
    assert ELSEWHERE.replying.choice is Choice.ELSEWHERE
    for event, ending in (
        (Commanded(-2, Command.PICK, 2), Ending.TYPED),
        (Commanded(-2, Command.PICK, 1), Ending.LATER),
        (Signed(-2, Sign.END), Ending.LATER),
        (Pressed("2"), Ending.TYPED),
    ):
        state, effects = step(ELSEWHERE, event)
        assert (state.phase, state.ending, effects[-1]) == (Phase.OVER, ending, Finish())


@pytest.mark.parametrize("number", [-1, 2])
def test_what_can_be_said_is_told_wherever_it_is_asked(number: int) -> None:
    state = WAITING if number < 0 else ANSWERING
    told = step(state, Commanded(number, Command.WHAT))
    assert told == (state, (PutIn(Insertion.INTRODUCTION),))


@pytest.mark.parametrize("alone", [True, False])
def test_an_answer_is_read_back_and_the_take_goes_on(*, alone: bool) -> None:
    read = step(ANSWERING, Commanded(2, Command.READ_BACK, alone=alone))
    assert read == (ANSWERING, (ReadBack(running=not alone),))


def test_a_lost_microphone_is_said_then_waited_for_and_what_was_asked_is_asked_again() -> None:
    held, effects = step(ANSWERING, SoundEnded(2, LOST))
    assert (held.phase, effects[-2:]) == (Phase.HELD, (Hold(()), TellLost()))
    assert step(held, Spoken())[1] == (AwaitDevice(),)
    back, effects = step(held, DeviceFound(is_back=True))
    assert (back.phase, effects) == (Phase.ASKING, (TellFound(is_back=True), Ask(0)))
    gone, effects = step(held, DeviceFound(is_back=False))
    assert (gone.ending, effects[0]) == (Ending.LOST, TellFound(is_back=False))


def test_one_lost_before_the_first_question_brings_the_question_about_the_place_again() -> None:
    held, effects = step(WAITING, SoundEnded(-1, LOST))
    assert (held.phase, effects[-1]) == (Phase.HELD, TellLost())
    assert step(held, DeviceFound(is_back=True))[1][-1] == Put(Choice.PLACE)


def test_enter_is_shown_as_what_it_does_there() -> None:
    labels = {each.key: each.label for each in offers(replace(WAITING, attended=True))}
    assert labels["ENTER"] == "begins"
    assert "1–2" in labels  # noqa: RUF001 - a range


@pytest.mark.parametrize("state", [WAITING, ELSEWHERE])
def test_a_number_that_was_not_put_is_no_reply(state: State) -> None:
    assert step(state, Pressed("3")) == (state, (Acknowledge(Feedback.NOTHING),))
