"""The whole-answer pass: a thread of lower priority than live text, with its own copy of the model.

Reads windows in order, each segment by segment; knows no requests and no pipe.
"""

import contextlib
import os
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voicereflect.adapters.speech.detecting import raised, speech
from voicereflect.adapters.speech.engine import WhisperEngine
from voicereflect.adapters.speech.readings import DetectedLanguage, WholeSegment, moved
from voicereflect.adapters.speech.second_look import LANGUAGE_LEAST_S, SecondLook
from voicereflect.adapters.speech.sound import MODEL_RATE_HZ, Samples, floats
from voicereflect.core.sound.endpoint import WINDOW_MAX_S, longest_pause
from voicereflect.model import (
    ANY_LANGUAGE,
    Report,
    SegmentRead,
    Span,
    WindowProgress,
    WindowRead,
)

LATER = 10
"""Of the system's priorities: a tenth of what live text gets, while both want all.

The lowest would starve on a machine that is busy with something else.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of a recording, with its sound at the model's rate."""

    recording: int
    span: Span
    rate_hz: int
    """Of the take, which the span counts in."""
    sound: NDArray[np.int16]
    language: str
    told: bool = False
    """A person just said that this is the language."""
    closed: bool = True
    """False: it goes on, is read quickly, and will be read again when it is longer."""

    def upto(self, seconds: float) -> int:
        """Seconds of this window as a sample of the take."""
        return min(self.span.start + int(seconds * self.rate_hz), self.span.end)


class WholePass:
    """Reads one window after the other."""

    def __init__(
        self,
        load: Callable[[], WhisperEngine],
        report: Callable[[Report], None],
        *,
        gives_way: bool,
    ) -> None:
        """`gives_way`: live text goes before this."""
        self._load = load
        self._report = report
        self._gives_way = gives_way
        self._windows: queue.SimpleQueue[Window] = queue.SimpleQueue()
        self._loaded = threading.Event()
        self._detected: dict[int, DetectedLanguage] = {}
        self._lock = threading.Lock()
        self._waiting = 0
        self._forgotten: set[int] = set()

    def start(self) -> None:
        """Begin to load the model."""
        threading.Thread(target=self._run, daemon=True).start()

    def wait(self) -> None:
        """Wait until the model is loaded."""
        self._loaded.wait()

    def read(self, window: Window) -> None:
        """Have a window read, after those before it."""
        with self._lock:
            self._waiting += 1
        self._windows.put(window)

    def forget(self, recording: int) -> None:
        """Read no more of a recording."""
        self._forgotten.add(recording)

    @property
    def idle(self) -> bool:
        """Whether nothing waits and nothing is being read."""
        return self._loaded.is_set() and self._waiting == 0

    def _run(self) -> None:
        try:
            if self._gives_way:
                _give_way()
            engine = self._load()
            self._loaded.set()
            while True:
                window = self._windows.get()
                for part in _parts(window):
                    if part.recording not in self._forgotten:
                        self._read(engine, part)
                with self._lock:
                    self._waiting -= 1
        finally:
            os._exit(1)  # without this thread nothing would ever be written down

    def _read(self, engine: WhisperEngine, window: Window) -> None:
        samples = floats(window.sound)
        voice = speech(samples)
        detected = self._language_of(engine, window, samples, voice)
        if not window.closed:
            # without a voice the language may be unknown; the live segments are kept then
            if voice and (text := engine.live(samples, detected.code).text):
                self._report(SegmentRead(recording=window.recording, span=window.span, text=text))
            return
        language = detected.other or detected.code
        first = []
        for read in engine.window(samples, language, voice):
            first.append(read)
            if read.segment.words:
                upto = window.upto(read.ends_s)
                self._report(WindowProgress(recording=window.recording, upto=upto))
        told = window.told or bool(detected.other)
        looked = SecondLook(engine, samples, language).over(first, voice, told=told)
        self._report(_read_as(window, detected, looked, voiced=bool(voice), model=engine.model))

    def _language_of(
        self, engine: WhisperEngine, window: Window, samples: Samples, voice: Sequence[Span]
    ) -> DetectedLanguage:
        """The language of a recording; asked once, of the first window with a voice in it.

        Where another one than that was found, each window is asked: it may have been a guest.
        """
        detected = self._detected.get(window.recording)
        if detected is not None and not detected.other:
            return detected
        wanted = engine.language_for(window.language)
        if wanted != ANY_LANGUAGE and (window.told or _length_s(voice) < LANGUAGE_LEAST_S):
            return DetectedLanguage(code=wanted)
        if not voice:
            return DetectedLanguage(code=ANY_LANGUAGE)
        if wanted != ANY_LANGUAGE:  # for a detection the engine chooses by itself
            loud = raised(samples)
            samples = np.concatenate([loud[span.start : span.end] for span in voice])
        self._detected[window.recording] = engine.detect(samples, window.language)
        return self._detected[window.recording]


def _read_as(
    window: Window,
    detected: DetectedLanguage,
    looked: Sequence[WholeSegment],
    *,
    voiced: bool,
    model: str,
) -> WindowRead:
    """Put together what was read; of another language than was wanted nothing is sure."""
    offset_s = window.span.start / window.rate_hz
    found = [(each.sure and not detected.other, moved(each.segment, offset_s)) for each in looked]
    return WindowRead(
        recording=window.recording,
        span=window.span,
        model=model,
        language=detected.code,
        language_probability=detected.probability,
        heard=detected.other,
        voiced=voiced,
        segments=tuple(segment for sure, segment in found if sure),
        unsure=tuple(
            replace(segment, language=segment.language or detected.other)
            for sure, segment in found
            if not sure
        ),
    )


def _length_s(voice: Sequence[Span]) -> float:
    return sum(span.samples for span in voice) / MODEL_RATE_HZ


def _give_way() -> None:
    """Let this thread, and those the engine makes in it, go after the others.

    Linux knows priorities of threads; elsewhere both threads share as equals.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LATER)


def _parts(window: Window) -> tuple[Window, ...]:
    """A window that is too long in several, cut at long pauses."""
    parts = []
    longest = int(WINDOW_MAX_S * MODEL_RATE_HZ)
    rest = window
    while len(rest.sound) > longest:
        heard = speech(floats(rest.sound[:longest]))
        cut = longest_pause(heard, first=longest // 2, last=longest)
        middle = rest.upto(cut / MODEL_RATE_HZ)
        parts.append(replace(rest, span=Span(rest.span.start, middle), sound=rest.sound[:cut]))
        rest = replace(rest, span=Span(middle, rest.span.end), sound=rest.sound[cut:])
    return (*parts, rest)
