"""The worker's side of the pipe: requests come in, are done in order of urgency, and reported.

One thread accepts requests, looks for speech and reads live segments; the
whole-answer pass has a thread of its own, of lower priority. End of input ends
the process, whatever it is doing.
"""

import os
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from voicereflect.adapters.child import frames
from voicereflect.adapters.speech.detecting import speech
from voicereflect.adapters.speech.engine import WhisperEngine
from voicereflect.adapters.speech.messages import to_header
from voicereflect.adapters.speech.readings import DetectedLanguage
from voicereflect.adapters.speech.sound import MODEL_RATE_HZ, Samples, SoundBuffer
from voicereflect.adapters.speech.whole import WholePass, Window
from voicereflect.core.sound.endpoint import SEGMENT_PAD_S
from voicereflect.model import ANY_LANGUAGE, Report, SegmentRead, Span, SpeechHeard, WorkerReady

LOOK_EVERY_S = 0.3
TOGETHER_S = 10.0
"""What is left at ENTER is read together with the segments before it up to this length (ADR 25)."""
QUIET_TAIL_S = 1.0
"""Of a tail without any speech this much is kept: a voice may just have begun."""


@dataclass(slots=True, kw_only=True)
class AnswerSound:
    """One recording as the worker knows it, until its last window is asked for."""

    sound: SoundBuffer
    language: str
    told: bool
    """A person just said that this is the language."""
    tail: int = 0
    """Where the sound that is in no segment yet begins, in samples of the take, as all here."""
    window_start: int = 0
    looked_upto: int = 0
    alone: list[Span] = field(default_factory=list)
    """Segments of the open window that were read each for itself."""
    joined: bool = False
    """Whether those before them were read as one."""
    detected: DetectedLanguage | None = None
    """The language of its live text, once something was heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRequest:
    """A stretch to be read at once."""

    recording: int
    heard: AnswerSound
    span: Span
    samples: Samples
    then: Window | None = None
    """What is read in full only afterwards: at once, the two would share the processor."""


class LiveWork:
    """What was asked for and is not done yet: live segments first, then looking for speech."""

    def __init__(
        self, engine: WhisperEngine | None, whole: WholePass, report: Callable[[Report], None]
    ) -> None:
        """Wait for the first request; without `engine` segments are not read."""
        self._engine = engine
        self._whole = whole
        self._report = report
        self._recordings: dict[int, AnswerSound] = {}
        self._segments: deque[LiveRequest] = deque()

    def accept(self, header: dict[str, Any], payload: bytes) -> None:
        """Note one request; windows go on to the whole-answer pass at once."""
        recording = header["recording"]
        if header["is"] == "forget":
            self._forget(recording)
        elif header["is"] == "open":
            self._recordings[recording] = AnswerSound(
                sound=SoundBuffer(header["rate_hz"]),
                language=header["language"],
                told=header["told"],
            )
        elif recording in self._recordings:  # else sent to a worker that was lost meanwhile
            self._accept_for(self._recordings[recording], header, payload)

    def _accept_for(self, heard: AnswerSound, header: dict[str, Any], payload: bytes) -> None:
        if header["is"] == "feed":
            heard.sound.feed(payload)
            return
        recording, span = header["recording"], Span(header["start"], header["end"])
        if header["is"] == "segment":
            self._segment(recording, heard, span)
            heard.alone.append(span)
        elif header["is"] == "window":
            window = _window(recording, heard, span)
            if header["last"]:  # what came after the last cut is shown first
                self._rest(recording, heard, Span(heard.tail, span.end), window)
                del self._recordings[recording]
            else:
                self._whole.read(window)
            heard.window_start = span.end
            heard.alone.clear()
            heard.joined = False
            heard.sound.forget(span.end)

    def _forget(self, recording: int) -> None:
        """It goes to the trash: what of it waits is not read."""
        self._recordings.pop(recording, None)
        self._segments = deque(each for each in self._segments if each.recording != recording)
        self._whole.forget(recording)

    def do_next(self) -> bool:
        """Do the most urgent piece of work; False if there is none."""
        if self._segments:
            live = self._segments.popleft()
            self._read(live)
            if live.then is not None:
                self._whole.read(live.then)
            return True
        return self._look() or self._read_again()

    def _segment(
        self, recording: int, heard: AnswerSound, span: Span, then: Window | None = None
    ) -> None:
        heard.tail = span.end
        if self._engine is not None:
            samples = heard.sound.between(span)
            self._segments.append(
                LiveRequest(recording=recording, heard=heard, span=span, samples=samples, then=then)
            )
        elif then is not None:
            self._whole.read(then)

    def _rest(self, recording: int, heard: AnswerSound, tail: Span, window: Window) -> None:
        """Have what is left at the end read, with what came before it where that is short."""
        longest = int(TOGETHER_S * heard.sound.rate_hz)
        start = next((each.start for each in heard.alone if tail.end - each.start <= longest), None)
        if start is not None and speech(heard.sound.between(tail)):
            tail = Span(start, tail.end)
            self._segments = deque(
                live
                for live in self._segments
                if live.recording != recording or live.span.start < tail.start
            )
        self._segment(recording, heard, tail, window)

    def _read_again(self) -> bool:
        """Have segments read again as one, while the whole-answer pass has nothing to do.

        What was said before and after mends a segment (ADR 25).
        """
        if self._engine is None or not self._whole.idle:
            return False
        for recording, heard in self._recordings.items():
            if len(heard.alone) + heard.joined > 1:
                upto = heard.alone[-1].end
                heard.alone.clear()
                heard.joined = True
                so_far = Span(heard.window_start, upto)
                self._whole.read(_window(recording, heard, so_far, closed=False))
                return True
        return False

    def _read(self, live: LiveRequest) -> None:
        """Read a live segment, unless no voice is in it: the last one was cut without a look."""
        engine, heard, text, guess = self._engine, live.heard, "", ""
        voice = speech(live.samples)
        if engine is not None and voice:
            if heard.detected is None:
                heard.detected = (
                    engine.detect(live.samples, heard.language)
                    if heard.language == ANY_LANGUAGE
                    else DetectedLanguage(code=engine.language_for(heard.language))
                )
            read = engine.live(_around(live.samples, voice), heard.detected.code)
            text, guess = read.text, read.guess
        self._report(SegmentRead(recording=live.recording, span=live.span, text=text, guess=guess))

    def _look(self) -> bool:
        for recording, heard in self._recordings.items():
            sound = heard.sound
            new_s = (sound.samples - heard.looked_upto) / sound.rate_hz
            if new_s < LOOK_EVERY_S:
                continue
            heard.looked_upto = sound.samples
            tail, upto = heard.tail, sound.samples
            found = speech(sound.between(Span(tail, upto)))
            spans = tuple(
                Span(tail + sound.of_take(each.start), min(upto, tail + sound.of_take(each.end)))
                for each in found
            )
            if not spans:
                heard.tail = max(tail, upto - int(QUIET_TAIL_S * sound.rate_hz))
            self._report(SpeechHeard(recording=recording, upto=upto, spans=spans))
            return True
        return False


def _window(recording: int, heard: AnswerSound, span: Span, *, closed: bool = True) -> Window:
    """A window with its sound."""
    return Window(
        recording=recording,
        span=span,
        rate_hz=heard.sound.rate_hz,
        sound=heard.sound.copied(span),
        language=heard.language,
        told=heard.told,
        closed=closed,
    )


def _around(samples: Samples, voice: tuple[Span, ...]) -> Samples:
    """The stretch from the first sound of a voice to its last, with a little room."""
    pad = int(SEGMENT_PAD_S * MODEL_RATE_HZ)
    return samples[max(0, voice[0].start - pad) : voice[-1].end + pad]


class Reports:
    """The way back to the parent, shared by both threads."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._lock = threading.Lock()

    def send(self, report: Report) -> None:
        """Send one report, whole."""
        message = frames.encode(to_header(report))
        with self._lock:
            self._out.write(message)
            self._out.flush()


def serve(requests: BinaryIO, out: BinaryIO) -> None:
    """Load the model, then work until the requests end."""
    first = frames.read(requests)
    if first is None:
        return
    start, _ = first
    inbox: queue.SimpleQueue[frames.Message] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, inbox), daemon=True).start()
    folder, reports = Path(start["folder"]), Reports(out)
    load = partial(WhisperEngine, folder, threads=start["threads"])
    whole = WholePass(load, reports.send, gives_way=start["live"])
    whole.start()
    work = LiveWork(load() if start["live"] else None, whole, reports.send)
    whole.wait()
    reports.send(WorkerReady(model=folder.name))
    idle = False
    while True:
        while idle or not inbox.empty():
            work.accept(*inbox.get())
            idle = False
        idle = not work.do_next()


def _read(requests: BinaryIO, inbox: "queue.SimpleQueue[frames.Message]") -> None:
    try:
        while message := frames.read(requests):
            inbox.put(message)
    finally:
        os._exit(0)  # the parent is gone, or done: no decode is worth finishing
