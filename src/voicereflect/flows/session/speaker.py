"""Speaking the prompts: renders ahead on a thread of its own, plays one at a time.

A voice or loudspeaker that fails costs one line, and the session goes on in text.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass

from voicereflect.core.session.events import Spoken
from voicereflect.errors import DeviceError, ReflectError
from voicereflect.flows.session.queue import Inbox, Note
from voicereflect.model import Clip
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.voice import Voice


@dataclass(frozen=True, slots=True)
class Private:
    """Somebody's own words: spoken, and never kept as sound."""

    words: str


After = tuple[Future[bool], Clip]
"""What is waited for, and what is heard first if it came true."""


class PromptSpeaker:
    """Says texts, and reports `Spoken` when the last one asked for has been heard."""

    def __init__(self, voice: Voice | None, loudspeaker: Loudspeaker | None, inbox: Inbox) -> None:
        """Without a voice or a loudspeaker everything counts as spoken at once."""
        self._voice = voice
        self._loudspeaker = loudspeaker
        self._inbox = inbox
        self._render_executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="voice")
        self._rendered: dict[tuple[str, float], Future[Clip]] = {}
        self._play_executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="player")
        self._turn = threading.Lock()
        self.turn = 0
        """Which of all the things said is being said."""

    def prefetch(self, text: str, pace: float = 1.0) -> None:
        """Render a text that will be said soon."""
        if text and self._voice is not None and self._loudspeaker is not None:
            self._render(self._voice, text, pace)

    def say(
        self,
        *parts: str | Private | Clip,
        pace: float = 1.0,
        after: After | None = None,
    ) -> None:
        """Begin to say texts and clips in order; anything still being said is cut off.

        `after` is waited for before anything is heard.
        """
        self.hush()
        voice, loudspeaker = self._voice, self._loudspeaker
        wanted = tuple(part for part in parts if part)
        if not wanted or voice is None or loudspeaker is None:
            self._inbox.post(Spoken(self.turn))
            return
        clips = [self._clip(voice, part, pace) for part in wanted]
        played = self._play_executor.submit(self._play, self.turn, loudspeaker, after, clips)
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
        self._render_executor.shutdown(wait=False, cancel_futures=True)
        self._play_executor.shutdown(wait=False, cancel_futures=True)

    def _clip(self, voice: Voice, part: str | Private | Clip, pace: float) -> Future[Clip]:
        match part:
            case Clip():
                there: Future[Clip] = Future()
                there.set_result(part)
                return there
            case Private(words):
                return self._render_executor.submit(voice.render, words, pace=pace, private=True)
            case str():
                return self._render(voice, part, pace)

    def _render(self, voice: Voice, text: str, pace: float) -> Future[Clip]:
        wanted = (text, pace)
        if wanted not in self._rendered:
            self._rendered[wanted] = self._render_executor.submit(voice.render, text, pace=pace)
        return self._rendered[wanted]

    def _play(
        self,
        turn: int,
        loudspeaker: Loudspeaker,
        after: After | None,
        clips: Sequence[Future[Clip]],
    ) -> None:
        """Play clips once they are rendered, unless something else is said meanwhile."""
        try:
            if after and after[0].result() and not self._play_one(turn, loudspeaker, after[1]):
                return
            if all(self._play_one(turn, loudspeaker, clip.result()) for clip in clips):
                self._inbox.post(Spoken(turn))
        except CancelledError:
            return
        except ReflectError as error:
            self._go_on_in_text(turn, error)

    def _play_one(self, turn: int, loudspeaker: Loudspeaker, clip: Clip) -> bool:
        """Play a clip to its end; False if it was cut off."""
        ended: Future[DeviceError | None] = Future()
        with self._turn:
            if turn != self.turn:
                return False
            loudspeaker.play(clip, ended.set_result)
        problem = ended.result()
        if problem is not None:
            raise problem
        return turn == self.turn

    def _go_on_in_text(self, turn: int, problem: ReflectError) -> None:
        if self._voice is not None:
            self._voice = None
            self._inbox.post(Note(f"{problem.line} Going on in text."))
        self._inbox.post(Spoken(turn))
