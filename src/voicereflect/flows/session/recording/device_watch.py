"""Waits for a microphone that went away, on the recorder's thread, until somebody goes on."""

import threading
from typing import Final

from voicereflect.core.session.events import DeviceFound
from voicereflect.errors import DeviceError, ReflectError
from voicereflect.flows.session.queue import Inbox
from voicereflect.ports.sound import Recorder

FOR_S: Final = 300.0
"""As long as a silence before the microphone is closed."""
EVERY_S: Final = 2.0
FIRST_BLOCK_S: Final = 1.0
"""A device that is there gives sound sooner."""


class DeviceWatch:
    """Tries a device until it gives sound."""

    def __init__(self, recorder: Recorder, inbox: Inbox, *, every_s: float = EVERY_S) -> None:
        self._recorder = recorder
        self._inbox = inbox
        self._every_s = every_s
        self._left = threading.Event()

    def wait(self) -> None:
        """Post `DeviceFound` once it gives sound, or when it was waited for long enough."""
        for _ in range(int(FOR_S / EVERY_S)):
            if self._left.is_set():
                return
            if self._gives_sound():
                self._inbox.post(DeviceFound(is_back=True))
                return
            self._left.wait(self._every_s)
        self._inbox.post(DeviceFound(is_back=False))

    def leave(self) -> None:
        """Wait no more; nothing is posted after what is being tried just now."""
        self._left.set()

    def _gives_sound(self) -> bool:
        block = _FirstBlock()
        try:
            self._recorder.start(block)
        except ReflectError:
            return False
        block.came_or_ended.wait(FIRST_BLOCK_S)
        self._recorder.stop()
        return block.came


class _FirstBlock:
    """Listens for any sound at all, and keeps none."""

    def __init__(self) -> None:
        self.came = False
        self.came_or_ended = threading.Event()

    def heard(self, pcm: bytes) -> bool:
        self.came = bool(pcm)
        self.came_or_ended.set()
        return True

    def ended(self, problem: DeviceError | None) -> None:  # noqa: ARG002 - another try tells
        self.came_or_ended.set()
