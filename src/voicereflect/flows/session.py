"""A spoken session: ask, listen, keep, read, save.

Turns the effects of `core.session` into deeds on the ports, and what happens
there into events. One thread runs it; everything else posts to its inbox.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from voicereflect.core import sitting
from voicereflect.core.aside import silenced
from voicereflect.core.levels import level_dbfs
from voicereflect.core.session import step
from voicereflect.core.sitting import Effect, Event, Phase, State, TakeEffect
from voicereflect.errors import ReflectError
from voicereflect.flows.capture import Capture
from voicereflect.flows.hearing import Hearing
from voicereflect.flows.inbox import Happening, Inbox, Note, Saved
from voicereflect.flows.keeping import Keeper
from voicereflect.flows.parts import Parts, Plan
from voicereflect.flows.telling import Teller
from voicereflect.model import (
    Answer,
    AnswerState,
    Entry,
    Report,
    SegmentRead,
    SpeechHeard,
    WindowProgress,
    WindowRead,
    WorkerLost,
    WorkerReady,
)


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
            sound=self._sound_again,
        )
        self._capture = Capture(
            parts.recorder,
            self._keeper,
            self._hearing,
            self._inbox,
            monotonic_s=parts.monotonic_s,
        )
        self._problem: ReflectError | None = None
        self._state = State(
            questions=len(plan.questions), attended=parts.attended, opening=bool(plan.opening)
        )

    def run(self) -> Entry:
        """Hold the session; everything said is on disk when this returns or raises.

        Raises:
            ReflectError: what ended the session early, after all was saved.
        """
        parts = self._parts
        try:
            with ExitStack() as stack:
                stack.enter_context(parts.keyboard.listen(self._pressed))
                stack.callback(self._keeper.close)
                stack.callback(parts.transcriber.close)
                stack.callback(self._teller.close)
                stack.callback(self._capture.leave)
                parts.transcriber.start(self._inbox.post)
                parts.screen.opened(self._plan.deck, parts.source)
                self._step(sitting.Began())
                while self._state.phase is not Phase.OVER:
                    self._take(self._inbox.next())
                self._capture.settled()
                for last in self._inbox.rest():  # the last blocks of a take that was closing
                    self._take(last)
                self._tidy()
            for late in self._inbox.rest():
                if isinstance(late, Saved | Note):
                    self._take(late)
            if self._keeper.begun:
                parts.screen.saved(self._keeper.entry)
        finally:
            parts.screen.close()
        if self._problem is not None:
            raise self._problem
        return self._keeper.entry

    @property
    def refused(self) -> tuple[tuple[str, sitting.Refusal], ...]:
        """Prompts (`deck/prompt`) that were not answered, and why; for after the session."""
        prompts = self._plan.questions
        return tuple((prompts[each.question].prompt, each.refusal) for each in self._state.skipped)

    def _sound_again(self, answer: int) -> Iterator[bytes]:
        """An answer's sound, for a worker that was lost."""
        entry_id, vault = self._plan.entry.id, self._parts.vault
        return silenced(vault.sound(entry_id, answer), vault.take_info(entry_id, answer).aside)

    def _pressed(self, key: str) -> None:
        self._inbox.post(sitting.Interrupted() if key == "interrupt" else sitting.Pressed(key))

    def _take(self, happening: Happening) -> None:
        """Take in what happened; a session's own events go through the sitting."""
        match happening:
            case Note(line):
                self._parts.screen.note(line)
            case Saved(number, answer):
                if answer is not None and number not in self._state.aside:
                    self._parts.screen.read(answer)
                self._step(sitting.Read(number))
            case (
                WorkerReady()
                | WorkerLost()
                | SpeechHeard()
                | SegmentRead()
                | WindowProgress()
                | WindowRead()
            ):
                self._report(happening)
            case sitting.Spoken(turn) if turn != self._teller.turn:
                pass  # of something that was cut off meanwhile
            case sitting.SourceEmpty(problem):
                self._problem = self._problem or problem
                self._step(happening)
            case _:
                self._step(happening)

    def _step(self, event: Event) -> None:
        self._state, effects = step(self._state, event)
        for effect in effects:
            self._do(effect)

    def _do(self, effect: Effect) -> None:
        match effect:
            case sitting.Keep(answer, pcm):
                self._keep(answer, pcm)
            case sitting.Open():
                self._open()
            case sitting.Ask():
                self._ask(effect)
            case sitting.Repeat():
                self._repeat(effect)
            case sitting.Hush():
                self._teller.hush()
            case sitting.Settle():
                self._settle()
            case sitting.Finish():
                self._teller.hush()
            case _:
                self._do_take(effect)

    def _do_take(self, effect: TakeEffect) -> None:
        match effect:
            case sitting.Listen(answer, question):
                self._listen(answer, question)
            case sitting.StopHearing(answer, problem):
                self._capture.stop(answer)
                self._problem = self._problem or problem
            case sitting.EndTake(answer):
                self._problem = self._capture.end(answer) or self._problem
            case sitting.RepeatOver(answer):
                self._problem = self._capture.aside_over(answer) or self._problem
            case sitting.ShowPaused(paused):
                self._parts.screen.paused(paused=paused)
            case sitting.Hold():
                self._hold()

    def _open(self) -> None:
        plan = self._plan
        self._parts.screen.said(plan.opening)
        self._teller.say(plan.opening)
        self._teller.prefetch(plan.questions[0].words)

    def _ask(self, effect: sitting.Ask) -> None:
        question = self._plan.questions[effect.question]
        if not self._capture.prepare(question.prompt):
            self._inbox.post(sitting.SourceEmpty())
            return
        words = question.said(gentler=effect.gentler)
        self._parts.screen.asked(effect.question + 1, len(self._plan.questions), words)
        self._teller.say(words, effect.pace)

    def _repeat(self, effect: sitting.Repeat) -> None:
        if self._state.phase is Phase.ANSWERING:
            self._capture.aside(self._state.takes)
        words = self._plan.questions[effect.question].said(gentler=effect.gentler)
        self._teller.say(words, effect.pace)

    def _listen(self, number: int, at: int) -> None:
        problem = self._capture.begin(self._answer(number, at))
        if problem is not None:
            self._step(sitting.SoundEnded(number, problem))
            self._step(sitting.Read(number))  # there is nothing to wait for
            return
        self._parts.screen.listening(number)
        if at + 1 < len(self._plan.questions):
            self._teller.prefetch(self._plan.questions[at + 1].words, self._state.pace)

    def _answer(self, number: int, at: int) -> Answer:
        question = self._plan.questions[at]
        return Answer(
            number=number,
            speaker=self._plan.entry.speakers[0],
            prompt=question.prompt,
            asked=question.said(gentler=at in self._state.gentler),
        )

    def _tidy(self) -> None:
        """What was set aside goes to the trash, and what was refused is noted."""
        refused = [
            replace(self._answer(each.number, each.question), state=AnswerState.SKIPPED)
            for each in self._state.skipped
        ]
        self._keeper.tidy(sorted(self._state.aside), refused)

    def _keep(self, answer: int, pcm: bytes) -> None:
        trouble = self._capture.keep(answer, pcm)
        if isinstance(trouble, ReflectError):
            self._problem = self._problem or trouble
            self._step(sitting.SoundEnded(answer, trouble))
        elif trouble is not None:
            self._parts.screen.note(trouble)
        self._parts.screen.level(level_dbfs(pcm), self._capture.elapsed_s(answer))

    def _hold(self) -> None:
        if self._problem is not None:
            self._parts.screen.note(self._problem.line)
            self._problem = None
        self._parts.screen.held()

    def _report(self, report: Report) -> None:
        """Take in what the speech worker said."""
        whole = self._hearing.take(report)
        for number in self._hearing.given_up():
            self._keeper.pending(number)
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
        if self._hearing.lost:
            return  # nothing is being written down
        done_s, total_s = self._hearing.progress_s
        self._parts.screen.settling(done_s=done_s, total_s=total_s)
