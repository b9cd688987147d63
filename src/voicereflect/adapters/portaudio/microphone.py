"""The microphone: blocks of mono samples for a listener, who is told when they stop coming.

Knows PortAudio streams; must not know takes, files or what is said.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from voicereflect.adapters.portaudio.library import hushed, is_busy, let_go, load, translated
from voicereflect.adapters.portaudio.probe import Device, Survey, survey
from voicereflect.core.sound.channels import VoicedChannel
from voicereflect.errors import DeviceLost, NoMicrophone
from voicereflect.ports.sound import Listener

BLOCK_S = 0.05
LOST_AFTER_S = 2.0
_LOOK_EVERY_S = 0.25
_LOOK_AGAIN_S = 1.5
"""Longer than a healthy sound system takes to tell its devices; a lost one is told anyway."""
_DRAIN_WITHIN_S = 0.5
_CLOSE_WITHIN_S = 1.0
_KEYS = 9
_FEW = 8
"""Channels of a card; what tells of more mixes them itself."""
_COMMON_RATES_HZ = (48_000, 44_100)


class Microphone:
    """One input device, opened anew for each answer."""

    def __init__(
        self,
        device: str | int | None,
        *,
        look_again: Callable[[float], Survey] = survey,
        lost_after_s: float = LOST_AFTER_S,
    ) -> None:
        """Remember the device (None: the system's default); nothing is opened yet."""
        self.rate_hz = 0
        """Sample rate of the blocks; the device's own; known once prepared."""
        self.overflows = 0
        """Blocks lost since `start`: by the device, or because the listener had no room."""
        self.name = "the default microphone" if device is None else str(device)
        """What a person calls this microphone."""
        self._device = device
        self._look_again = look_again
        self._lost_after_s = lost_after_s
        self._stream: Any = None
        self._library: Any = None
        self._voiced = VoicedChannel(1, 1)
        self._lock = threading.Lock()
        self._listener: Listener | None = None
        self._last_block_at = 0.0
        self._tail: int | None = None
        """Blocks that are still to be heard, once someone has asked to stop."""
        self._drained = threading.Event()
        self._drained.set()
        self._stopped = threading.Event()

    def more(self, prompt: str) -> bool:  # noqa: ARG002 - recordings need it, a microphone not
        """There is always more to hear."""
        return True

    def prepare(self, prompt: str) -> None:  # noqa: ARG002 - recordings need it, a microphone not
        """Open the device and let it run, unheard, so that `start` loses no first word.

        Raises:
            NoMicrophone: it cannot be opened.
        """
        if self._stream is not None and self._stream.active:
            return
        self.close()
        self._library = load(NoMicrophone, self._device)
        try:
            with hushed(), translated(self._library, NoMicrophone):
                info = self._library.query_devices(self._device, "input")
                self.name = info["name"]
                self._stream = self._open(info)
                self._stream.start()
        except NoMicrophone as error:
            error.others = self._openable(self._others())
            raise

    def _open(self, info: dict[str, Any]) -> Any:
        """Open with the first settings the device accepts."""
        problem: Exception = ValueError("it has no input channels")
        for rate_hz, channels in settings_to_try(info):
            try:
                stream = self._library.RawInputStream(
                    device=self._device,
                    samplerate=rate_hz,
                    channels=channels,
                    dtype="int16",
                    blocksize=round(rate_hz * BLOCK_S),
                    latency="high",
                    callback=self._block,
                    finished_callback=self._report_lost,
                )
            except self._library.PortAudioError as error:
                if is_busy(error):
                    raise
                problem = error
            else:
                self.rate_hz = rate_hz
                self._voiced = self._voiced.again(channels, rate_hz)
                return stream
        raise problem

    def use(self, name: str) -> None:
        """Hear another one from now on, for as long as this lives."""
        self.close()
        self._device = self.name = name
        for index, each in enumerate(self._library.query_devices()):
            if each["name"] == name and each["max_input_channels"]:
                self._device = index

    def start(self, listener: Listener) -> None:
        """Hear from the next block on; opens the device if nobody has.

        Raises:
            NoMicrophone: it cannot be opened.
        """
        self.prepare("")
        self._stopped = threading.Event()
        with self._lock:
            self.overflows = 0
            self._tail = None
            self._last_block_at = time.monotonic()
            self._listener = listener
        threading.Thread(
            target=self._watch, args=(self._stopped,), name="microphone watch", daemon=True
        ).start()

    def stop(self) -> None:
        """Wait for blocks that are still on their way, a tenth of a second, and close the device.

        No block is delivered after the return.
        """
        with self._lock:
            if self._listener is not None:
                self._drained.clear()
                self._tail = math.ceil(self._stream.latency / BLOCK_S) + 1
        self._drained.wait(_DRAIN_WITHIN_S)
        self.close()

    def close(self) -> None:
        """Close the device; safe when nothing is open."""
        self._stopped.set()
        with self._lock:
            self._listener = None
        stream, self._stream = self._stream, None
        if stream is not None:
            # a device that is gone can keep PortAudio waiting for ever
            letting_go = threading.Thread(target=let_go, args=(self._library, stream), daemon=True)
            letting_go.start()
            letting_go.join(_CLOSE_WITHIN_S)

    def _block(self, data: Any, _frames: int, _time: Any, status: Any) -> None:
        with self._lock:
            if self._listener is None:
                return
            self._last_block_at = time.monotonic()
            self.overflows += bool(status.input_overflow)
            self.overflows += not self._listener.heard(self._voiced.heard(bytes(data)))
            self._count_down()

    def _count_down(self) -> None:
        """Stop to listen once the last block on its way has arrived."""
        if self._tail is None:
            return
        self._tail -= 1
        if self._tail <= 0:
            self._listener = None
            self._drained.set()

    def _watch(self, stopped: threading.Event) -> None:
        """An unplugged device says nothing at all: its callback just stops."""
        while not stopped.wait(min(_LOOK_EVERY_S, self._lost_after_s / 4)):
            if time.monotonic() - self._last_block_at > self._lost_after_s:
                self._report_lost()
                return

    def _report_lost(self) -> None:
        """Have the listener told; after our own `close` there is none, and nothing is told."""
        self._stopped.set()
        with self._lock:
            listener, self._listener = self._listener, None
        self._drained.set()
        if listener is not None:
            # elsewhere: the library's own thread must not wait
            threading.Thread(target=self._tell_lost, args=(listener,), daemon=True).start()

    def _tell_lost(self, listener: Listener) -> None:
        """Tell the listener, and which others there are; none is used unasked."""
        found = self._others()
        others = ", ".join(f"{each.index} {each.name}" for each in found)
        listener.ended(
            DeviceLost(
                f"The microphone ({self.name}) stopped giving sound",
                hint=f"Plug it in again, or begin with another, --device: {others}."
                if others
                else "Plug it in again.",
                others=self._openable(found),
            )
        )

    def _others(self) -> list[Device]:
        devices = self._look_again(_LOOK_AGAIN_S).devices
        return [each for each in devices if each.inputs and each.name != self.name]

    def _openable(self, devices: list[Device]) -> tuple[str, ...]:
        """Those with a key each; the library sees no device that came after its own start."""
        known = {each["name"] for each in self._library.query_devices()}
        return tuple(each.name for each in devices if each.name in known)[:_KEYS]


def settings_to_try(info: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Rates and channels in the order to try: what the device itself prefers comes first.

    A card's few inputs are all heard: alone, the first may be one that nothing is plugged into.
    """
    own_rate_hz, most = round(info["default_samplerate"]), int(info["max_input_channels"])
    rates_hz = dict.fromkeys((own_rate_hz, *_COMMON_RATES_HZ))
    all_of_few = most if most <= _FEW else 1
    counts = dict.fromkeys(count for count in (all_of_few, 1, 2, most) if 0 < count <= most)
    for rate_hz in rates_hz:
        for count in counts:
            yield rate_hz, count
