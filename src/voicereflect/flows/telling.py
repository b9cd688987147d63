"""Speaking the prompts: renders ahead on a thread of its own, plays one at a time.

A voice or loudspeaker that fails costs one line, and the session goes on in text.
"""

import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial

from voicereflect.core.sitting import Spoken
from voicereflect.errors import DeviceError, ReflectError
from voicereflect.flows.inbox import Inbox, Note
from voicereflect.model import Clip
from voicereflect.ports import Loudspeaker, Voice


class Teller:
    """Says texts, and reports `Spoken` when the last one asked for has been heard."""

    def __init__(self, voice: Voice | None, loudspeaker: Loudspeaker | None, inbox: Inbox) -> None:
        """Without a voice or a loudspeaker everything counts as spoken at once."""
        self._voice = voice
        self._loudspeaker = loudspeaker
        self._inbox = inbox
        self._mouth = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voice")
        self._rendered: dict[tuple[str, float], Future[Clip]] = {}
        self._stage = ThreadPoolExecutor(max_workers=1, thread_name_prefix="stage")
        self._turn = threading.Lock()
        self.turn = 0
        """Which of all the things said is being said."""

    def prefetch(self, text: str, pace: float = 1.0) -> None:
        """Render a text that will be said soon."""
        if text and self._voice is not None and self._loudspeaker is not None:
            self._render(self._voice, text, pace)

    def say(self, text: str, pace: float = 1.0) -> None:
        """Begin to say a text; anything still being said is cut off."""
        self.hush()
        voice, loudspeaker = self._voice, self._loudspeaker
        if not text or voice is None or loudspeaker is None:
            self._inbox.post(Spoken(self.turn))
            return
        clip = self._render(voice, text, pace)
        played = self._stage.submit(self._play, self.turn, loudspeaker, clip)
        played.add_done_callback(self._inbox.watch)

    def hush(self) -> None:
        """Fall silent, and let no earlier text report that it was spoken."""
        with self._turn:
            self.turn += 1
        if self._loudspeaker is not None:
            self._loudspeaker.stop()

    def close(self) -> None:
        """Fall silent for good."""
        self.hush()
        self._mouth.shutdown(wait=False, cancel_futures=True)
        self._stage.shutdown(wait=False, cancel_futures=True)

    def _render(self, voice: Voice, text: str, pace: float) -> Future[Clip]:
        wanted = (text, pace)
        if wanted not in self._rendered:
            self._rendered[wanted] = self._mouth.submit(voice.render, text, pace=pace)
        return self._rendered[wanted]

    def _play(self, turn: int, loudspeaker: Loudspeaker, rendering: Future[Clip]) -> None:
        """Play a clip once it is rendered, unless something else is said meanwhile."""
        try:
            clip = rendering.result()
            with self._turn:
                if turn == self.turn:
                    loudspeaker.play(clip, partial(self._ended, turn))
        except CancelledError:
            return
        except ReflectError as error:
            self._go_on_in_text(turn, error)

    def _ended(self, turn: int, problem: DeviceError | None) -> None:
        if problem is not None:
            self._go_on_in_text(turn, problem)
        else:
            self._inbox.post(Spoken(turn))

    def _go_on_in_text(self, turn: int, problem: ReflectError) -> None:
        if self._voice is not None:
            self._voice = None
            self._inbox.post(Note(f"{problem.line} Going on in text."))
        self._inbox.post(Spoken(turn))
