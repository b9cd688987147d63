"""The effects of a session: each becomes a call of one part; what follows at once comes back.

Decides nothing; `core/session/machine.py` does. Lives in the session's thread.
"""

from collections.abc import Iterator
from typing import Final

from voicereflect.core.session import effects
from voicereflect.core.session.effects import Effect
from voicereflect.core.session.events import Event, Read, SoundEnded, SourceEmpty
from voicereflect.core.session.feedback import Insertion
from voicereflect.core.session.offers import offers
from voicereflect.core.session.speech.phrases import OPTIONS
from voicereflect.core.session.state import Choice, Fate, Phase, State
from voicereflect.core.sound.aside import silenced
from voicereflect.core.sound.levels import level_dbfs
from voicereflect.core.sound.tones import Tone
from voicereflect.errors import ReflectError
from voicereflect.flows.session.asking.agenda import MORE, Agenda
from voicereflect.flows.session.asking.prompting import CALM_ON_SCREEN, Prompter
from voicereflect.flows.session.asking.speaker import PromptSpeaker
from voicereflect.flows.session.deciding import Decisions
from voicereflect.flows.session.hands_free import HandsFree
from voicereflect.flows.session.lost_device import LostDevice
from voicereflect.flows.session.parts import Parts, Plan
from voicereflect.flows.session.queue import Closed, Heard, Inbox
from voicereflect.flows.session.reading_back import BackReader
from voicereflect.flows.session.recording.capture import Capture
from voicereflect.flows.session.recording.transcription import TranscriptionTracker
from voicereflect.flows.session.recording.writing import EntryWriter
from voicereflect.model import Span

KEPT_UPTO: Final = (
    "Of answer {number} the first {upto:.1f} s are kept; what you said after that is lost."
)
RECORDING: Final = "Recording."
ANSWERED: Final = (Insertion.HOW_LONG, Insertion.INTRODUCTION, Insertion.YES_OR_NO)
"""After these somebody begins to think anew."""
KEPT_NOTHING: Final = "Nothing of answer {number} could be kept."


class EffectRunner:
    """Has the parts of a session do what the machine wants done."""

    def __init__(self, parts: Parts, plan: Plan, inbox: Inbox) -> None:
        self._parts = parts
        self._inbox = inbox
        self._entry_id = plan.entry.id
        self.writer = EntryWriter(parts.vault, plan.entry, inbox)
        self.tracker = TranscriptionTracker(
            parts.transcriber, now=parts.now, sound=self._sound_again
        )
        self.capture = Capture(
            parts.recorder, self.writer, self.tracker, inbox, monotonic_s=parts.monotonic_s
        )
        self.agenda = Agenda(parts, plan)
        self.decisions = Decisions(parts, self.agenda, self.writer)
        self.speaker = PromptSpeaker(
            parts.voice,
            parts.loudspeaker,
            inbox,
            second=parts.second_voice,
            pack=parts.pack,
            pause_s=parts.pause_s,
        )
        self.prompter = Prompter(parts, plan, self.agenda, self.speaker)
        self.lost = LostDevice(parts, self.prompter)
        self._reader = BackReader(parts, plan, self.writer, self.capture)
        self.hands_free = HandsFree(inbox, plan.silence_s, self._leave_out)
        self._asked_in_take = False
        """What is being said in the running take is a question, and not just a word."""
        self._warned = ""
        """What is shown of the sound just now."""
        self.problem: ReflectError | None = None
        """What ends the session early; the first one counts."""
        self.fate: Fate | None = None

    def run(self, effect: Effect, state: State) -> Iterator[Event]:  # noqa: C901, PLR0912, PLR0915
        """Do one thing; `state` is the one after the event that wanted it."""
        if state.phase is not Phase.HELD:
            self.capture.stop_awaiting()
        match effect:
            case effects.Open():
                self.prompter.open(effect)
            case effects.Introduced():
                self.agenda.introduced()
            case effects.Ask():
                self._ask(effect)
            case effects.Repeat():
                self._speak_aside(state)
                self._repeat(effect, state)
            case effects.Hush() | effects.Finish():
                self.speaker.hush()
            case effects.Invite(question, invitation):
                self._invite(question, invitation)
            case effects.Listen(number, question, kept):
                yield from self._listen(number, question, state, kept=kept)
            case effects.Overhear(number):
                yield from self._overhear(number, state)
            case effects.Pause(number, paused):
                self.capture.pause(number, paused=paused)
                self._parts.screen.paused(paused=paused)
                self._sound_feedback(state)
            case effects.RepeatOver(number):
                self.capture.aside_over(number)
                self.hands_free.spoke(number, asked=self._asked_in_take)
            case effects.StopHearing(number, problem):
                self.capture.stop(number, lost=problem is not None)
                self.fail(problem)
            case effects.Hold(others):
                self.lost.hold(self.problem, others)
                self.problem = None
            case effects.TellLost():
                self.lost.tell()
            case effects.TellFound(is_back):
                self.fail(self.lost.found(is_back=is_back))
            case effects.AwaitDevice():
                self.capture.await_device()
            case effects.ReadBack(running):
                self._speak_aside(state)
                self.prompter.read_back(self._reader.said(state, running=running))
            case effects.Use(name):
                self.capture.use(name)
                self._parts.screen.note(f"Going on with: {name}")
            case effects.Pick(question, option, number):
                yield self.decisions.pick(question, option, number, state)
            case effects.Unpick(question, number):
                yield self.decisions.unpick(question, number)
            case effects.Refuse(skipped):
                self.decisions.refuse(skipped, state)
            case effects.Allow(number):
                self.decisions.allow(number)
            case effects.AskBack(question, option):
                self._speak_aside(state)
                self.hands_free.ask_back(state.answering.number)
                self.prompter.ask_back(question, option)
            case effects.Acknowledge(feedback):
                self._parts.screen.did(feedback)
                self._sound_feedback(state)
            case effects.ShowKeys():
                self._parts.screen.all_keys(offers(state))
                self.prompter.show_commands()
            case effects.ShowRestored(number):
                self._reader.show(number)
            case effects.Forget(number):
                self.tracker.forget(number)
                self.writer.set_aside(number)
                self._parts.screen.live(number, "")
            case effects.Recall(number):
                self.tracker.recall(number)
                self.writer.set_aside(number, aside=False)
            case effects.PutIn(insertion):
                self._put_in(insertion, state)
            case effects.ShowQuote(question, aloud):
                if aloud:
                    self._speak_aside(state)
                self.prompter.show_quote(question, aloud=aloud)
            case effects.TellHelpLines():
                if self._parts.hands_free:
                    self._speak_aside(state)
                self.prompter.tell_help_lines()
            case effects.ShowCalm():
                self._parts.screen.note(CALM_ON_SCREEN)
            case effects.Put(choice):
                is_heard = self.capture.prepare(self.prompter.reply_to(choice))
                if choice is Choice.PLACE and not is_heard:  # no recording replies to it
                    yield SourceEmpty()
                else:
                    self.prompter.put(choice)
            case effects.Decide(fate):
                self.fate = fate
                self.writer.decide(fate)
            case effects.AwaitTexts():
                self.show_progress()

    def hear(self, block: Heard, state: State) -> Iterator[Event]:
        """Keep a block of sound, and only then let anything else look at it."""
        number, pcm = block.number, block.pcm
        running = self.capture.running(number)
        if running is None or running.paused:
            return
        aside = running.aside_from is not None
        trouble = self.capture.keep(number, pcm)
        if trouble is not None:
            self.fail(trouble)
            line = KEPT_UPTO if running.info.duration_s else KEPT_NOTHING
            self._parts.screen.note(line.format(number=number, upto=running.info.duration_s))
            yield SoundEnded(number, trouble)
            return
        self.warn()
        self.hands_free.block(number, pcm, aside=aside)
        self._parts.screen.level(level_dbfs(pcm), running.info.duration_s)
        is_answer = state.phase is Phase.ANSWERING and number == state.answering.number
        if is_answer and self.agenda.is_turn_over(number, state.asking.at, running.info.duration_s):
            self._put_in(Insertion.TURN_OVER, state)

    def end(self, closed: Closed, state: State) -> None:
        """All blocks of a take are there."""
        self.fail(self.capture.end(closed))
        if state.phase is Phase.AWAITING_TEXTS:
            self.show_progress()

    def warn(self) -> None:
        """Show what is wrong with the sound, and show it no more once it is not."""
        trouble = self.capture.trouble or ""
        if trouble != self._warned:
            self._warned = trouble
            self._parts.screen.warned(trouble)

    def show_progress(self) -> None:
        """Show how much is written down; nothing where nothing is being written down."""
        if not self.tracker.lost:
            done_s, total_s = self.tracker.progress_s
            saved = not self.capture.is_open
            self._parts.screen.awaiting_texts(done_s=done_s, total_s=total_s, saved=saved)

    def fail(self, problem: ReflectError | None) -> None:
        """Remember what ends the session early."""
        self.problem = self.problem or problem

    def _ask(self, effect: effects.Ask) -> None:
        if not self.capture.prepare(self.agenda.questions[effect.question].prompt):
            self._inbox.post(SourceEmpty())
            return
        self.prompter.ask(effect, self.capture.is_last_safe())

    def _repeat(self, effect: effects.Repeat, state: State) -> None:
        if state.asking.invited:
            self.prompter.invite_again(state.asking.invited)
        else:
            self.prompter.repeat(effect)

    def _invite(self, question: int, invitation: int) -> None:
        if not self.capture.prepare(self.agenda.questions[question].prompt + MORE):
            self._inbox.post(SourceEmpty())
            return
        self.prompter.invite(question, invitation, self.capture.is_last_safe())

    def _listen(self, number: int, at: int, state: State, *, kept: bool) -> Iterator[Event]:
        asking = state.asking
        gentler, invited = at in asking.gentler, asking.invited
        answer = self.agenda.answer(number, at, gentler=gentler, invited=invited)
        if self._parts.quiet and self._parts.loudspeaker is None:
            self._parts.screen.note(RECORDING)  # no tone says so
        begun = self.capture.begin(answer) if kept else self.capture.overhear(number)
        self._warned = ""
        if isinstance(begun, ReflectError):
            yield SoundEnded(number, begun)
            yield Read(number)  # there is nothing to wait for
            return
        self._parts.screen.listening(number)
        if self._parts.hands_free:
            self.hands_free.answer(number, begun.info.rate_hz, self.agenda.questions[at].menu)
        self.prompter.ahead(at, state.asking.pace)

    def _overhear(self, number: int, state: State) -> Iterator[Event]:
        begun, choice = self.capture.overhear(number), state.replying.choice
        if isinstance(begun, ReflectError):
            yield SoundEnded(number, begun)
        elif choice is not None:
            waits = choice is Choice.PLACE
            self.hands_free.reply(number, begun.info.rate_hz, OPTIONS[choice], waits=waits)
            if waits and self.tracker.lost:
                yield SoundEnded(number)  # no reply can be understood any more

    def _sound_feedback(self, state: State) -> None:
        """Answer a key by a tone where its line has to wait for the microphone to be closed."""
        if self._parts.quiet and state.phase is Phase.ANSWERING and not state.answering.paused:
            self._speak_aside(state, asked=False)
            self.prompter.tone(Tone.FEEDBACK)

    def _put_in(self, insertion: Insertion, state: State) -> None:
        self._speak_aside(state, asked=insertion in ANSWERED)
        if insertion is Insertion.OWN_WAY:
            self.hands_free.tell_freely(state.answering.number)
        self.prompter.put_in(insertion)

    def _speak_aside(self, state: State, *, asked: bool = True) -> None:
        """What we say next is no part of what is being heard; `asked`: it is a question."""
        self._asked_in_take = asked
        if state.phase is Phase.ANSWERING or state.replying.heard:
            self.capture.aside(state.heard)

    def _leave_out(self, number: int, span: Span) -> None:
        self.fail(self.capture.leave_out(number, span))

    def _sound_again(self, answer: int) -> Iterator[bytes]:
        """An answer's sound, for a worker that was lost."""
        vault = self._parts.vault
        info = vault.take_info(self._entry_id, answer)
        return silenced(vault.sound(self._entry_id, answer), info.aside)
