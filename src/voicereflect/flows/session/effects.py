"""The deeds of a sitting: each effect becomes one call of a part; what follows at once comes back.

Decides nothing; `core/session/machine.py` does. Lives in the session's thread.
"""

from collections.abc import Iterator

from voicereflect.core.levels import level_dbfs
from voicereflect.core.session import effects as deeds
from voicereflect.core.session import events
from voicereflect.core.session.duo import turn_is_over
from voicereflect.core.session.effects import (
    ChoiceEffect,
    Effect,
    ShowEffect,
    TakeEffect,
    TalkEffect,
)
from voicereflect.core.session.events import Event
from voicereflect.core.session.phrases import OPTIONS
from voicereflect.core.session.state import Fate, Phase, State
from voicereflect.errors import ReflectError
from voicereflect.flows.session.capture import Capture
from voicereflect.flows.session.hands_free import HandsFree
from voicereflect.flows.session.parts import Parts
from voicereflect.flows.session.prompting import Prompter
from voicereflect.flows.session.queue import Inbox
from voicereflect.flows.session.writing import EntryWriter
from voicereflect.model import Answer, Span

KEPT_UPTO = "Of answer {number} the first {upto:.1f} s are kept; what you said after that is lost."
KEPT_NOTHING = "Nothing of answer {number} could be kept."


class EffectRunner:
    """Carries out what the sitting wants done."""

    def __init__(
        self,
        parts: Parts,
        inbox: Inbox,
        talk: Prompter,
        capture: Capture,
        keeper: EntryWriter,
    ) -> None:
        """Nothing is done yet."""
        self._parts = parts
        self._inbox = inbox
        self._talk = talk
        self._capture = capture
        self._keeper = keeper
        self.hands_free = (
            HandsFree(inbox, talk.silence_s, self._leave_out) if parts.hands_free else None
        )
        self._asked_in_take = False
        """What is being said in the running take is a question, and not just a word."""
        self._told_turn = 0
        """The last take of which it was said that its turn is over."""
        self.problem: ReflectError | None = None
        """What ends the session early; the first one counts."""
        self.fate: Fate | None = None

    def do(self, effect: Effect, state: State) -> Iterator[Event]:
        """Do one thing; `state` is the one after the event that wanted it."""
        if isinstance(effect, deeds.Keep):
            yield from self._keep(effect.answer, effect.pcm)
            self._tell_turn(effect.answer, state)
        elif isinstance(effect, TakeEffect):
            yield from self._hear(effect, state)
        elif isinstance(effect, ChoiceEffect):
            yield from self._choose(effect)
        elif isinstance(effect, deeds.Ask):
            self._ask(effect)
        elif isinstance(effect, deeds.Open):
            self._talk.open()
        elif isinstance(effect, TalkEffect):
            self._speak(effect, state)
        elif isinstance(effect, ShowEffect):
            self._show(effect)

    def answer(self, number: int, at: int, state: State) -> Answer:
        """An answer as it begins."""
        question = self._talk.questions[at]
        return Answer(
            number=number,
            speaker=question.speaker or self._talk.speaker,
            prompt=question.prompt,
            asked=question.said(gentler=at in state.gentler),
        )

    def _hear(self, effect: TakeEffect, state: State) -> Iterator[Event]:
        match effect:
            case deeds.Listen(number, question):
                yield from self._listen(number, question, state)
            case deeds.Overhear(number):
                yield from self._overhear(number, state)
            case deeds.StopHearing(number, problem):
                self._capture.stop(number, lost=problem is not None)
                self._fail(problem)
            case deeds.Use(name):
                self._capture.use(name)
                self._parts.screen.note(f"Going on with: {name}")
            case deeds.EndTake(number):
                self._fail(self._capture.end(number))
            case deeds.RepeatOver(number):
                self._capture.aside_over(number)
                if self.hands_free is not None:
                    self.hands_free.spoke(number, asked=self._asked_in_take)

    def _ask(self, effect: deeds.Ask) -> None:
        if not self._capture.prepare(self._talk.questions[effect.question].prompt):
            self._inbox.post(events.SourceEmpty())
            return
        self._talk.ask(effect, self._capture.ended_take())

    def _speak(self, effect: TalkEffect, state: State) -> None:
        if isinstance(effect, deeds.Put):
            self._capture.prepare(self._talk.reply_to(effect.choice))
        elif self._talk.is_heard(effect):
            self._aside(state)
            self._asked_in_take = not isinstance(effect, deeds.PutIn)
        if self.hands_free is not None:
            self._heed(self.hands_free, effect, state)
        self._talk.speak(effect)

    def _heed(self, hands_free: HandsFree, effect: TalkEffect, state: State) -> None:
        """What is said decides what is listened for next."""
        match effect:
            case deeds.AskBack():
                hands_free.ask_back(state.takes)
            case deeds.PutIn(deeds.Word.OWN_WAY):
                hands_free.tell_freely(state.takes)
            case _:
                pass

    def _choose(self, effect: ChoiceEffect) -> Iterator[Event]:
        match effect:
            case deeds.Pick():
                yield self._talk.pick(effect)
            case deeds.Unpick():
                yield self._talk.unpick(effect)
            case deeds.Decide(fate):
                self.fate = fate
                self._keeper.decide(fate)

    def _show(self, effect: ShowEffect) -> None:
        match effect:
            case deeds.ShowPaused(paused):
                self._parts.screen.paused(paused=paused)
            case deeds.Hold(others):
                self._hold(others)
            case deeds.ShowCalm():
                self._talk.show_calm()

    def _listen(self, number: int, at: int, state: State) -> Iterator[Event]:
        problem = self._capture.begin(self.answer(number, at, state))
        if problem is not None:
            yield events.SoundEnded(number, problem)
            yield events.Read(number)  # there is nothing to wait for
            return
        self._parts.screen.listening(number)
        if self.hands_free is not None:
            self.hands_free.answer(number, self._capture.rate_hz(number), self._talk.menu(at))
        self._talk.ahead(at, state.pace)

    def _overhear(self, number: int, state: State) -> Iterator[Event]:
        problem = self._capture.overhear(number)
        if problem is not None:
            yield events.SoundEnded(number, problem)
        elif self.hands_free is not None and state.choice is not None:
            rate_hz = self._capture.rate_hz(number)
            self.hands_free.reply(number, rate_hz, OPTIONS[state.choice])

    def _aside(self, state: State) -> None:
        """What we say next is no part of what is being heard."""
        if state.phase is Phase.ANSWERING:
            self._capture.aside(state.takes)
        elif state.replying:
            self._capture.aside(state.overheard)

    def _leave_out(self, number: int, span: Span) -> None:
        self._fail(self._capture.leave_out(number, span))

    def _keep(self, number: int, pcm: bytes) -> Iterator[Event]:
        aside = self._capture.is_aside(number)
        trouble = self._capture.keep(number, pcm)
        if isinstance(trouble, ReflectError):
            self._fail(trouble)
            self._tell_lost(number)
            yield events.SoundEnded(number, trouble)
        elif trouble is not None:
            self._parts.screen.note(trouble)
        if self.hands_free is not None:
            self.hands_free.block(number, pcm, aside=aside)
        self._parts.screen.level(level_dbfs(pcm), self._capture.elapsed_s(number))

    def _tell_lost(self, number: int) -> None:
        upto = self._capture.elapsed_s(number)
        line = KEPT_UPTO if upto else KEPT_NOTHING
        self._parts.screen.note(line.format(number=number, upto=upto))

    def _tell_turn(self, number: int, state: State) -> None:
        """Say once that a turn is over; it goes on all the same."""
        if state.phase is not Phase.ANSWERING or number != state.takes:
            return
        told, elapsed_s = self._told_turn == number, self._capture.elapsed_s(number)
        if turn_is_over(self._talk.questions[state.at].turn_s, elapsed_s, told=told):
            self._told_turn = number
            self._speak(deeds.PutIn(deeds.Word.TURN_OVER), state)

    def _hold(self, others: tuple[str, ...]) -> None:
        if self.problem is not None:
            # the numbers of others are said below, and are keys there
            self._parts.screen.note(self.problem.sentence if others else self.problem.line)
            self.problem = None
        self._parts.screen.held(others)

    def _fail(self, problem: ReflectError | None) -> None:
        self.problem = self.problem or problem
