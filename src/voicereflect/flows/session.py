"""A spoken session: ask, listen, keep, read, save.

Turns the effects of `core.session` into deeds on the ports, and what happens
there into events. One thread runs it; everything else posts to its inbox.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from voicereflect.core import deeds, sitting
from voicereflect.core.aside import silenced
from voicereflect.core.deeds import Effect
from voicereflect.core.lines import DELETED, ENDINGS, NOTHING_KEPT
from voicereflect.core.session import step
from voicereflect.core.sitting import Ending, Event, Fate, Phase
from voicereflect.deck_model import Offered
from voicereflect.flows.capture import Capture
from voicereflect.flows.conversing import Conversation, first_state
from voicereflect.flows.doing import Doer
from voicereflect.flows.hearing import Hearing
from voicereflect.flows.inbox import Happening, Inbox, Looked, Note, Saved
from voicereflect.flows.keeping import Keeper
from voicereflect.flows.looking import Looking
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

DEAF = "Without the speech model an answer ends by how loud it is."


class Session:
    """One sitting with its parts."""

    def __init__(self, parts: Parts, plan: Plan) -> None:
        """Nothing happens until `run`."""
        self._parts = parts
        self._plan = plan
        self._inbox = Inbox()
        self._teller = Teller(parts.voice, parts.loudspeaker, self._inbox)
        self._talk = Conversation(parts, plan, self._teller)
        self._keeper = Keeper(parts.vault, plan.entry, self._inbox)
        self._looking = Looking(parts.sense, self._inbox)
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
        self._doer = Doer(parts, self._inbox, self._talk, self._capture, self._keeper)
        self._state = first_state(parts, plan)

    def run(self) -> Entry:
        """Hold the session; everything said is on disk when this returns or raises.

        Raises:
            ReflectError: what ended the session early, after all was saved.
        """
        parts = self._parts
        try:
            with ExitStack() as stack:
                stack.enter_context(parts.keyboard.listen(self._pressed))
                stack.callback(self._teller.close)
                self._hold_it()
                for late in self._inbox.rest():
                    if isinstance(late, Saved | Note):
                        self._take(late)
                self._end()
        finally:
            parts.screen.close()
        if self._doer.problem is not None:
            raise self._doer.problem
        return self._keeper.entry

    def _hold_it(self) -> None:
        parts = self._parts
        with ExitStack() as stack:
            stack.callback(self._looking.close)
            stack.callback(self._keeper.close)
            stack.callback(parts.transcriber.close)
            stack.callback(self._capture.leave)
            parts.transcriber.start(self._inbox.post)
            parts.screen.opened(self._plan.deck, parts.source)
            for line in self._plan.waiting:
                parts.screen.note(line)
            if self._plan.first is not None:
                self._keeper.keep(self._plan.first)
            self._step(sitting.Began())
            while self._state.phase is not Phase.OVER:
                self._take(self._inbox.next())
            self._capture.settled()
            for last in self._inbox.rest():  # the last blocks of a take that was closing
                self._take(last)
            self._tidy()

    def _end(self) -> None:
        """All is on disk and synced: say so, or do away with it if that was chosen."""
        parts, entry = self._parts, self._keeper.entry
        if not self._keeper.begun:
            return
        if self._doer.fate is Fate.DELETE:
            parts.vault.destroy(entry.id)
            parts.screen.note(DELETED)
            self._say_farewell(DELETED, saved=False)
        elif not entry.answers and not self._keeper.is_page_behind:  # all was set aside
            parts.vault.discard(entry.id, "nothing was kept of it")
            if self._doer.problem is None:
                parts.screen.note(NOTHING_KEPT)
            self._say_farewell(NOTHING_KEPT, saved=False)
        else:
            if entry.answers:
                parts.screen.saved(entry)
            self._say_farewell(ENDINGS[self._state.ending], saved=True)

    def _say_farewell(self, line: str, *, saved: bool) -> None:
        """Tell somebody who sees no screen how it ended, and wait until it is heard."""
        if not self._parts.hands_free:
            return
        self._talk.farewell(line, saved=saved)
        while not isinstance(happened := self._inbox.next(), sitting.Spoken | sitting.Interrupted):
            if isinstance(happened, Note):
                self._parts.screen.note(happened.line)

    @property
    def refused(self) -> tuple[tuple[str, sitting.Refusal], ...]:
        """Prompts (`deck/prompt`) that were not answered, and why; for after the session."""
        prompts = self._talk.questions
        return tuple((prompts[each.question].prompt, each.refusal) for each in self._state.skipped)

    @property
    def left_open(self) -> tuple[str, ...]:
        """Prompts (`deck/prompt`) that put a choice and got none; for after the session."""
        return tuple(self._talk.left_open)

    @property
    def offers(self) -> tuple[Offered, ...]:
        """Other decks that may be offered now; none to somebody who wished to stop."""
        wanted = self._plan.offers if self._state.ending is Ending.COMPLETE else None
        return wanted(self._talk.picks) if wanted else ()

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
            case Saved() | Looked():
                self._kept(happening)
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
            case sitting.SourceEmpty() if self._state.phase in (Phase.ANSWERING, Phase.HELD):
                pass  # whoever wished to answer at once has met it
            case sitting.SourceEmpty(problem):
                self._doer.problem = self._doer.problem or problem
                self._step(happening)
            case _:
                self._step(happening)

    def _step(self, event: Event) -> None:
        self._state, effects = step(self._state, event)
        for effect in effects:
            self._do(effect)

    def _do(self, effect: Effect) -> None:
        match effect:
            case deeds.Settle():
                self._settle()
            case deeds.Finish() | deeds.Hush():
                self._teller.hush()
            case _:
                for event in self._doer.do(effect, self._state):
                    self._step(event)

    def _tidy(self) -> None:
        """What was set aside goes to the trash, and what was refused is noted."""
        refused = [
            replace(
                self._doer.answer(each.number, each.question, self._state),
                state=AnswerState.SKIPPED,
            )
            for each in self._state.skipped
        ]
        self._keeper.tidy(sorted(self._state.aside), refused)

    def _kept(self, happening: Saved | Looked) -> None:
        """An answer is on disk, and afterwards it was looked at."""
        if isinstance(happening, Saved):
            self._saved(happening.number, happening.answer)
            return
        if happening.danger and happening.number not in self._state.aside:
            self._step(sitting.Worried())
        self._settled(happening.number, happening.answer)

    def _saved(self, number: int, answer: Answer | None) -> None:
        """An answer's text is on disk, or will be missing for now."""
        if number in self._state.aside:
            self._parts.screen.live(number, "")  # its words leave the screen
        elif answer is not None:
            if answer.state is not AnswerState.SKIPPED:  # cut off before its first block
                self._parts.screen.read(answer)
            if self._parts.calm and answer.text and self._state.phase is not Phase.OVER:
                self._looking.look(number, answer)
                return
        self._settled(number, answer)

    def _settled(self, number: int, answer: Answer | None) -> None:
        """Nothing more is to be found out about an answer."""
        if answer is not None and number not in self._state.aside:
            self._talk.mirror(answer)
        silent = answer is not None and answer.state in (AnswerState.SILENT, AnswerState.SKIPPED)
        self._step(sitting.Read(number, silent=silent))

    def _report(self, report: Report) -> None:
        """Take in what the speech worker said."""
        if self._doer.hands_free is not None and isinstance(report, SpeechHeard | SegmentRead):
            self._doer.hands_free.report(report)
        whole = self._hearing.take(report)
        for number in self._hearing.given_up():
            self._keeper.pending(number)
        if whole is not None and whole[0] > 0:  # replies to choices are not kept
            self._keeper.transcript(*whole)
        match report:
            case SegmentRead(answer=number):
                self._parts.screen.live(number, self._hearing.live_text(number))
            case WorkerLost(what=what, hint=hint, restarting=restarting):
                line = "It starts again." if restarting else f"{hint} Answers wait as pending."
                self._parts.screen.note(f"{what} {line}")
                if not restarting:
                    self._go_on_without_worker()
            case WindowProgress() | WindowRead() if self._state.phase is Phase.SETTLING:
                self._settle()
            case _:
                pass

    def _settle(self) -> None:
        if self._hearing.lost:
            return  # nothing is being written down
        done_s, total_s = self._hearing.progress_s
        self._parts.screen.settling(done_s=done_s, total_s=total_s)

    def _go_on_without_worker(self) -> None:
        for number in self._hearing.waiting():
            self._keeper.pending(number)
        if self._doer.hands_free is not None:
            self._doer.hands_free.deaf()
            self._parts.screen.note(DEAF)
