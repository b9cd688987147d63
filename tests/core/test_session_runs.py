"""Claims about any course a session may take, whatever happens in whatever order."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from voicereflect.core.session import step
from voicereflect.core.sitting import (
    Ask,
    Began,
    Closed,
    Effect,
    EndTake,
    Event,
    Finish,
    Heard,
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
    StopHearing,
)
from voicereflect.errors import DeviceLost

LOST = DeviceLost("The microphone is gone.", hint="Plug it in.")
PCM = b"\1\0"

numbers = st.integers(0, 4)
events = st.one_of(
    st.just(Began()),
    st.just(Spoken()),
    st.sampled_from(["enter", "space", *"drlsnxguqz"]).map(Pressed),
    st.builds(Heard, numbers, st.just(PCM)),
    st.builds(SoundEnded, numbers, st.sampled_from([None, LOST])),
    st.sampled_from([SourceEmpty(), SourceEmpty(LOST)]),
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
    assert [effect for effect in before if isinstance(effect, Finish)] == before[-1:]
    _, effects = after(state, late)
    assert all(isinstance(effect, Keep) and effect.answer in state.closing for effect in effects)


@given(st.integers(1, 6), st.integers(0, 7), st.data())
def test_without_a_person_the_devices_alone_bring_a_session_to_its_end(
    questions: int, sounds: int, data: st.DataObject
) -> None:
    state, _ = step(State(questions=questions, attended=False), Began())
    for _ in range(10 * questions + 20):
        if state.phase is Phase.OVER:
            break
        event: Event
        match state.phase:
            case Phase.ASKING if state.takes >= sounds:
                event = SourceEmpty()
            case Phase.OPENING | Phase.ASKING:
                event = Spoken()
            case Phase.ANSWERING:
                event = SoundEnded(state.takes, data.draw(st.sampled_from([None, None, LOST])))
            case _:
                event = Read(min(state.unread))
        state, _ = step(state, event)
    assert state.phase is Phase.OVER


class Sitting(RuleBasedStateMachine):
    """Any events in any order, as threads that know nothing of each other post them."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State(questions=3, attended=True)
        self.running = 0
        """The take between its Listen and its StopHearing."""
        self.closing: list[int] = []
        """Takes whose Closed is still to come."""
        self.numbers = 0
        self.finished = False

    def happens(self, event: Event) -> None:
        self.state, effects = step(self.state, event)
        for effect in effects:
            assert not self.finished or isinstance(effect, Keep | EndTake)
            self.check(effect)

    def check(self, effect: Effect) -> None:
        match effect:
            case Listen(answer, question):
                assert not self.running
                assert answer > self.numbers
                assert question == self.state.at
                self.running = self.numbers = answer
            case Keep(answer, _):
                assert answer == self.running or answer in self.closing
            case StopHearing(answer, _):
                assert answer == self.running
                self.running = 0
                self.closing.append(answer)
            case EndTake(answer):
                self.closing.remove(answer)
            case Finish():
                self.finished = True
                assert not self.running
                assert not self.state.aside & {each.number for each in self.state.skipped}
            case Ask() | Open() | Settle():
                assert not self.running
            case _:
                pass

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

    @precondition(lambda self: self.closing)
    @rule()
    def closes(self) -> None:
        self.happens(Closed(self.closing[0]))

    @invariant()
    def a_take_runs_exactly_while_answering(self) -> None:
        assert bool(self.running) == (self.state.phase is Phase.ANSWERING)
        assert self.finished == (self.state.phase is Phase.OVER)
        assert self.state.closing == set(self.closing)


TestSitting = Sitting.TestCase
