"""Speaking the prompts: renders ahead on a thread of its own, plays one at a time.

A voice or loudspeaker that fails costs one line, and the session goes on in text.
"""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

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
        self._turn = threading.Lock()
        self._current = 0

    def prefetch(self, text: str, pace: float = 1.0) -> None:
        """Render a text that will be said soon."""
        if text and self._voice is not None and self._loudspeaker is not None:
            self._render(self._voice, text, pace)

    def say(self, text: str, pace: float = 1.0) -> None:
        """Begin to say a text; anything still being said is cut off."""
        self.hush()
        voice, loudspeaker = self._voice, self._loudspeaker
        if not text or voice is None or loudspeaker is None:
            self._inbox.post(Spoken())
            return
        current = self._current
        clip = self._render(voice, text, pace)
        clip.add_done_callback(lambda ready: self._play(current, loudspeaker, ready))

    def hush(self) -> None:
        """Fall silent, and let no earlier text report that it was spoken."""
        with self._turn:
            self._current += 1
        if self._loudspeaker is not None:
            self._loudspeaker.stop()

    def close(self) -> None:
        """Fall silent for good."""
        self.hush()
        self._mouth.shutdown(wait=False, cancel_futures=True)

    def _render(self, voice: Voice, text: str, pace: float) -> Future[Clip]:
        wanted = (text, pace)
        if wanted not in self._rendered:
            self._rendered[wanted] = self._mouth.submit(voice.render, text, pace=pace)
        return self._rendered[wanted]

    def _play(self, current: int, loudspeaker: Loudspeaker, ready: Future[Clip]) -> None:
        """Play a clip, unless something else has been asked for meanwhile."""
        if ready.cancelled():
            return
        problem = ready.exception()
        if problem is None:
            problem = self._try_to_play(current, loudspeaker, ready.result())
        if isinstance(problem, ReflectError):
            self._go_on_in_text(current, problem)
        else:
            self._inbox.watch(ready)

    def _try_to_play(
        self, current: int, loudspeaker: Loudspeaker, clip: Clip
    ) -> ReflectError | None:
        try:
            with self._turn:
                if current == self._current:
                    loudspeaker.play(clip, lambda problem: self._ended(current, problem))
        except DeviceError as error:
            return error
        return None

    def _ended(self, current: int, problem: DeviceError | None) -> None:
        if problem is not None:
            self._go_on_in_text(current, problem)
        elif current == self._current:
            self._inbox.post(Spoken())

    def _go_on_in_text(self, current: int, problem: ReflectError) -> None:
        if self._voice is not None:
            self._voice = None
            self._inbox.post(Note(f"{problem.line} Going on in text."))
        if current == self._current:
            self._inbox.post(Spoken())
