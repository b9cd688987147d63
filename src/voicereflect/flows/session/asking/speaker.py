"""Speaking the prompts: renders ahead on a thread of its own, plays one at a time.

A voice or loudspeaker that fails costs one line, and the session goes on in text.
"""

import itertools
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass

from voicereflect.core.session.events import Spoken
from voicereflect.errors import DeviceError, DeviceLost, ReflectError
from voicereflect.flows.session.asking.voices import EitherVoice, RecordedFirst
from voicereflect.flows.session.queue import Inbox, Note
from voicereflect.model import BYTES_PER_SAMPLE, Clip
from voicereflect.ports.sound import Loudspeaker
from voicereflect.ports.voice import PromptPack, Voice


@dataclass(frozen=True, slots=True)
class Private:
    """Somebody's own words: spoken, and never kept as sound."""

    words: str


After = tuple[Future[bool], Clip]
"""What is waited for, and what is heard first if it came true."""


class PromptSpeaker:
    """Says texts, and reports `Spoken` when the last one asked for has been heard."""

    def __init__(
        self,
        voice: Voice | None,
        loudspeaker: Loudspeaker | None,
        inbox: Inbox,
        *,
        second: Voice | None = None,
        pack: PromptPack | None = None,
        pause_s: float = 0.0,
    ) -> None:
        """Without a voice or a loudspeaker everything counts as spoken at once.

        `second` speaks when the voice cannot, and what is in the `pack` is played instead of
        either; `pause_s` lies between two things that are said.
        """

        def tell(line: str) -> None:
            inbox.post(Note(line))

        if voice is not None and second is not None:
            voice = EitherVoice(voice, second, tell)
        if voice is not None and pack is not None:
            voice = RecordedFirst(pack, voice, tell)
        self._voice = self._held = voice
        self._pause_s = pause_s
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
            self._render(self._voice, text, pace, ahead=True)

    def say(
        self,
        *parts: str | Private | Clip,
        pace: float = 1.0,
        after: After | None = None,
        rests: float = 0.0,
    ) -> None:
        """Begin to say texts and clips in order; anything still being said is cut off.

        `after` is waited for before anything is heard; `rests` pauses follow the last one.
        """
        self.hush()
        voice, loudspeaker = self._voice, self._loudspeaker
        wanted = tuple(part for part in parts if part)
        if not wanted or voice is None or loudspeaker is None:
            self._inbox.post(Spoken(self.turn))
            return
        clips = [self._clip(voice, part, pace) for part in wanted]
        line = list(zip(clips, self._pauses_s(wanted, rests), strict=True))
        played = self._play_executor.submit(self._play, self.turn, loudspeaker, after, line)
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
        if self._held is not None:
            self._held.close()

    def _pauses_s(self, parts: Sequence[str | Private | Clip], rests: float) -> list[float]:
        """How long it is still after each: a breath between words and words, none at a tone."""
        words = [not isinstance(part, Clip) for part in parts]
        breaths = [float(one and other) for one, other in itertools.pairwise(words)]
        return [self._pause_s * each for each in (*breaths, rests)]

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

    def _render(self, voice: Voice, text: str, pace: float, *, ahead: bool = False) -> Future[Clip]:
        wanted = (text, pace)
        if wanted not in self._rendered:
            self._rendered[wanted] = self._render_executor.submit(
                voice.render, text, pace=pace, ahead=ahead
            )
        return self._rendered[wanted]

    def _play(
        self,
        turn: int,
        loudspeaker: Loudspeaker,
        after: After | None,
        line: Sequence[tuple[Future[Clip], float]],
    ) -> None:
        """Play clips once they are rendered, unless something else is said meanwhile."""
        try:
            if after and after[0].result() and not self._play_one(turn, loudspeaker, after[1]):
                return
            clips = (_still_after(clip.result(), pause_s) for clip, pause_s in line)
            if all(self._play_one(turn, loudspeaker, clip) for clip in clips):
                self._inbox.post(Spoken(turn))
        except CancelledError:
            return
        except ReflectError as error:
            self._go_on_in_text(turn, error)

    def _play_one(self, turn: int, loudspeaker: Loudspeaker, clip: Clip) -> bool:
        """Play a clip to its end; False if it was cut off.

        A device that fell silent is opened once more: many wake up again.
        """
        try:
            return self._played(turn, loudspeaker, clip)
        except DeviceLost:
            return self._played(turn, loudspeaker, clip)

    def _played(self, turn: int, loudspeaker: Loudspeaker, clip: Clip) -> bool:
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
            self._inbox.post(Note(f"{problem.sentence} Going on in text. {problem.hint}"))
        self._inbox.post(Spoken(turn))


def _still_after(clip: Clip, pause_s: float) -> Clip:
    """A clip with silence joined to its end, so that it is cut off like any sound."""
    silence = bytes(round(pause_s * clip.rate_hz) * BYTES_PER_SAMPLE)
    return Clip(pcm=clip.pcm + silence, rate_hz=clip.rate_hz)
