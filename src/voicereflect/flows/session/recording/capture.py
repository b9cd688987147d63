"""The takes being recorded: from the recorder's blocks to the disk, then to the worker.

Disk first: a block is appended before anything looks at it. At most two takes
are open at once: one is heard, of another the last blocks are on their way.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from voicereflect.core.session.events import SourceEmpty
from voicereflect.core.sound.levels import LevelTrouble, Watch
from voicereflect.errors import ReflectError, VaultError, VaultMissing
from voicereflect.flows.session.queue import Closed, Ear, Inbox, Note
from voicereflect.flows.session.recording.device_watch import DeviceWatch
from voicereflect.flows.session.recording.running import RunningTake, tried
from voicereflect.flows.session.recording.transcription import TranscriptionTracker
from voicereflect.flows.session.recording.writing import EntryWriter
from voicereflect.model import Answer, Span, TakeInfo
from voicereflect.ports.sound import Recorder
from voicereflect.ports.vault import Take

LOST_SOUND = "A moment of sound is missing: the computer could not keep up."


class Capture:
    """Records takes; lives in the session's thread."""

    def __init__(
        self,
        recorder: Recorder,
        writer: EntryWriter,
        tracker: TranscriptionTracker,
        inbox: Inbox,
        *,
        monotonic_s: Callable[[], float],
    ) -> None:
        self._recorder = recorder
        self._writer = writer
        self._tracker = tracker
        self._inbox = inbox
        self._monotonic_s = monotonic_s
        # opening and closing a device takes a tenth of a second, while the next prompt begins
        self._device_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recorder")
        self._running: dict[int, RunningTake] = {}
        self._last_stopped: RunningTake | None = None
        self._watch = Watch(rate_hz=1)
        self._awaited: DeviceWatch | None = None

    def running(self, number: int) -> RunningTake | None:
        """What is being heard under a number, or whose last blocks are on their way."""
        return self._running.get(number)

    def prepare(self, prompt: str) -> bool:
        """Get ready for an answer, without waiting; False if there is nothing to hear for it.

        A device that cannot be opened is posted as `SourceEmpty`.
        """
        try:
            if not self._recorder.more(prompt):
                return False
        except ReflectError as error:
            self._inbox.post(SourceEmpty(error))
            return True
        self._on_device_thread(partial(self._open, prompt))
        return True

    def use(self, name: str) -> None:
        """Hear another device from now on, once the last one is let go."""
        self.wait_for_device()
        self._recorder.use(name)

    def begin(self, answer: Answer) -> RunningTake | ReflectError:
        """Hear first, open the take second: what is said meanwhile waits in the inbox."""
        return self._begin(answer.number, lambda info: self._writer.begin(answer, info))

    def overhear(self, number: int) -> RunningTake | ReflectError:
        """Hear a reply without keeping any of it."""
        return self._begin(number, lambda _info: None)

    def _begin(
        self, number: int, opened: Callable[[TakeInfo], Take | None]
    ) -> RunningTake | ReflectError:
        self.wait_for_device()
        try:
            self._recorder.start(Ear(self._inbox, number))
            info = TakeInfo(rate_hz=self._recorder.rate_hz)
            take = opened(info)
        except ReflectError as error:
            self._recorder.stop()
            return error
        running = self._running[number] = RunningTake(
            take=take, info=info, synced_at_s=self._monotonic_s()
        )
        self._watch = self._watch.next_take(info.rate_hz)
        self._tracker.begin(number, info.rate_hz, self._writer.entry.language)
        return running

    def pause(self, number: int, *, paused: bool) -> None:
        """Keep nothing for now, or go on."""
        if running := self._running.get(number):
            running.paused = paused

    @property
    def is_open(self) -> bool:
        """Whether the last blocks of a take are still on their way."""
        return bool(self._running)

    @property
    def trouble(self) -> LevelTrouble | None:
        """What is wrong with the sound just now."""
        return self._watch.trouble

    def spoken(self, spans: Sequence[Span]) -> None:
        """Take what the voice detector says of the running take."""
        self._watch = self._watch.spoken(spans)

    def keep(self, number: int, pcm: bytes) -> ReflectError | None:
        """Append a block; an error ends the take, and what is on disk stays.

        Of a take that is paused, or that has ended, nothing is kept.
        """
        running = self._running.get(number)
        if running is None or running.paused or running.broken:
            return None
        aside = running.aside_from is not None
        try:
            running.append(pcm, self._monotonic_s())
        except VaultError as error:
            running.broken = True
            self._recorder.stop()
            return error
        # what we say is no answer: whoever reads hears silence there
        self._tracker.feed(number, bytes(len(pcm)) if aside else pcm)
        self._watch = self._watch.heard(pcm, aside=aside)
        return running.end_aside_in_time()

    def aside(self, number: int) -> None:
        """From here on the take holds something of ours."""
        if running := self._running.get(number):
            running.begin_aside()

    def aside_over(self, number: int) -> None:
        """It has been played; a moment later it has died away."""
        if running := self._running.get(number):
            running.end_aside_soon()

    def leave_out(self, number: int, span: Span) -> ReflectError | None:
        """A stretch that was a command: it stays in the sound, and is no answer."""
        if (running := self._running.get(number)) is None:
            return None
        self._tracker.leave_out(number, span)
        return running.note_aside(span)

    def stop(self, number: int, *, lost: bool) -> None:
        """Stop hearing, without waiting; `Closed` follows the last block into the inbox."""
        if (running := self._running.get(number)) is None:
            return  # it could not begin, and nothing of it is heard
        running.lost = lost
        if running.take is not None:
            self._last_stopped = running
        self._on_device_thread(partial(self._close, number))

    def is_last_safe(self) -> "Future[bool] | None":
        """Tell of the take that was stopped last, once, whether it is on the disk."""
        stopped, self._last_stopped = self._last_stopped, None
        return stopped.is_safe if stopped else None

    def end(self, closed: Closed) -> ReflectError | None:
        """All blocks are appended: sync them, then have the take kept."""
        number = closed.number
        if (running := self._running.pop(number, None)) is None:
            return None
        problem = running.end_aside()
        take, info = running.take, replace(running.info, overflows=closed.overflows)
        if info.overflows:
            self._inbox.post(Note(LOST_SOUND))
        if take is not None:
            problem = tried(take.sync) or problem
            problem = tried(lambda: take.note(info)) or problem
        running.is_safe.set_result(problem is None and not running.broken)
        if take is None:
            self._tracker.forget(number)  # it was heard for what it decides
        else:
            self._tracker.end(number)
            cut_off = running.broken or running.lost
            self._writer.finish(number, take, empty=cut_off and not info.samples)
            if self._tracker.lost:
                self._writer.pending(number)
        # of a vault that is away the writer tells; it may be back before the next answer
        return None if isinstance(problem, VaultMissing) else problem

    def await_device(self) -> None:
        """See whether a device that went away gives sound again; `DeviceFound` follows."""
        self._awaited = DeviceWatch(self._recorder, self._inbox)
        self._on_device_thread(self._awaited.wait)

    def stop_awaiting(self) -> None:
        """Stop trying the device: somebody goes on without it, or leaves."""
        if self._awaited is not None:
            self._awaited.leave()
            self._awaited = None

    def wait_for_device(self) -> None:
        """Wait until a take that was stopped is closed: its last blocks are in the inbox then."""
        self._device_thread.submit(lambda: None).result()  # it does its work in order

    def leave(self) -> None:
        """Sync what was said and let go of the device, whatever ended the session."""
        self.stop_awaiting()
        for running in self._running.values():
            if running.take is not None:
                tried(running.take.sync)
            running.is_safe.set_result(False)
        self._device_thread.shutdown(wait=True)
        self._recorder.close()

    def _on_device_thread(self, job: Callable[[], None]) -> None:
        self._device_thread.submit(job).add_done_callback(self._inbox.watch)

    def _open(self, prompt: str) -> None:
        try:
            self._recorder.prepare(prompt)
        except ReflectError as error:
            self._inbox.post(SourceEmpty(error))

    def _close(self, number: int) -> None:
        self._recorder.stop()
        self._inbox.post(Closed(number, self._recorder.overflows))
