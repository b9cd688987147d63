"""A take under way: its blocks on the disk, and which stretches of it are no answer."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from voicereflect.errors import ReflectError, VaultError
from voicereflect.model import Span, TakeInfo, samples_in
from voicereflect.ports.vault import Take

SYNC_EVERY_S = 0.5
"""Half of what may be un-synced at any moment (DESIGN §4)."""
TAIL_S = 0.3
"""What we say lingers so long in a room and in the buffers of the devices."""


@dataclass(slots=True, kw_only=True)
class RunningTake:
    """A take under way, or a reply that is not kept; until its last block is there."""

    take: Take | None
    """None: nothing of it is written anywhere."""
    info: TakeInfo
    synced_at_s: float
    synced_samples: int = 0
    paused: bool = False
    aside_from: int | None = None
    """Where something of ours began, while it is being heard."""
    aside_upto: int | None = None
    """Where that will have died away."""
    lost: bool = False
    """The device went away under it."""
    broken: bool = False
    """A block could not be kept: a later one would hide that something is missing."""
    is_safe: Future[bool] = field(default_factory=Future)
    """Whether all of it is on the disk, once that is known."""

    def append(self, pcm: bytes, now_s: float) -> None:
        """Append a block, and sync twice a second.

        Raises:
            VaultError: it is not kept; what is on disk stays.
        """
        if self.take is not None:
            self.take.append(pcm)
            self._sync_in_time(self.take, now_s)
        self.info = replace(self.info, samples=self.info.samples + samples_in(pcm))

    def begin_aside(self) -> None:
        """From here on it holds something of ours."""
        self.aside_upto = None
        if self.aside_from is None:
            self.aside_from = self.info.samples

    def end_aside_soon(self) -> None:
        """What is ours has been played; a moment later it has died away."""
        if self.aside_from is not None:
            self.aside_upto = self.info.samples + int(TAIL_S * self.info.rate_hz)

    def end_aside_in_time(self) -> ReflectError | None:
        """Note what was ours, once it has died away."""
        has_died_away = self.aside_upto is not None and self.info.samples >= self.aside_upto
        return self.end_aside() if has_died_away else None

    def end_aside(self) -> ReflectError | None:
        """Note what was ours up to here, if anything was."""
        if self.aside_from is None:
            return None
        span = Span(self.aside_from, self.info.samples)
        self.aside_from = self.aside_upto = None
        return self.note_aside(span)

    def note_aside(self, span: Span) -> ReflectError | None:
        """Note a stretch that is no answer; it stays in the sound."""
        info = replace(self.info, aside=tuple(sorted((*self.info.aside, span))))
        take, self.info = self.take, info
        return tried(lambda: take.note(info)) if take is not None else None

    def _sync_in_time(self, take: Take, now_s: float) -> None:
        unsynced = self.info.samples - self.synced_samples
        if (
            now_s - self.synced_at_s >= SYNC_EVERY_S
            or unsynced >= SYNC_EVERY_S * self.info.rate_hz  # blocks that waited come at once
        ):
            take.sync()
            self.synced_at_s, self.synced_samples = now_s, self.info.samples


def tried(write: Callable[[], None]) -> ReflectError | None:
    """Do it; what goes wrong with the disk must not stop what comes after."""
    try:
        write()
    except VaultError as error:
        return error
    return None
