"""The loudspeaker: plays one clip, knows exactly when it is over, and falls silent at once.

Knows PortAudio streams; must not know what is played.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from voicereflect.adapters.portaudio.library import hushed, let_go, load, translated
from voicereflect.adapters.portaudio.resample import resampled
from voicereflect.errors import DeviceError, DeviceLost, NoLoudspeaker
from voicereflect.model import BYTES_PER_SAMPLE, Clip

LATENCY_S = 0.2
MARGIN_S = 0.05
"""Waited beyond what the device says: better late than a last syllable cut."""
LOST_AFTER_S = 2.0
_LOOK_EVERY_S = 0.25


class PortAudioLoudspeaker:
    """One output device, opened anew for each clip."""

    def __init__(self, device: str | int | None) -> None:
        """Remember the device (None: the system's default); nothing is opened yet."""
        self._device = device
        self._playing: _Playing | None = None

    def play(self, clip: Clip, ended: Callable[[DeviceError | None], None]) -> None:
        self.stop()
        library = load(NoLoudspeaker, self._device)
        playing = _Playing(library, ended)
        with hushed(), translated(library, NoLoudspeaker):
            playing.begin(clip, self._device)
        self._playing = playing

    def stop(self) -> None:
        playing, self._playing = self._playing, None
        if playing is not None:
            playing.stop()


class _Playing:
    """One clip on its way out."""

    def __init__(self, library: Any, ended: Callable[[DeviceError | None], None]) -> None:
        self._library = library
        self._ended = ended
        self._pcm = memoryview(b"")
        self._at = 0
        self._asked_at = time.monotonic()
        self._wake = threading.Event()
        self._over_at: float | None = None
        """When the last sample will have been heard, once it has been handed over."""
        self._padding = 0
        self._stopped = False
        self._stream: Any = None
        self._thread = threading.Thread(target=self._see_through, name="loudspeaker", daemon=True)

    def begin(self, clip: Clip, device: str | int | None) -> None:
        """Open the device and start; a rate it refuses is converted to its own."""
        try:
            self._open(clip, device)
        except self._library.PortAudioError:
            info = self._library.query_devices(device, "output")
            self._open(resampled(clip, round(info["default_samplerate"])), device)
        try:
            self._stream.start()
        except self._library.PortAudioError:
            self._stream.close()
            raise
        self._asked_at = time.monotonic()  # to open a device may take seconds
        self._thread.start()

    def _open(self, clip: Clip, device: str | int | None) -> None:
        self._pcm = memoryview(clip.pcm)
        self._stream = self._library.RawOutputStream(
            device=device,
            samplerate=clip.rate_hz,
            channels=1,
            dtype="int16",
            latency=LATENCY_S,
            callback=self._block,
            finished_callback=self._wake.set,
        )
        self._padding = round((self._stream.latency + 2 * MARGIN_S) * clip.rate_hz)

    def stop(self) -> None:
        """Cut the sound off, and wait until it is."""
        self._stopped = True
        self._wake.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(LOST_AFTER_S)

    def _block(self, out: Any, frame_count: int, timing: Any, _status: Any) -> None:
        self._asked_at = time.monotonic()
        piece = self._pcm[self._at : self._at + len(out)]
        self._at += len(piece)
        out[: len(piece)] = piece
        out[len(piece) :] = bytes(len(out) - len(piece))
        if self._at < len(self._pcm):
            return
        if self._over_at is None:
            told_s = timing.outputBufferDacTime - timing.currentTime
            delay_s = (told_s if told_s > 0 else self._stream.latency) + MARGIN_S
            samples = len(piece) // BYTES_PER_SAMPLE
            self._over_at = self._asked_at + delay_s + samples / self._stream.samplerate
        # some devices drop what is in their buffer when told to stop: let silence be dropped
        self._padding -= frame_count
        if self._padding < 0:
            raise self._library.CallbackStop

    def _see_through(self) -> None:
        """Wait for the end, close the device and tell.

        A stream cannot be closed from its own callbacks, so this needs a thread.
        """
        problem = None if self._wait() or self._stopped else _lost()
        let_go(self._library, self._stream)
        self._pcm = memoryview(b"")  # stream and player hold each other: a minute would linger
        self._ended(problem)

    def _wait(self) -> bool:
        """Wait until the last sample is heard, or someone stops it; False when it never will be."""
        while True:
            now = time.monotonic()
            if self._over_at is not None and now >= self._over_at:
                return True
            if now - self._asked_at > LOST_AFTER_S:
                return False
            rest_s = _LOOK_EVERY_S if self._over_at is None else self._over_at - now
            if self._wake.wait(min(rest_s, _LOOK_EVERY_S)):
                return self._over_at is not None


def _lost() -> DeviceLost:
    return DeviceLost(
        "the loudspeaker stopped taking sound",
        hint="Plug it in again for the next session.",
    )
