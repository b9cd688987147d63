"""A spoken session: ask, listen, keep, read, save.

Turns the effects of `core.session` into deeds on the ports, and what happens
there into events. One thread runs it; everything else posts to its inbox.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from voicereflect.core import session as machine
from voicereflect.core.levels import level_dbfs
from voicereflect.core.session import Event, Phase, State
from voicereflect.errors import ReflectError
from voicereflect.flows.capture import Capture
from voicereflect.flows.hearing import Hearing
from voicereflect.flows.inbox import Ear, Happening, Inbox, Note, Saved
from voicereflect.flows.keeping import Keeper
from voicereflect.flows.telling import Teller
from voicereflect.model import (
    Answer,
    Deck,
    Entry,
    Report,
    SegmentRead,
    SpeechHeard,
    WindowProgress,
    WindowRead,
    WorkerLost,
    WorkerReady,
)
from voicereflect.ports import (
    Keyboard,
    Loudspeaker,
    Recorder,
    Screen,
    Transcriber,
    Vault,
    Voice,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The outside world of a session."""

    voice: Voice | None
    loudspeaker: Loudspeaker | None
    recorder: Recorder
    keyboard: Keyboard
    attended: bool
    """A person is at the keys; without one nothing ever waits for a key."""
    transcriber: Transcriber
    vault: Vault
    screen: Screen
    source: str
    """What a person calls the recorder, and why it is the one."""
    now: Callable[[], datetime]
    monotonic_s: Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One prompt in the words chosen for this session."""

    prompt: str
    """`deck/prompt`."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a session will ask, and the entry it will leave."""

    deck: Deck
    opening: str
    questions: tuple[Question, ...]
    entry: Entry


class Session:
    """One sitting with its parts."""

    def __init__(self, parts: Parts, plan: Plan) -> None:
        """Nothing happens until `run`."""
        self._parts = parts
        self._plan = plan
        self._inbox = Inbox()
        self._teller = Teller(parts.voice, parts.loudspeaker, self._inbox)
        self._keeper = Keeper(parts.vault, plan.entry, self._inbox)
        self._hearing = Hearing(
            parts.transcriber,
            now=parts.now,
            sound=lambda answer: parts.vault.sound(plan.entry.id, answer),
        )
        self._capture = Capture(
            parts.recorder, self._keeper, self._hearing, monotonic_s=parts.monotonic_s
        )
        self._problem: ReflectError | None = None
        self._state = State(questions=len(plan.questions), attended=parts.attended)

    def run(self) -> Entry:
        """Hold the session; everything said is on disk when this returns or raises.

        Raises:
            ReflectError: what ended the session early, after all was saved.
        """
        parts = self._parts
        try:
            with ExitStack() as stack:
                stack.callback(self._keeper.close)
                stack.callback(parts.transcriber.close)
                stack.callback(parts.recorder.close)
                stack.callback(self._teller.close)
                stack.callback(self._capture.leave)
                stack.enter_context(parts.keyboard.listen(self._pressed))
                parts.transcriber.start(self._inbox.post)
                self._step(machine.Began())
                while self._state.phase is not Phase.OVER:
                    self._take(self._inbox.next())
            for late in self._inbox.rest():
                self._take(late)
            if self._keeper.begun:
                parts.screen.saved(self._keeper.entry)
        finally:
            parts.screen.close()
        if self._problem is not None:
            raise self._problem
        return self._keeper.entry

    def _pressed(self, key: str) -> None:
        self._inbox.post(machine.Interrupted() if key == "interrupt" else machine.Pressed(key))

    def _take(self, happening: Happening) -> None:
        """Take in what happened; a session's own events go through the machine."""
        match happening:
            case Note(line):
                self._parts.screen.note(line)
            case Saved(number, answer):
                if answer is not None:
                    self._parts.screen.read(answer)
                self._step(machine.Read(number))
            case (
                WorkerReady()
                | WorkerLost()
                | SpeechHeard()
                | SegmentRead()
                | WindowProgress()
                | WindowRead()
            ):
                self._report(happening)
            case _:
                self._step(happening)

    def _step(self, event: Event) -> None:
        self._state, effects = machine.step(self._state, event)
        for effect in effects:
            self._do(effect)

    def _do(self, effect: machine.Effect) -> None:
        match effect:
            case machine.Open():
                self._open()
            case machine.Ask(question):
                self._ask(question)
            case machine.Listen(answer, question):
                self._listen(answer, question)
            case machine.Keep(_, pcm):
                self._keep(pcm)
            case machine.EndTake(_, problem):
                self._problem = self._capture.end() or self._problem or problem
            case machine.Settle():
                self._settle()
            case machine.Hush() | machine.Finish():
                self._teller.hush()

    def _open(self) -> None:
        plan = self._plan
        self._parts.screen.opened(plan.deck, self._parts.source)
        self._parts.screen.said(plan.opening)
        self._teller.say(plan.opening)
        self._teller.prefetch(plan.questions[0].words)

    def _ask(self, number: int) -> None:
        question = self._plan.questions[number]
        try:
            more = self._parts.recorder.prepare(question.prompt)
        except ReflectError as error:
            self._problem = error
            more = False
        if not more:
            self._inbox.post(machine.SourceEmpty())
            return
        self._parts.screen.asked(number + 1, len(self._plan.questions), question.words)
        self._teller.say(question.words)

    def _listen(self, number: int, at: int) -> None:
        question = self._plan.questions[at]
        answer = Answer(
            number=number,
            speaker=self._plan.entry.speakers[0],
            prompt=question.prompt,
            asked=question.words,
        )
        problem = self._capture.begin(answer, Ear(self._inbox, number))
        if problem is not None:
            self._inbox.post(machine.SoundEnded(number, problem))
            self._inbox.post(machine.Read(number))  # there is nothing to wait for
            return
        self._parts.screen.listening(number)
        if at + 1 < len(self._plan.questions):
            self._teller.prefetch(self._plan.questions[at + 1].words)

    def _keep(self, pcm: bytes) -> None:
        problem = self._capture.keep(pcm)
        if problem is not None:
            self._inbox.post(machine.SoundEnded(self._state.takes, problem))
        self._parts.screen.level(level_dbfs(pcm), self._capture.elapsed_s)

    def _report(self, report: Report) -> None:
        """Take in what the speech worker said."""
        whole = self._hearing.take(report)
        if whole is not None:
            self._keeper.transcript(*whole)
        match report:
            case SegmentRead(answer=number):
                self._parts.screen.live(number, self._hearing.live_text(number))
            case WorkerLost(what=what, hint=hint, restarting=restarting):
                line = "It starts again." if restarting else f"{hint} Answers wait as pending."
                self._parts.screen.note(f"{what} {line}")
                for number in () if restarting else self._hearing.waiting():
                    self._keeper.pending(number)
            case WindowProgress() | WindowRead() if self._state.phase is Phase.SETTLING:
                self._settle()
            case _:
                pass

    def _settle(self) -> None:
        done_s, total_s = self._hearing.progress_s
        self._parts.screen.settling(done_s=done_s, total_s=total_s)
