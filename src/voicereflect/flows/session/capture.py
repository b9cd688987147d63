"""The takes being recorded: from the recorder's blocks to the disk, then to the worker.

Disk first: a block is appended before anything looks at it. At most two takes
are open at once: one is heard, of another the last blocks are on their way.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from voicereflect.core.levels import Trouble, Watch, samples_in
from voicereflect.core.session.events import Closed, SourceEmpty
from voicereflect.errors import ReflectError, VaultUnwritable
from voicereflect.flows.session.queue import Ear, Inbox, Note
from voicereflect.flows.session.transcription import TranscriptionTracker
from voicereflect.flows.session.writing import EntryWriter
from voicereflect.model import Answer, Span, TakeInfo
from voicereflect.ports import Recorder, Take

SYNC_EVERY_S = 0.5
"""Half of what may be un-synced at any moment (DESIGN §4)."""
LOST_SOUND = "A moment of sound is missing: the computer could not keep up."
TAIL_S = 0.3
"""What we say lingers so long in a room and in the buffers of the devices."""


@dataclass(slots=True, kw_only=True)
class Running:
    """A take under way, or a reply that is not kept."""

    take: Take | None
    """None: nothing of it is written anywhere."""
    info: TakeInfo
    watch: Watch
    synced_at_s: float
    synced_samples: int = 0
    aside_from: int | None = None
    """Where something of ours began, while it is being heard."""
    aside_upto: int | None = None
    """Where that will have died away."""
    lost: bool = False
    """The device went away under it."""
    broken: bool = False
    """A block could not be kept: a later one would hide that something is missing."""


class Capture:
    """Records takes; lives in the session's thread."""

    def __init__(
        self,
        recorder: Recorder,
        keeper: EntryWriter,
        hearing: TranscriptionTracker,
        inbox: Inbox,
        *,
        monotonic_s: Callable[[], float],
    ) -> None:
        """Nothing is recorded yet."""
        self._recorder = recorder
        self._keeper = keeper
        self._hearing = hearing
        self._inbox = inbox
        self._monotonic_s = monotonic_s
        # opening and closing a device takes a tenth of a second, while the next prompt begins
        self._hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recorder")
        self._overflows: dict[int, int] = {}
        self._device: Future[None] = Future()
        self._device.set_result(None)
        self._safe: dict[int, Future[bool]] = {}
        """Of takes that were stopped: whether all of each is on the disk, once that is known."""
        self._ended: Future[bool] | None = None
        self._running: dict[int, Running] = {}

    def elapsed_s(self, answer: int) -> float:
        """Length of a running take, counted in samples."""
        running = self._running.get(answer)
        return running.info.samples / running.info.rate_hz if running else 0.0

    def prepare(self, prompt: str) -> bool:
        """Get ready for an answer, aside; False if there is nothing to hear for it.

        A device that cannot be opened is posted as `SourceEmpty`.
        """
        try:
            if not self._recorder.more(prompt):
                return False
        except ReflectError as error:
            self._inbox.post(SourceEmpty(error))
            return True
        self._aside(partial(self._open, prompt))
        return True

    def begin(self, answer: Answer) -> ReflectError | None:
        """Hear first, open the take second: what is said meanwhile waits in the inbox."""
        return self._begin(answer.number, lambda info: self._keeper.begin(answer, info))

    def use(self, name: str) -> None:
        """Hear another device from now on, once the last one is let go."""
        self._device.result()
        self._recorder.use(name)

    def overhear(self, number: int) -> ReflectError | None:
        """Hear a reply without keeping any of it."""
        return self._begin(number, lambda _info: None)

    def _begin(self, number: int, opened: Callable[[TakeInfo], Take | None]) -> ReflectError | None:
        self._device.result()
        try:
            self._recorder.start(Ear(self._inbox, number))
            info = TakeInfo(rate_hz=self._recorder.rate_hz)
            take = opened(info)
        except ReflectError as error:
            self._recorder.stop()
            return error
        self._running[number] = Running(
            take=take,
            info=info,
            watch=Watch(rate_hz=info.rate_hz),
            synced_at_s=self._monotonic_s(),
        )
        self._hearing.begin(number, info.rate_hz, self._keeper.entry.language)
        return None

    def rate_hz(self, number: int) -> int:
        """Samples a second of what is being heard."""
        return self._running[number].info.rate_hz

    def is_aside(self, number: int) -> bool:
        """Whether something of ours is being heard in it now."""
        running = self._running.get(number)
        return running is not None and running.aside_from is not None

    def keep(self, answer: int, pcm: bytes) -> ReflectError | Trouble | None:
        """Append a block; an error ends the take, and what is on disk stays.

        A trouble is something a person should hear of at once.
        """
        running = self._running.get(answer)
        if running is None or running.broken:
            return None
        try:
            if running.take is not None:
                running.take.append(pcm)
                self._sync_in_time(running, running.take)
        except VaultUnwritable as error:
            running.broken = True
            self._recorder.stop()
            return error
        samples = samples_in(pcm)
        running.info = replace(running.info, samples=running.info.samples + samples)
        # what we say is no answer: whoever reads hears silence there
        self._hearing.feed(answer, pcm if running.aside_from is None else bytes(len(pcm)))
        running.watch, trouble = running.watch.heard(pcm)
        if running.aside_upto is not None and running.info.samples >= running.aside_upto:
            return self._close_aside(running) or trouble
        return trouble

    def aside(self, answer: int) -> None:
        """From here on the take holds something of ours."""
        running = self._running.get(answer)
        if running is None:
            return
        running.aside_upto = None
        if running.aside_from is None:
            running.aside_from = running.info.samples

    def aside_over(self, answer: int) -> None:
        """It has been played; a moment later it has died away."""
        running = self._running.get(answer)
        if running is not None and running.aside_from is not None:
            tail = int(TAIL_S * running.info.rate_hz)
            running.aside_upto = running.info.samples + tail

    def leave_out(self, answer: int, span: Span) -> ReflectError | None:
        """A stretch that was a command: it stays in the sound, and is no answer."""
        running = self._running.get(answer)
        if running is None:
            return None
        self._hearing.leave_out(answer, span)
        return self._note_aside(running, span)

    def _close_aside(self, running: Running) -> ReflectError | None:
        if running.aside_from is None:
            return None
        span = Span(running.aside_from, running.info.samples)
        running.aside_from = running.aside_upto = None
        return self._note_aside(running, span)

    def _note_aside(self, running: Running, span: Span) -> ReflectError | None:
        running.info = replace(running.info, aside=tuple(sorted((*running.info.aside, span))))
        take, info = running.take, running.info
        return _tried(lambda: take.note(info)) if take is not None else None

    def ended_take(self) -> "Future[bool] | None":
        """Tell, once it is known, whether the take that has just ended is on the disk."""
        ended, self._ended = self._ended, None
        return ended

    def stop(self, answer: int, *, lost: bool) -> None:
        """Stop hearing, aside; `Closed` follows the last block into the inbox."""
        if lost and answer in self._running:
            self._running[answer].lost = True
        if answer > 0:
            self._ended = self._safe[answer] = Future()
        self._aside(partial(self._close, answer))

    def end(self, answer: int) -> ReflectError | None:
        """All blocks are appended: sync them, then have the take kept."""
        running, safe = self._running.pop(answer, None), self._safe.pop(answer, None)
        if running is None:
            if safe is not None:
                safe.set_result(False)
            return None
        problem = self._close_aside(running)
        take, info = running.take, replace(running.info, overflows=self._overflows.pop(answer, 0))
        if info.overflows:
            self._inbox.post(Note(LOST_SOUND))
        if take is not None:
            problem = _tried(take.sync) or problem
            problem = _tried(lambda: take.note(info)) or problem
        if safe is not None:
            safe.set_result(problem is None and not running.broken)
        self._hearing.end(answer)
        if take is not None:
            cut_off = running.broken or running.lost
            self._keeper.finish(answer, take, empty=cut_off and not info.samples)
            if self._hearing.lost:
                self._keeper.pending(answer)
        return problem

    def settled(self) -> None:
        """Wait for the device: the last blocks of a closing take are in the inbox then."""
        self._device.result()

    def leave(self) -> None:
        """Whatever ended the session: what was said is synced, and the device is let go."""
        for running in self._running.values():
            if running.take is not None:
                _tried(running.take.sync)
        for safe in self._safe.values():
            safe.set_result(False)
        self._hand.shutdown(wait=True)
        self._recorder.close()

    def _aside(self, deed: Callable[[], None]) -> None:
        self._device = self._hand.submit(deed)
        self._device.add_done_callback(self._inbox.watch)

    def _open(self, prompt: str) -> None:
        try:
            self._recorder.prepare(prompt)
        except ReflectError as error:
            self._inbox.post(SourceEmpty(error))

    def _close(self, answer: int) -> None:
        self._recorder.stop()
        self._overflows[answer] = self._recorder.overflows
        self._inbox.post(Closed(answer))

    def _sync_in_time(self, running: Running, take: Take) -> None:
        now_s = self._monotonic_s()
        unsynced = running.info.samples - running.synced_samples
        if (
            now_s - running.synced_at_s >= SYNC_EVERY_S
            or unsynced >= SYNC_EVERY_S * running.info.rate_hz  # blocks that waited come at once
        ):
            take.sync()
            running.synced_at_s, running.synced_samples = now_s, running.info.samples


def _tried(deed: Callable[[], None]) -> ReflectError | None:
    """Do it; what goes wrong with the disk must not stop what comes after."""
    try:
        deed()
    except VaultUnwritable as error:
        return error
    return None
