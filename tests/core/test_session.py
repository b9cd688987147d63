"""Claims about the session's machine: one event in, effects out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from voicereflect.core.session import (
    Ask,
    Began,
    Effect,
    EndTake,
    Event,
    Finish,
    Heard,
    Hush,
    Interrupted,
    Keep,
    Listen,
    Open,
    Phase,
    Pressed,
    Read,
    Settle,
    SoundEnded,
    SourceEmpty,
    Spoken,
    State,
    step,
)
from voicereflect.errors import DeviceLost

LOST = DeviceLost("The microphone is gone.", hint="Plug it in.")
PCM = b"\1\0"
QUESTIONS = 3

NEW = State(questions=QUESTIONS, attended=True)
OPENING = replace(NEW, phase=Phase.OPENING)
ASKING = replace(NEW, phase=Phase.ASKING, at=1, takes=1)
LAST = replace(ASKING, at=QUESTIONS - 1)
ANSWERING = replace(NEW, phase=Phase.ANSWERING, at=1, takes=2, unread=frozenset({2}))
SETTLING = replace(NEW, phase=Phase.SETTLING, at=1, takes=2, unread=frozenset({1, 2}))
OVER = replace(NEW, phase=Phase.OVER, at=1, takes=2)
STATES = (NEW, OPENING, ASKING, ANSWERING, SETTLING, OVER)

EVENTS: dict[str, Event] = {
    "began": Began(),
    "spoken": Spoken(),
    "enter": Pressed("enter"),
    "s": Pressed("s"),
    "q": Pressed("q"),
    "space": Pressed("space"),
    "x": Pressed("x"),
    "heard": Heard(2, PCM),
    "heard before": Heard(1, PCM),
    "ended": SoundEnded(2),
    "ended before": SoundEnded(1),
    "lost": SoundEnded(2, LOST),
    "empty": SourceEmpty(),
    "read": Read(2),
    "interrupted": Interrupted(),
}

# Every pair that stands not here changes nothing: no effect, and the state stays as it was.
TABLE: dict[tuple[Phase, str], tuple[Phase, tuple[Effect, ...]]] = {
    (Phase.NEW, "began"): (Phase.OPENING, (Open(),)),
    (Phase.NEW, "interrupted"): (Phase.OVER, (Hush(), Finish())),
    (Phase.OPENING, "enter"): (Phase.ASKING, (Hush(), Ask(0))),
    (Phase.OPENING, "q"): (Phase.OVER, (Hush(), Finish())),
    (Phase.OPENING, "interrupted"): (Phase.OVER, (Hush(), Finish())),
    (Phase.ASKING, "spoken"): (Phase.ANSWERING, (Listen(2, 1),)),
    (Phase.ASKING, "enter"): (Phase.ANSWERING, (Hush(), Listen(2, 1))),
    (Phase.ASKING, "s"): (Phase.ASKING, (Hush(), Ask(2))),
    (Phase.ASKING, "q"): (Phase.OVER, (Hush(), Finish())),
    (Phase.ASKING, "empty"): (Phase.OVER, (Hush(), Finish())),
    (Phase.ASKING, "interrupted"): (Phase.OVER, (Hush(), Finish())),
    (Phase.ANSWERING, "heard"): (Phase.ANSWERING, (Keep(2, PCM),)),
    (Phase.ANSWERING, "enter"): (Phase.ASKING, (EndTake(2), Ask(2))),
    (Phase.ANSWERING, "ended"): (Phase.ASKING, (EndTake(2), Ask(2))),
    (Phase.ANSWERING, "lost"): (Phase.SETTLING, (EndTake(2, LOST), Settle())),
    (Phase.ANSWERING, "q"): (Phase.SETTLING, (EndTake(2), Settle())),
    (Phase.ANSWERING, "interrupted"): (Phase.SETTLING, (EndTake(2), Settle())),
    (Phase.SETTLING, "enter"): (Phase.OVER, (Finish(),)),
    (Phase.SETTLING, "s"): (Phase.OVER, (Finish(),)),
    (Phase.SETTLING, "q"): (Phase.OVER, (Finish(),)),
    (Phase.SETTLING, "space"): (Phase.OVER, (Finish(),)),
    (Phase.SETTLING, "x"): (Phase.OVER, (Finish(),)),
    (Phase.SETTLING, "interrupted"): (Phase.OVER, (Finish(),)),
}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.phase.name.lower())
@pytest.mark.parametrize("name", EVENTS)
def test_every_event_in_every_phase_does_what_the_table_says(state: State, name: str) -> None:
    after, effects = step(state, EVENTS[name])
    if (state.phase, name) in TABLE:
        assert (after.phase, effects) == TABLE[state.phase, name]
    else:
        unread = state.unread - {2} if name == "read" else state.unread
        assert (after, effects) == (replace(state, unread=unread), ())


def test_the_table_is_about_all_phases_and_all_kinds_of_events() -> None:
    assert {state.phase for state in STATES} == set(Phase)
    assert {type(event) for event in EVENTS.values()} == set(Event.__args__)


def test_without_a_person_the_first_question_follows_the_opening() -> None:
    state, effects = step(replace(OPENING, attended=False), Spoken())
    assert (state.phase, effects) == (Phase.ASKING, (Ask(0),))


@pytest.mark.parametrize("event", [Pressed("s"), SourceEmpty()])
def test_after_the_last_question_the_session_ends(event: Event) -> None:
    state, effects = step(LAST, event)
    assert (state.phase, effects[-1]) == (Phase.OVER, Finish())


def test_an_ended_last_answer_is_settled() -> None:
    state, effects = step(replace(ANSWERING, at=QUESTIONS - 1), Pressed("enter"))
    assert (state.phase, effects) == (Phase.SETTLING, (EndTake(2), Settle()))


def test_an_ended_last_answer_whose_text_is_there_already_ends_the_session() -> None:
    read, _ = step(replace(ANSWERING, at=QUESTIONS - 1), Read(2))
    state, effects = step(read, Pressed("enter"))
    assert (state.phase, effects) == (Phase.OVER, (EndTake(2), Finish()))


def test_settling_ends_with_the_last_text_in_any_order() -> None:
    state, effects = step(SETTLING, Read(2))
    assert (state.phase, effects) == (Phase.SETTLING, ())
    state, effects = step(state, Read(2))
    assert (state.phase, effects) == (Phase.SETTLING, ())
    state, effects = step(state, Read(1))
    assert (state.phase, effects) == (Phase.OVER, (Finish(),))


def test_texts_that_arrive_while_the_session_goes_on_are_not_waited_for() -> None:
    state, _ = step(ANSWERING, Read(2))
    assert state.unread == frozenset()


@pytest.mark.xfail(reason="BUG: a Spoken that is queued behind a key counts for the next question")
def test_the_end_of_a_skipped_question_does_not_begin_the_next_answer() -> None:
    """The voice ended after the key was pressed and before the session came to hush it."""
    state, effects = step(ASKING, Pressed("s"))
    assert effects == (Hush(), Ask(2))
    state, effects = step(state, Spoken())
    assert (state.phase, effects) == (Phase.ASKING, ())


numbers = st.integers(0, 4)
events = st.one_of(
    st.just(Began()),
    st.just(Spoken()),
    st.sampled_from(["enter", "space", "s", "q", "x"]).map(Pressed),
    st.builds(Heard, numbers, st.just(PCM)),
    st.builds(SoundEnded, numbers, st.sampled_from([None, LOST])),
    st.just(SourceEmpty()),
    st.builds(Read, numbers),
    st.just(Interrupted()),
)
states = st.builds(State, questions=st.integers(1, 4), attended=st.booleans())


def after(state: State, happened: list[Event]) -> tuple[State, list[Effect]]:
    done: list[Effect] = []
    for event in happened:
        state, effects = step(state, event)
        done.extend(effects)
    return state, done


@given(states, st.lists(events))
def test_two_interrupts_end_any_session(state: State, happened: list[Event]) -> None:
    state, _ = after(state, [*happened, Interrupted(), Interrupted()])
    assert state.phase is Phase.OVER


@given(states, st.lists(events), st.lists(events))
def test_nothing_happens_after_the_end(
    state: State, happened: list[Event], late: list[Event]
) -> None:
    state, before = after(state, [*happened, Interrupted(), Interrupted()])
    assert before.count(Finish()) == 1
    assert before[-1] == Finish()
    _, effects = after(state, late)
    assert effects == []


@given(st.integers(1, 6), st.integers(0, 7), st.data())
def test_without_a_person_the_devices_alone_bring_a_session_to_its_end(
    questions: int, sounds: int, data: st.DataObject
) -> None:
    state, effects = step(State(questions=questions, attended=False), Began())
    for _ in range(10 * questions + 20):
        if state.phase is Phase.OVER:
            break
        match state.phase, effects:
            case Phase.ASKING, _ if state.takes >= sounds:
                event: Event = SourceEmpty()
            case Phase.OPENING | Phase.ASKING, _:
                event = Spoken()
            case Phase.ANSWERING, _:
                problem = data.draw(st.sampled_from([None, None, LOST]))
                event = data.draw(
                    st.sampled_from([Heard(state.takes, PCM), SoundEnded(state.takes, problem)])
                )
                if isinstance(event, Heard):
                    assert step(state, event)[1] == (Keep(state.takes, PCM),)
                    event = SoundEnded(state.takes, problem)
            case _:
                event = Read(min(state.unread))
        state, effects = step(state, event)
    assert state.phase is Phase.OVER


class Sitting(RuleBasedStateMachine):
    """Any events in any order, as threads that know nothing of each other post them."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State(questions=3, attended=True)
        self.running = 0
        """The take between its Listen and its EndTake."""
        self.takes = 0
        self.asked = -1
        self.finished = False

    def happens(self, event: Event) -> None:
        self.state, effects = step(self.state, event)
        for effect in effects:
            assert not self.finished
            self.check(effect)

    def check(self, effect: Effect) -> None:
        match effect:
            case Listen(answer, question):
                assert not self.running
                assert (answer, question) == (self.takes + 1, self.asked)
                self.running = self.takes = answer
            case Keep(answer, _):
                assert answer == self.running
            case EndTake(answer, _):
                assert answer == self.running
                self.running = 0
            case Ask(question):
                assert not self.running
                assert question == self.asked + 1
                self.asked = question
            case Settle() | Finish():
                assert not self.running
                self.finished = isinstance(effect, Finish)
            case Open() | Hush():
                assert not self.running

    @rule(event=events)
    def anything(self, event: Event) -> None:
        self.happens(event)

    @precondition(lambda self: self.state.phase is Phase.NEW)
    @rule()
    def begins(self) -> None:
        self.happens(Began())

    @precondition(lambda self: self.running)
    @rule(ends=st.booleans())
    def sound(self, *, ends: bool) -> None:
        self.happens(SoundEnded(self.running) if ends else Heard(self.running, PCM))

    @invariant()
    def a_take_runs_exactly_while_answering(self) -> None:
        assert bool(self.running) == (self.state.phase is Phase.ANSWERING)
        assert self.finished == (self.state.phase is Phase.OVER)


TestSitting = Sitting.TestCase
