"""The one queue a session listens to; everything that happens arrives here, in order.

Sound has a bounded share of it, everything else always finds room.
"""

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from voicereflect.core.session.events import Event, SoundEnded
from voicereflect.core.typed.strokes import Stroke
from voicereflect.errors import DeviceError
from voicereflect.model import Answer, Report

ROOM_BLOCKS = 1200
"""A minute of 50 ms blocks: how long a disk may stall before sound is lost."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One block of an answer's sound."""

    number: int
    pcm: bytes


@dataclass(frozen=True, slots=True)
class Closed:
    """The recorder has stopped: no more blocks of this take or reply will come."""

    number: int
    overflows: int
    """How often sound was lost because nobody took it in time."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer's text, or its lack of one, is on disk and synced."""

    number: int
    answer: Answer | None
    """As it stands in the entry; None if not even its begin could be saved."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A saved answer was looked at for danger."""

    answer: Answer
    danger: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Something went otherwise; one line says it."""

    line: str


@dataclass(frozen=True, slots=True)
class Stroked:
    """A key, or text, where answers are typed."""

    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Rested:
    """It is time to keep what was typed."""


@dataclass(frozen=True, slots=True)
class Broke:
    """A thread met an error nobody foresaw; the session's thread raises it."""

    error: BaseException


Message = Event | Report | Heard | Closed | Saved | Looked | Note | Stroked | Rested


class Inbox:
    """Where threads put what happened; one thread takes it out."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Message | Broke] = queue.SimpleQueue()
        self._room = threading.Semaphore(ROOM_BLOCKS)

    def post(self, message: Message) -> None:
        """Put something in; safe from any thread and from signal handlers."""
        self._queue.put(message)

    def post_later(self, message: Message, after_s: float) -> threading.Timer:
        """Put something in after a while; give what can call it off."""
        timer = threading.Timer(after_s, self.post, [message])
        timer.daemon = True
        timer.start()
        return timer

    def offer(self, block: Heard) -> bool:
        """Put a block of sound in if there is room."""
        if not self._room.acquire(blocking=False):
            return False
        self._queue.put(block)
        return True

    def watch(self, task: Future[Any]) -> None:
        """Let an unforeseen error of another thread break the session, not vanish."""
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._queue.put(Broke(error))

    def rest(self) -> Iterator[Message]:
        """What is left, without waiting."""
        while not self._queue.empty():
            yield self.next()

    def next(self) -> Message:
        """Wait for what happened next."""
        message = self._queue.get()
        if isinstance(message, Heard):
            self._room.release()
        if isinstance(message, Broke):
            raise message.error
        return message


class Ear:
    """A listener for one answer's sound."""

    def __init__(self, inbox: Inbox, answer: int) -> None:
        self._inbox = inbox
        self._answer = answer

    def heard(self, pcm: bytes) -> bool:
        return self._inbox.offer(Heard(self._answer, pcm))

    def ended(self, problem: DeviceError | None) -> None:
        self._inbox.post(SoundEnded(self._answer, problem))
