"""Claims about any course a session may take, whatever happens in whatever order."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from voicereflect.core.session.effects import (
    Allow,
    Ask,
    AwaitTexts,
    Effect,
    Finish,
    Listen,
    Open,
    Overhear,
    Pause,
    Pick,
    Put,
    Refuse,
    StopHearing,
    Unpick,
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
from voicereflect.core.session.machine import step
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.speech.silence import Sign
from voicereflect.core.session.state import Asking, Phase, Skipped, State
from voicereflect.errors import DeviceLost

LOST = DeviceLost("The microphone is gone.", hint="Plug it in.")

numbers = st.integers(0, 4)
events = st.one_of(
    st.just(Began()),
    st.just(Spoken()),
    st.sampled_from(["enter", "space", *"drlsnxguqzhv012"]).map(Pressed),
    st.builds(SoundEnded, numbers, st.sampled_from([None, LOST])),
    st.sampled_from([SourceEmpty(), SourceEmpty(LOST)]),
    st.builds(Read, numbers),
    st.builds(Read, numbers, st.booleans()),
    st.builds(Signed, st.integers(-2, 4), st.sampled_from(Sign)),
    st.builds(
        Commanded, st.integers(-2, 4), st.sampled_from(Command), st.integers(0, 2), st.booleans()
    ),
    st.just(DangerNoticed()),
    st.booleans().map(lambda back: DeviceFound(is_back=back)),
    st.just(Interrupted()),
)
states = st.builds(
    State,
    asking=st.builds(
        Asking,
        questions=st.integers(1, 4),
        menus=st.just((0, 2)),
        quoting=st.frozensets(st.integers(0, 3)),
    ),
    attended=st.booleans(),
    hands_free=st.booleans(),
    introduces=st.booleans(),
    asks_place=st.booleans(),
    decides=st.booleans(),
)


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
    assert effects == []


@given(st.integers(1, 6), st.integers(0, 7), st.data())
def test_without_a_person_the_devices_alone_bring_a_session_to_its_end(
    questions: int, sounds: int, data: st.DataObject
) -> None:
    state, _ = step(State(asking=Asking(questions=questions), attended=False), Began())
    for _ in range(10 * questions + 20):
        if state.phase is Phase.OVER:
            break
        event: Event
        match state.phase:
            case Phase.ASKING if state.answering.number >= sounds:
                event = SourceEmpty()
            case Phase.OPENING | Phase.ASKING:
                event = Spoken()
            case Phase.ANSWERING:
                event = SoundEnded(
                    state.answering.number, data.draw(st.sampled_from([None, None, LOST]))
                )
            case _:
                event = Read(min(state.unread))
        state, _ = step(state, event)
    assert state.phase is Phase.OVER


class Sitting(RuleBasedStateMachine):
    """Any events in any order, as threads that know nothing of each other post them."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State(asking=Asking(questions=3), attended=True)
        self.running = 0
        """The take or reply between its Listen and its StopHearing."""
        self.numbers = 0
        self.finished = False
        self.refused: dict[int, Skipped] = {}
        """What would be kept if it broke off now."""

    @initialize(hands_free=st.booleans(), decides=st.booleans())
    def is_held(self, *, hands_free: bool, decides: bool) -> None:
        self.state = State(
            asking=Asking(questions=3, menus=(0, 2, 0), quoting=frozenset({2})),
            attended=not hands_free,
            hands_free=hands_free,
            decides=decides,
        )

    def happens(self, event: Event) -> None:
        self.state, effects = step(self.state, event)
        for effect in effects:
            assert not self.finished
            match effect:
                case Pick() | Unpick():
                    self.happens(Replanned(3, (0, 2, 0), frozenset({2})))
                case Refuse(skipped):
                    self.refused[skipped.number] = skipped
                case Allow(number):
                    del self.refused[number]
                case _:
                    self.check(effect)

    def check(self, effect: Effect) -> None:
        match effect:
            case Listen(answer, question):
                assert not self.running
                assert answer > self.numbers
                assert question == self.state.asking.at
                self.running = self.numbers = answer
            case Overhear(number):
                assert not self.running
                assert self.state.hands_free
                self.running = number
            case Pause(answer, _):
                assert answer == self.running
            case StopHearing(answer, _):
                assert answer == self.running
                self.running = 0
            case Finish():
                self.finished = True
                assert not self.running
                assert not self.state.set_aside & {each.number for each in self.state.skipped}
            case Ask() | Open() | AwaitTexts() | Put():
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
    @rule()
    def sound_ends(self) -> None:
        self.happens(SoundEnded(self.running))

    @precondition(lambda self: self.running and self.state.hands_free)
    @rule(sign=st.sampled_from(Sign))
    def silence(self, *, sign: Sign) -> None:
        self.happens(Signed(self.running, sign))

    @precondition(lambda self: self.running and self.state.hands_free)
    @rule(command=st.sampled_from(Command), option=st.integers(0, 2), alone=st.booleans())
    def command(self, *, command: Command, option: int, alone: bool) -> None:
        self.happens(Commanded(self.running, command, option, alone))

    @invariant()
    def a_refusal_is_kept_exactly_while_it_stands(self) -> None:
        assert tuple(self.refused.values()) == self.state.skipped

    @invariant()
    def a_take_runs_exactly_while_answering(self) -> None:
        replying = self.state.replying.heard
        heard = self.state.phase is Phase.ANSWERING or replying
        assert bool(self.running) == heard
        assert not replying or self.state.phase is Phase.CHOOSING
        assert self.finished == (self.state.phase is Phase.OVER)


TestSitting = Sitting.TestCase
