"""A spoken session: ask, listen, keep, read, save.

Takes messages out of the inbox one by one: events go through the pure machine of
`core/session`, blocks of sound straight to the take, reports to the tracker. One
thread runs it; everything else posts to its inbox.
"""

from contextlib import AbstractContextManager, ExitStack

from voicereflect.core.session import events, offers
from voicereflect.core.session.events import Event
from voicereflect.core.session.machine import step
from voicereflect.core.session.speech.phrases import DELETED, ENDINGS, NOTHING_KEPT, UNBEGUN
from voicereflect.core.session.state import Ending, Fate, Phase, Refusal
from voicereflect.deck_model import Offered
from voicereflect.flows.session.effects import EffectRunner
from voicereflect.flows.session.looking import DangerWatch
from voicereflect.flows.session.parts import Parts, Plan, first_state
from voicereflect.flows.session.queue import (
    Closed,
    Heard,
    Inbox,
    Looked,
    Message,
    Note,
    Rested,
    Saved,
    Stroked,
)
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
)

NO_DETECTOR = "Without the speech model an answer ends by how loud it is."

KEPT_FOR_LATER = "What you say is kept, and can be written down later."
SAID_NOTHING = (AnswerState.SILENT, AnswerState.SKIPPED)


class Session:
    """One sitting with its parts."""

    def __init__(self, parts: Parts, plan: Plan) -> None:
        self._parts = parts
        self._plan = plan
        self._inbox = Inbox()
        self._runner = self._made_runner()
        self._writer = self._runner.writer
        self._tracker = self._runner.tracker
        self._agenda = self._runner.agenda
        self._watch = DangerWatch(parts.sense, self._inbox)
        self._state = first_state(parts, plan, self._agenda.facts())
        self._offered: tuple[offers.ShownKey, ...] = ()
        self._set_aside = 0
        """Takes that went to the trash at the end."""

    def run(self) -> Entry:
        """Hold the session; everything said is on disk when this returns or raises.

        Raises:
            ReflectError: what ended the session early, after all was saved.
        """
        parts = self._parts
        try:
            with ExitStack() as stack:
                stack.enter_context(self._listening_to_keys())
                stack.callback(self._runner.speaker.close)
                self._hold()
                for late in self._inbox.rest():
                    if isinstance(late, Saved | Note):
                        self._handle(late)
                self._end()
        finally:
            parts.screen.close()
        if self._runner.problem is not None:
            raise self._runner.problem
        return self._writer.entry

    def _made_runner(self) -> EffectRunner:
        return EffectRunner(self._parts, self._plan, self._inbox)

    def _listening_to_keys(self) -> AbstractContextManager[None]:
        post = self._inbox.post
        return self._parts.keyboard.listen(lambda key: post(events.of_key(key)))

    def _hold(self) -> None:
        parts = self._parts
        with ExitStack() as stack:
            stack.callback(self._watch.close)
            stack.callback(self._writer.close)
            stack.callback(parts.transcriber.close)
            stack.callback(self._runner.capture.leave)
            parts.transcriber.start(self._inbox.post)
            parts.screen.opened(self._plan.deck, parts.source)
            for line in self._plan.waiting:
                parts.screen.note(line)
            if self._plan.first is not None:
                self._writer.keep(self._plan.first)
            self._step(events.Began())
            while self._state.phase is not Phase.OVER:
                self._handle(self._inbox.next())
            self._runner.capture.wait_for_device()
            for last in self._inbox.rest():  # the last blocks of a take that was closing
                self._handle(last)
            self._tidy()

    def _end(self) -> None:
        """All is on disk and synced: say so, or do away with it if that was chosen."""
        parts, entry = self._parts, self._writer.entry
        if not self._writer.has_begun:
            if line := UNBEGUN.get(self._state.ending):
                parts.screen.note(line)
                self._say_farewell(line, saved=False)
            return
        self._writer.expect()
        if self._runner.fate is Fate.DELETE:
            parts.vault.destroy(entry.id)
            parts.screen.forget()
            parts.screen.note(DELETED)
            self._say_farewell(DELETED, saved=False)
        elif not entry.answers and not self._writer.is_page_behind:  # all was set aside
            parts.vault.discard(entry.id, "nothing was kept of it")
            if self._runner.problem is None:
                parts.screen.note(NOTHING_KEPT)
            self._say_farewell(NOTHING_KEPT, saved=False)
        else:
            if entry.answers:
                parts.screen.saved(entry, self._set_aside)
            self._say_farewell(ENDINGS[self._state.ending], saved=True)

    def _say_farewell(self, line: str, *, saved: bool) -> None:
        """Tell somebody who sees no screen how it ended, and wait until it is heard."""
        if not self._parts.hands_free:
            return
        self._runner.prompter.farewell(line, saved=saved)
        while not isinstance(message := self._inbox.next(), events.Spoken | events.Interrupted):
            if isinstance(message, Note):
                self._parts.screen.note(message.line)

    @property
    def refused_late(self) -> tuple[tuple[str, Refusal], ...]:
        """Prompts (`deck/prompt`) whose refusal could not be kept yet; for after the session."""
        return self._runner.decisions.late

    @property
    def left_open(self) -> tuple[str, ...]:
        """Prompts (`deck/prompt`) that put a choice and got none; for after the session."""
        return tuple(self._agenda.left_open)

    @property
    def is_to_be_typed(self) -> bool:
        """Whether somebody chose to type instead; after the session, of which nothing is kept."""
        return self._state.ending is Ending.TYPED

    @property
    def offers(self) -> tuple[Offered, ...]:
        """Other decks that may be offered now; none to somebody who wished to stop."""
        wanted = self._plan.offers if self._state.ending is Ending.COMPLETE else None
        return wanted(self._agenda.picks) if wanted else ()

    def _handle(self, message: Message) -> None:  # noqa: C901, PLR0912 - one case a message
        """Deal with what happened: a session's own events go through the machine."""
        match message:
            case Heard():
                for event in self._runner.hear(message, self._state):
                    self._step(event)
            case Closed():
                self._watch.prepare()
                self._runner.end(message, self._state)
            case Note(line):
                self._parts.screen.note(line)
            case Saved(number, answer):
                self._saved(number, answer)
            case Looked(answer, danger):
                self._looked(answer, danger=danger)
            case _ if isinstance(message, Report):
                self._report(message)
            case events.Pressed(key) if self._runner.prompter.country.is_asking:
                self._runner.prompter.country.press(key)
            case events.Spoken(turn) if turn != self._runner.speaker.turn:
                pass  # of something that was cut off meanwhile
            case events.SourceEmpty() if self._state.phase in (Phase.ANSWERING, Phase.HELD):
                pass  # whoever wished to answer at once has met it
            case events.SourceEmpty(problem):
                self._runner.fail(problem)
                self._step(message)
            case Stroked() | Rested():
                pass  # where answers are typed, and only there
            case _:
                self._step(message)

    def _step(self, event: Event) -> None:
        self._state, effects = step(self._state, event)
        for effect in effects:
            for following in self._runner.run(effect, self._state):
                self._step(following)
        self._offer_keys()

    def _offer_keys(self) -> None:
        """Show what can be pressed now, where that has changed."""
        if not self._state.attended:
            return
        offered = offers.main_offers(offers.offers(self._state))
        if offered != self._offered:
            self._offered = offered
            self._parts.screen.keyed(offered)

    def _tidy(self) -> None:
        """What was set aside goes to the trash, which leaves more questions without an answer."""
        state = self._state
        self._writer.refused(self._runner.decisions.unanswered(state))
        self._set_aside = self._writer.tidy(sorted(state.thrown))

    def _saved(self, number: int, answer: Answer | None) -> None:
        """An answer's text is on disk, or will be missing for now."""
        if number in self._state.thrown:
            self._parts.screen.live(number, "")  # its words leave the screen
        elif answer is not None:
            if answer.state is not AnswerState.SKIPPED:  # cut off before its first block
                self._parts.screen.read(answer)
            if self._parts.calm and answer.text and self._state.phase is not Phase.OVER:
                self._watch.look(answer)  # until then it is not done with
                return
            self._runner.prompter.mirror(answer)
        silent = answer is not None and answer.state in SAID_NOTHING
        self._step(events.Read(number, silent=silent))

    def _looked(self, answer: Answer, *, danger: bool) -> None:
        """It is known whether a saved answer speaks of danger; it may become known twice."""
        number = answer.number
        thrown = number in self._state.set_aside
        if danger and not thrown:
            self._step(events.DangerNoticed())
        if number in self._state.unread:
            if not thrown:
                self._runner.prompter.mirror(answer)
            self._step(events.Read(number))

    def _report(self, report: Report) -> None:
        """Deal with what the speech worker said."""
        if isinstance(report, SpeechHeard | SegmentRead):
            self._heard(report)
        whole = self._tracker.apply(report)
        for number in self._tracker.given_up():
            self._writer.pending(number)
        if whole is not None and self._writer.keeps(whole[0]):  # replies are not
            self._writer.transcript(*whole)
        match report:
            case SegmentRead():
                self._show_live(report)
            case WorkerLost(what=what, hint=hint, restarting=restarting):
                line = "It starts again." if restarting else f"{hint} {KEPT_FOR_LATER}"
                self._parts.screen.note(f"{what} {line}")
                if not restarting:
                    self._go_on_without_worker()
            case WindowProgress() | WindowRead() if self._state.phase is Phase.AWAITING_TEXTS:
                self._runner.show_progress()
            case _:
                pass

    def _heard(self, report: SpeechHeard | SegmentRead) -> None:
        """Let hands-free have what was heard."""
        number = self._tracker.number_of(report)
        if number is None:
            return
        self._runner.hands_free.report(number, report)
        if isinstance(report, SpeechHeard) and number == self._state.heard:
            self._runner.capture.spoken(report.spans)
            self._runner.warn()

    def _show_live(self, report: SegmentRead) -> None:
        number = self._tracker.number_of(report)
        if number is not None and self._writer.keeps(number):
            self._parts.screen.live(number, self._tracker.live_text(number))

    def _go_on_without_worker(self) -> None:
        for number in self._tracker.waiting():
            self._writer.pending(number)
        if self._parts.hands_free:
            self._runner.hands_free.detector_lost()
            self._parts.screen.note(NO_DETECTOR)
