"""Claims about the session's machine: one event in, effects out."""

from dataclasses import replace

import pytest

from voicereflect.core.session.effects import (
    Acknowledge,
    Ask,
    AwaitTexts,
    Effect,
    Finish,
    Forget,
    Hold,
    Hush,
    Invite,
    Listen,
    Open,
    Pause,
    Pick,
    PutIn,
    Recall,
    Refuse,
    Repeat,
    RepeatOver,
    ShowCalm,
    ShowKeys,
    ShowRestored,
    StopHearing,
    TellFound,
    TellHelpLines,
    Use,
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
from voicereflect.core.session.feedback import Feedback, Insertion
from voicereflect.core.session.keys import KEYS, no_use
from voicereflect.core.session.machine import step
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.silence import Sign
from voicereflect.core.session.state import (
    Answering,
    Asking,
    CalmLine,
    Choice,
    Phase,
    Refusal,
    Replying,
    Skipped,
    State,
)
from voicereflect.errors import DeviceLost

LOST = DeviceLost("The microphone is gone.", hint="Plug it in.")
QUESTIONS = 3

NEW = State(asking=Asking(questions=QUESTIONS), attended=True)
SECOND = replace(NEW, asking=Asking(questions=QUESTIONS, at=1), answering=Answering(number=2))
OPENING = replace(NEW, phase=Phase.OPENING)
ASKING = replace(SECOND, phase=Phase.ASKING, answering=Answering(number=1))
AT_LAST = Asking(questions=QUESTIONS, at=QUESTIONS - 1)
ANSWERING = replace(SECOND, phase=Phase.ANSWERING, unread=frozenset({2}))
HELD = replace(ANSWERING, phase=Phase.HELD)
AWAITING = replace(SECOND, phase=Phase.AWAITING_TEXTS, unread=frozenset({1, 2}))
CHOOSING = replace(SECOND, phase=Phase.CHOOSING, replying=Replying(choice=Choice.FREELY))
PICKING = replace(SECOND, phase=Phase.PICKING)
RESTORED = replace(SECOND, phase=Phase.RESTORED)
OVER = replace(SECOND, phase=Phase.OVER)
STATES = (NEW, OPENING, ASKING, ANSWERING, HELD, RESTORED, CHOOSING, PICKING, AWAITING, OVER)

EVENTS: dict[str, Event] = {
    "began": Began(),
    "spoken": Spoken(),
    **{key: Pressed(key) for key in ("enter", "space", *"drlsnxgqzhvm1?")},
    "ended": SoundEnded(2),
    "ended before": SoundEnded(1),
    "lost": SoundEnded(2, LOST),
    "empty": SourceEmpty(),
    "cannot hear": SourceEmpty(LOST),
    "read": Read(2),
    "replanned": Replanned(questions=QUESTIONS),
    "danger": DangerNoticed(),
    "silence": Signed(2, Sign.END),
    "silence before": Signed(1, Sign.END),
    "finish": Commanded(2, Command.FINISH),
    "finish before": Commanded(1, Command.FINISH),
    "found": DeviceFound(is_back=True),
    "given up": DeviceFound(is_back=False),
    "interrupted": Interrupted(),
}
LEFT = (Phase.OVER, (Hush(), Finish()))
FINISHED = (Phase.OVER, (Hush(), Acknowledge(Feedback.STOPPING), Finish()))
STOPPED = (Hush(), StopHearing(2))


def told(feedback: Feedback) -> Acknowledge:
    return Acknowledge(feedback)


def refuses(number: int, refusal: Refusal) -> Refuse:
    return Refuse(Skipped(number=number, question=1, refusal=refusal))


# Every pair that stands not here changes nothing: no effect, and the state stays as it was.
TABLE: dict[tuple[Phase, str], tuple[Phase, tuple[Effect, ...]]] = {
    (Phase.NEW, "began"): (Phase.OPENING, (Open(),)),
    (Phase.NEW, "interrupted"): LEFT,
    (Phase.OPENING, "enter"): (Phase.ASKING, (Hush(), Ask(0))),
    (Phase.OPENING, "q"): LEFT,
    (Phase.OPENING, "interrupted"): LEFT,
    (Phase.ASKING, "spoken"): (Phase.ANSWERING, (Listen(2, 1),)),
    (Phase.ASKING, "enter"): (Phase.ANSWERING, (Hush(), Listen(2, 1))),
    (Phase.ASKING, "r"): (
        Phase.ASKING,
        (Hush(), told(Feedback.AGAIN), Repeat(1, gentler=False, pace=1.0)),
    ),
    (Phase.ASKING, "l"): (
        Phase.ASKING,
        (Hush(), told(Feedback.SLOWER), Repeat(1, gentler=False, pace=0.85)),
    ),
    (Phase.ASKING, "s"): (
        Phase.ASKING,
        (refuses(2, Refusal.SKIP), Hush(), told(Feedback.SKIPPED), Ask(2)),
    ),
    (Phase.ASKING, "n"): (
        Phase.ASKING,
        (refuses(2, Refusal.NOT_TODAY), Hush(), told(Feedback.NOT_TODAY), Ask(2)),
    ),
    (Phase.ASKING, "x"): (
        Phase.ASKING,
        (refuses(2, Refusal.NEVER), Hush(), told(Feedback.NEVER), Ask(2)),
    ),
    (Phase.ASKING, "g"): (Phase.ASKING, (Hush(), told(Feedback.GENTLER), Ask(1, gentler=True))),
    (Phase.ASKING, "q"): FINISHED,
    (Phase.ASKING, "?"): (Phase.ASKING, (ShowKeys(),)),
    (Phase.ASKING, "empty"): (Phase.ASKING, (Ask(2),)),
    (Phase.ASKING, "cannot hear"): (Phase.HELD, (Hush(), Hold())),
    (Phase.ASKING, "interrupted"): LEFT,
    (Phase.ANSWERING, "spoken"): (Phase.ANSWERING, (RepeatOver(2),)),
    (Phase.ANSWERING, "space"): (
        Phase.ANSWERING,
        (Pause(2, paused=True), told(Feedback.PAUSED)),
    ),
    (Phase.ANSWERING, "r"): (
        Phase.ANSWERING,
        (told(Feedback.AGAIN), Repeat(1, gentler=False, pace=1.0)),
    ),
    (Phase.ANSWERING, "l"): (
        Phase.ANSWERING,
        (told(Feedback.SLOWER), Repeat(1, gentler=False, pace=0.85)),
    ),
    (Phase.ANSWERING, "d"): (
        Phase.ANSWERING,
        (*STOPPED, Listen(3, 1), told(Feedback.REDONE), Forget(2)),
    ),
    (Phase.ANSWERING, "?"): (Phase.ANSWERING, (ShowKeys(),)),
    (Phase.ANSWERING, "enter"): (Phase.ASKING, (*STOPPED, Ask(2))),
    (Phase.ANSWERING, "ended"): (Phase.ASKING, (*STOPPED, Ask(2))),
    (Phase.ANSWERING, "s"): (
        Phase.ASKING,
        (refuses(3, Refusal.SKIP), *STOPPED, told(Feedback.SKIPPED_ASIDE), Ask(2), Forget(2)),
    ),
    (Phase.ANSWERING, "n"): (
        Phase.ASKING,
        (
            refuses(3, Refusal.NOT_TODAY),
            *STOPPED,
            told(Feedback.NOT_TODAY_ASIDE),
            Ask(2),
            Forget(2),
        ),
    ),
    (Phase.ANSWERING, "x"): (
        Phase.ASKING,
        (refuses(3, Refusal.NEVER), *STOPPED, told(Feedback.NEVER_ASIDE), Ask(2), Forget(2)),
    ),
    (Phase.ANSWERING, "g"): (
        Phase.ASKING,
        (*STOPPED, told(Feedback.GENTLER), Ask(1, gentler=True)),
    ),
    (Phase.ANSWERING, "lost"): (Phase.HELD, (Hush(), StopHearing(2, LOST), Hold())),
    (Phase.ANSWERING, "q"): (
        Phase.AWAITING_TEXTS,
        (*STOPPED, told(Feedback.STOPPING), AwaitTexts()),
    ),
    (Phase.ANSWERING, "interrupted"): (Phase.AWAITING_TEXTS, (*STOPPED, AwaitTexts())),
    (Phase.HELD, "found"): (Phase.ASKING, (TellFound(is_back=True), Ask(1))),
    (Phase.HELD, "given up"): (Phase.AWAITING_TEXTS, (TellFound(is_back=False), AwaitTexts())),
    (Phase.HELD, "enter"): (Phase.ANSWERING, (Listen(3, 1),)),
    (Phase.HELD, "s"): (Phase.ASKING, (Ask(2),)),
    (Phase.HELD, "q"): (Phase.AWAITING_TEXTS, (told(Feedback.STOPPING), AwaitTexts())),
    (Phase.HELD, "?"): (Phase.HELD, (ShowKeys(),)),
    (Phase.RESTORED, "enter"): (Phase.ASKING, (Ask(2),)),
    (Phase.RESTORED, "space"): (Phase.ANSWERING, (Listen(3, 1),)),
    (Phase.RESTORED, "d"): (
        Phase.ANSWERING,
        (Listen(3, 1), told(Feedback.REDONE), Forget(0)),
    ),
    (Phase.RESTORED, "h"): (Phase.RESTORED, (TellHelpLines(),)),
    (Phase.RESTORED, "q"): (Phase.OVER, (told(Feedback.STOPPING), Finish())),
    (Phase.RESTORED, "?"): (Phase.RESTORED, (ShowKeys(),)),
    (Phase.RESTORED, "danger"): (Phase.RESTORED, (ShowCalm(),)),
    (Phase.RESTORED, "interrupted"): LEFT,
    (Phase.HELD, "interrupted"): (Phase.AWAITING_TEXTS, (Hush(), AwaitTexts())),
    (Phase.ASKING, "h"): (Phase.ASKING, (Hush(), TellHelpLines())),
    (Phase.ANSWERING, "h"): (Phase.ANSWERING, (TellHelpLines(),)),
    (Phase.ANSWERING, "silence"): (Phase.ASKING, (*STOPPED, Ask(2))),
    (Phase.ANSWERING, "finish"): (
        Phase.OVER,
        (*STOPPED, told(Feedback.STOPPING), Finish(), Forget(2)),
    ),
    (Phase.ASKING, "danger"): (Phase.ASKING, (ShowCalm(),)),
    (Phase.AWAITING_TEXTS, "danger"): (Phase.AWAITING_TEXTS, (ShowCalm(),)),
    (Phase.CHOOSING, "enter"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "1"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "n"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "silence"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "ended"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "lost"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "empty"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "cannot hear"): (Phase.ASKING, (Hush(), Ask(1))),
    (Phase.CHOOSING, "q"): LEFT,
    (Phase.CHOOSING, "finish"): LEFT,
    (Phase.CHOOSING, "?"): (Phase.CHOOSING, (ShowKeys(),)),
    (Phase.CHOOSING, "interrupted"): LEFT,
    (Phase.PICKING, "replanned"): (Phase.ASKING, (Ask(1),)),
    (Phase.PICKING, "interrupted"): LEFT,
    (Phase.AWAITING_TEXTS, "q"): (Phase.OVER, (Finish(),)),
    (Phase.AWAITING_TEXTS, "interrupted"): (Phase.OVER, (Finish(),)),
    (Phase.OPENING, "?"): (Phase.OPENING, (ShowKeys(),)),
}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.phase.name.lower())
@pytest.mark.parametrize("name", EVENTS)
def test_every_event_in_every_phase_does_what_the_table_says(state: State, name: str) -> None:
    after, effects = step(state, EVENTS[name])
    if (state.phase, name) in TABLE:
        assert (after.phase, effects) == TABLE[state.phase, name]
    elif isinstance(event := EVENTS[name], Pressed):
        feedback = no_use(event.key, state.phase)
        assert (after, effects) == (state, (told(feedback),) if feedback else ())
    else:
        unread = state.unread - {2} if name == "read" else state.unread
        is_due = name == "danger" and state.phase is not Phase.OVER
        line = CalmLine.DUE if is_due else state.calm_line
        assert (after, effects) == (replace(state, unread=unread, calm_line=line), ())


def test_the_table_is_about_all_phases_and_all_kinds_of_events() -> None:
    assert {state.phase for state in STATES} == set(Phase)
    assert {type(event) for event in EVENTS.values()} == set(Event.__args__)


def test_without_a_person_the_first_question_follows_the_opening() -> None:
    state, effects = step(replace(OPENING, attended=False), Spoken())
    assert (state.phase, effects) == (Phase.ASKING, (Ask(0),))


@pytest.mark.parametrize("event", [Pressed("s"), SourceEmpty()])
def test_after_the_last_question_the_session_ends(event: Event) -> None:
    state, effects = step(replace(ASKING, asking=AT_LAST), event)
    assert (state.phase, effects[-1]) == (Phase.OVER, Finish())
    skipped = (Skipped(number=2, question=2, refusal=Refusal.SKIP),)
    assert state.skipped == (skipped if isinstance(event, Pressed) else ())


@pytest.mark.parametrize(("quiet", "hands_free"), [(True, False), (False, True)])
def test_whoever_sees_no_screen_hears_that_enter_began_the_answer(
    *, quiet: bool, hands_free: bool
) -> None:
    unseen = replace(ASKING, quiet=quiet, hands_free=hands_free)
    _, effects = step(unseen, Pressed("enter"))
    assert effects == (Hush(), Listen(2, 1), PutIn(Insertion.LISTENING))


def test_a_lost_device_without_a_person_ends_the_session() -> None:
    state, effects = step(replace(ANSWERING, attended=False), SoundEnded(2, LOST))
    assert (state.phase, effects) == (
        Phase.AWAITING_TEXTS,
        (Hush(), StopHearing(2, LOST), AwaitTexts()),
    )


def test_a_second_space_ends_a_pause_and_a_new_take_has_none() -> None:
    paused, _ = step(ANSWERING, Pressed("space"))
    again, effects = step(paused, Pressed("space"))
    assert (again, effects) == (ANSWERING, (Pause(2, paused=False), told(Feedback.GOES_ON)))
    redone, _ = step(paused, Pressed("d"))
    assert redone.answering == Answering(number=3)


def test_who_has_said_nothing_yet_leaves_where_nothing_can_be_heard() -> None:
    after, effects = step(replace(ASKING, answering=Answering()), SourceEmpty(LOST))
    assert (after.phase, effects) == LEFT


@pytest.mark.parametrize(("key", "heard"), [("1", "blue"), ("2", "red"), ("3", ""), ("0", "")])
def test_another_device_is_picked_by_its_number(key: str, heard: str) -> None:
    lost = DeviceLost("It is gone.", hint="Plug it in.", others=("blue", "red"))
    held, effects = step(ANSWERING, SoundEnded(2, lost))
    assert effects[-1] == Hold(("blue", "red"))
    expected = (Use(heard), Listen(3, 1)) if heard else (told(Feedback.NOTHING),)
    assert step(held, Pressed(key))[1] == expected


def test_a_redone_take_goes_to_the_trash_at_the_end_unless_it_is_restored() -> None:
    redone, _ = step(ANSWERING, Pressed("d"))
    assert redone.set_aside == {2}
    restored, effects = step(redone, Pressed("u"))
    assert restored.set_aside == {3}
    assert (restored.phase, restored.asking.at) == (Phase.RESTORED, 1)
    assert effects == (
        *(Hush(), StopHearing(3), told(Feedback.RESTORED_INSTEAD), ShowRestored(2)),
        *(Forget(3), Recall(2)),
    )
    assert step(restored, Pressed("enter"))[1] == (Ask(2),)
    more, effects = step(restored, Pressed("space"))
    assert (more.phase, effects) == (Phase.ANSWERING, (Listen(4, 1),))
    anew, _ = step(restored, Pressed("d"))
    assert anew.set_aside == {2, 3}


def test_undo_with_nothing_to_undo_says_so() -> None:
    assert step(ASKING, Pressed("u")) == (ASKING, (told(Feedback.NO_UNDO),))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.phase.name.lower())
@pytest.mark.parametrize("key", [*KEYS, "z"])
def test_every_key_is_answered_wherever_a_key_is_waited_for(state: State, key: str) -> None:
    _, effects = step(state, Pressed(key))
    waits = state.phase not in (Phase.NEW, Phase.PICKING, Phase.OVER)
    assert bool(effects) == waits


@pytest.mark.parametrize("state", [ASKING, ANSWERING], ids=["asked", "answering"])
def test_whoever_leaves_a_deck_for_today_meets_its_last_question_alone(state: State) -> None:
    many = replace(state, asking=Asking(questions=5, at=1))
    left, effects = step(many, Pressed("n"))
    assert [each for each in effects if isinstance(each, Ask)] == [Ask(4)]
    back, effects = step(left, Pressed("u"))
    assert back.asking.at == 1
    assert Ask(1) in effects


def test_what_is_set_aside_is_not_waited_for_and_not_written_down() -> None:
    refused, effects = step(replace(ANSWERING, asking=AT_LAST), Pressed("n"))
    assert effects[-1] == Forget(2)
    assert (refused.phase, refused.waiting) == (Phase.OVER, frozenset())
    back, effects = step(replace(refused, phase=Phase.ASKING), Pressed("u"))
    assert effects[-1] == Recall(2)
    assert told(Feedback.TAKEN_BACK_SAID) in effects
    assert back.waiting == {2}


def test_a_take_that_an_undo_cut_off_is_set_aside_only_without_a_word() -> None:
    skipped, _ = step(ANSWERING, Pressed("s"))
    listening, _ = step(skipped, Spoken())
    back, _ = step(listening, Pressed("u"))
    assert (back.asking.at, back.set_aside) == (1, frozenset())
    number = listening.answering.number
    assert step(back, Read(number, silent=True))[0].thrown == {number}
    assert step(back, Read(number))[0].thrown == frozenset()


INVITING = replace(
    ANSWERING, asking=replace(ANSWERING.asking, inviting=frozenset({0, 1})), attended=True
)


def test_more_is_asked_for_once_after_an_answer_and_never_twice_in_a_row() -> None:
    invited, effects = step(INVITING, Pressed("m"))
    assert (invited.phase, effects) == (Phase.ASKING, (*STOPPED, Invite(1, 1)))
    more, effects = step(invited, Spoken())
    assert effects == (Listen(3, 1),)
    assert step(more, Pressed("m")) == (more, (told(Feedback.NO_MORE),))
    following, effects = step(more, Pressed("enter"))
    assert effects[-1] == Ask(2)
    last, _ = step(following, Spoken())
    assert step(last, Pressed("m")) == (last, (told(Feedback.NO_MORE),))


def test_the_word_more_asks_as_the_key_does_once_something_was_said() -> None:
    hearing = replace(INVITING, hands_free=True)
    asked = step(hearing, Commanded(2, Command.MORE, alone=False))
    assert asked[1] == (*STOPPED, Invite(1, 1))
    assert step(hearing, Commanded(2, Command.MORE, alone=True)) == (hearing, ())


PRIVATE = replace(
    ASKING,
    asking=replace(ASKING.asking, private=frozenset({1}), menus=(0, 2, 0)),
)


def test_nothing_is_recorded_of_what_is_private() -> None:
    assert step(PRIVATE, Spoken()) == (PRIVATE, ())
    picking, effects = step(PRIVATE, Pressed("2"))
    assert effects == (Hush(), Pick(1, 2, 0))
    assert (picking.answering.number, picking.unread) == (1, frozenset())
    assert step(PRIVATE, Pressed("enter"))[1] == (Hush(), Ask(2))
    assert step(replace(PRIVATE, attended=False), Spoken())[1] == (Ask(2),)
    heard, effects = step(replace(PRIVATE, hands_free=True), Spoken())
    assert effects == (Listen(2, 1, kept=False),)
    assert heard.unread == frozenset()


def test_talk_has_no_key_of_a_question_and_is_never_cut_in_two() -> None:
    talking = replace(ANSWERING, asking=replace(ANSWERING.asking, worded=False))
    for key in "rlsnxg":
        assert step(talking, Pressed(key)) == (talking, (told(Feedback.NO_QUESTION),))


def test_while_a_screen_is_read_aloud_what_is_shown_pauses_the_take() -> None:
    quiet = replace(ANSWERING, quiet=True)
    for key, shown in (("h", TellHelpLines()), ("?", ShowKeys())):
        paused, effects = step(quiet, Pressed(key))
        assert paused.answering.paused
        assert effects == (Pause(2, paused=True), told(Feedback.PAUSED), shown)
        assert step(paused, Pressed("space"))[1] == (Pause(2, paused=False),)


def test_an_ended_last_answer_is_settled() -> None:
    state, effects = step(replace(ANSWERING, asking=AT_LAST), Pressed("enter"))
    assert (state.phase, effects) == (Phase.AWAITING_TEXTS, (*STOPPED, AwaitTexts()))


def test_an_ended_last_answer_whose_text_is_there_already_ends_the_session() -> None:
    read, _ = step(replace(ANSWERING, asking=AT_LAST), Read(2))
    state, effects = step(read, Pressed("enter"))
    assert (state.phase, effects) == (Phase.OVER, (*STOPPED, Finish()))


def test_waiting_for_texts_ends_with_the_last_text_in_any_order() -> None:
    state, effects = step(AWAITING, Read(2))
    assert (state.phase, effects) == (Phase.AWAITING_TEXTS, ())
    state, effects = step(state, Read(2))
    assert (state.phase, effects) == (Phase.AWAITING_TEXTS, ())
    state, effects = step(state, Read(1))
    assert (state.phase, effects) == (Phase.OVER, (Finish(),))


def test_texts_that_arrive_while_the_session_goes_on_are_not_waited_for() -> None:
    state, _ = step(ANSWERING, Read(2))
    assert state.unread == frozenset()
