"""The take being recorded: from the recorder's blocks to the disk, then to the worker.

Disk first: a block is appended before anything looks at it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from voicereflect.errors import ReflectError, VaultUnwritable
from voicereflect.flows.hearing import Hearing
from voicereflect.flows.keeping import Keeper
from voicereflect.model import BYTES_PER_SAMPLE, Answer, TakeInfo
from voicereflect.ports import Listener, Recorder, Take

SYNC_EVERY_S = 0.5
"""Half of what may be un-synced at any moment (DESIGN §4)."""


@dataclass(slots=True, kw_only=True)
class Running:
    """A take under way."""

    number: int
    take: Take
    info: TakeInfo
    synced_at_s: float


class Capture:
    """Records one take after the other; lives in the session's thread."""

    def __init__(
        self,
        recorder: Recorder,
        keeper: Keeper,
        hearing: Hearing,
        *,
        monotonic_s: Callable[[], float],
    ) -> None:
        """Nothing is recorded yet."""
        self._recorder = recorder
        self._keeper = keeper
        self._hearing = hearing
        self._monotonic_s = monotonic_s
        self._running: Running | None = None

    @property
    def elapsed_s(self) -> float:
        """Length of the running take, counted in samples."""
        running = self._running
        return running.info.samples / running.info.rate_hz if running else 0.0

    def begin(self, answer: Answer, listener: Listener) -> ReflectError | None:
        """Hear first, open the take second: what is said meanwhile waits in the inbox."""
        self._recorder.start(listener)
        info = TakeInfo(rate_hz=self._recorder.rate_hz)
        try:
            take = self._keeper.begin(answer, info)
        except VaultUnwritable as error:
            self._recorder.stop()
            return error
        self._running = Running(
            number=answer.number, take=take, info=info, synced_at_s=self._monotonic_s()
        )
        self._hearing.begin(answer.number, info.rate_hz, self._keeper.entry.language)
        return None

    def keep(self, pcm: bytes) -> ReflectError | None:
        """Append a block; a problem ends the take, and what is on disk stays."""
        running = self._running
        if running is None:
            return None
        try:
            running.take.append(pcm)
            self._sync_in_time(running)
        except VaultUnwritable as error:
            self._recorder.stop()
            return error
        samples = running.info.samples + len(pcm) // BYTES_PER_SAMPLE
        running.info = replace(running.info, samples=samples)
        self._hearing.feed(running.number, pcm)
        return None

    def end(self) -> ReflectError | None:
        """Stop hearing; what was said is synced before anything else happens."""
        self._recorder.stop()
        running, self._running = self._running, None
        if running is None:
            return None
        problem = None
        try:
            running.take.note(replace(running.info, overflows=self._recorder.overflows))
            running.take.sync()
        except VaultUnwritable as error:
            problem = error
        self._hearing.end(running.number)
        self._keeper.finish(running.number, running.take)
        if self._hearing.lost:
            self._keeper.pending(running.number)
        return problem

    def leave(self) -> None:
        """Whatever ended the session: what was said is synced."""
        if self._running is not None:
            self._running.take.sync()

    def _sync_in_time(self, running: Running) -> None:
        now_s = self._monotonic_s()
        if now_s - running.synced_at_s >= SYNC_EVERY_S:
            running.take.sync()
            running.synced_at_s = now_s
