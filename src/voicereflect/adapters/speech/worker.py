"""The worker's side of the pipe: what waits, and which of it goes first.

One thread works, one reads requests. In order of urgency: take in what was
sent, read a live segment, look for speech in the tail, take one step of the
whole-answer pass. End of input ends the process, whatever it is doing.
"""

import os
import queue
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from voicereflect.adapters.speech.engine import Engine, Read
from voicereflect.adapters.speech.messages import to_header
from voicereflect.adapters.speech.sound import Sound
from voicereflect.core import frames
from voicereflect.core.endpoint import WINDOW_MAX_S, longest_pause
from voicereflect.model import (
    Report,
    Segment,
    SegmentRead,
    Span,
    SpeechHeard,
    WindowProgress,
    WindowRead,
    Word,
    WorkerReady,
)

LOOK_EVERY_S = 0.3
QUIET_TAIL_S = 1.0
"""Of a tail without any speech this much is kept: a voice may just have begun."""


@dataclass(slots=True, kw_only=True)
class Heard:
    """One answer as the worker knows it."""

    sound: Sound
    language: str
    tail: int = 0
    looked_upto: int = 0
    ended: bool = False
    """The last window was asked for: nothing more will be heard."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """A window of the whole-answer pass, under way."""

    answer: int
    span: Span
    offset_s: float
    rate_hz: int
    steps: Iterator[Read]
    found: list[Segment] = field(default_factory=list)
    unsure: list[Segment] = field(default_factory=list)


class Desk:
    """Everything that waits for the engine, taken in order of urgency."""

    def __init__(self, engine: Engine, *, live: bool, out: BinaryIO) -> None:
        """Wait for the first request."""
        self._engine = engine
        self._live = live
        self._out = out
        self._answers: dict[int, Heard] = {}
        self._segments: deque[tuple[int, Span]] = deque()
        self._windows: deque[tuple[int, Span]] = deque()
        self._reading: Reading | None = None

    def take(self, header: dict[str, Any], payload: bytes) -> None:
        """Take in one request."""
        answer = header["answer"]
        if header["is"] == "open":
            self._answers[answer] = Heard(
                sound=Sound(header["rate_hz"]), language=header["language"]
            )
        elif answer in self._answers:  # else sent to a worker that was lost meanwhile
            self._take_for(self._answers[answer], header, payload)

    def _take_for(self, heard: Heard, header: dict[str, Any], payload: bytes) -> None:
        if header["is"] == "feed":
            heard.sound.feed(payload)
            return
        answer, span = header["answer"], Span(header["start"], header["end"])
        if header["is"] == "segment":
            heard.tail = span.end
            if self._live:
                self._segments.append((answer, span))
        elif header["is"] == "window":
            heard.ended = header["last"]
            self._windows.append((answer, span))

    def work(self) -> bool:
        """Do the most urgent piece of work; False if there is none."""
        if self._segments:
            self._read_segment(*self._segments.popleft())
            return True
        return self._look() or self._step()

    def report(self, report: Report) -> None:
        """Send a report to the parent."""
        self._out.write(frames.encode(to_header(report)))
        self._out.flush()

    def _read_segment(self, answer: int, span: Span) -> None:
        heard = self._answers.get(answer)
        if heard is not None:  # else its final text is there already
            text = self._engine.live(heard.sound.between(span), heard.language)
            self.report(SegmentRead(answer=answer, span=span, text=text))

    def _look(self) -> bool:
        for answer, heard in self._answers.items():
            sound = heard.sound
            new_s = (sound.samples - heard.looked_upto) / sound.rate_hz
            if heard.ended or new_s < LOOK_EVERY_S:
                continue
            heard.looked_upto = sound.samples
            tail, upto = heard.tail, sound.samples
            found = self._engine.speech(sound.between(Span(tail, upto)))
            spans = tuple(
                Span(tail + sound.of_take(each.start), min(upto, tail + sound.of_take(each.end)))
                for each in found
            )
            if not spans:
                heard.tail = max(tail, upto - int(QUIET_TAIL_S * sound.rate_hz))
            self.report(SpeechHeard(answer=answer, upto=upto, spans=spans))
            return True
        return False

    def _step(self) -> bool:
        if self._reading is None:
            if not self._windows:
                return False
            answer, span = self._windows.popleft()
            self._reading = self._begin(answer, self._parted(answer, span))
        reading = self._reading
        read = next(reading.steps, None)
        if read is None:
            self._reading = None
            self._finish(reading)
            return True
        segment = _moved(read.segment, reading.offset_s)
        (reading.found if read.sure else reading.unsure).append(segment)
        upto = int(segment.words[-1].end_s * reading.rate_hz) if segment.words else 0
        self.report(WindowProgress(answer=reading.answer, upto=min(upto, reading.span.end)))
        return True

    def _finish(self, reading: Reading) -> None:
        """Report a window and let its samples go."""
        heard = self._answers[reading.answer]
        self.report(
            WindowRead(
                answer=reading.answer,
                span=reading.span,
                model=self._engine.model,
                language=self._engine.language(heard.language),
                segments=tuple(reading.found),
                unsure=tuple(reading.unsure),
            )
        )
        heard.sound.forget(reading.span.end)
        if heard.ended and not any(answer == reading.answer for answer, _ in self._windows):
            del self._answers[reading.answer]

    def _parted(self, answer: int, span: Span) -> Span:
        """The first part of a window that is too long; the rest goes back to the front."""
        sound = self._answers[answer].sound
        longest = int(WINDOW_MAX_S * sound.rate_hz)
        if span.samples <= longest:
            return span
        first = Span(span.start, span.start + longest)
        heard = self._engine.speech(sound.between(first))
        spans = tuple(Span(sound.of_take(each.start), sound.of_take(each.end)) for each in heard)
        cut = span.start + longest_pause(spans, first=longest // 2, last=longest)
        self._windows.appendleft((answer, Span(cut, span.end)))
        return Span(span.start, cut)

    def _begin(self, answer: int, span: Span) -> Reading:
        heard = self._answers[answer]
        sound = heard.sound
        return Reading(
            answer=answer,
            span=span,
            offset_s=span.start / sound.rate_hz,
            rate_hz=sound.rate_hz,
            steps=self._engine.window(sound.between(span), heard.language),
        )


def _moved(segment: Segment, by_s: float) -> Segment:
    words = tuple(_later(word, by_s) for word in segment.words)
    return replace(segment, words=words)


def _later(word: Word, by_s: float) -> Word:
    return replace(word, start_s=round(word.start_s + by_s, 3), end_s=round(word.end_s + by_s, 3))


def serve(requests: BinaryIO, out: BinaryIO) -> None:
    """Load the model, then work until the requests end."""
    first = frames.read(requests)
    if first is None:
        return
    start, _ = first
    inbox: queue.SimpleQueue[frames.Message] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, inbox), daemon=True).start()
    folder = Path(start["folder"])
    engine = Engine(folder, threads=start["threads"])
    desk = Desk(engine, live=start["live"], out=out)
    desk.report(WorkerReady(model=engine.model))
    idle = False
    while True:
        while idle or not inbox.empty():
            desk.take(*inbox.get())
            idle = False
        idle = not desk.work()


def _read(requests: BinaryIO, inbox: "queue.SimpleQueue[frames.Message]") -> None:
    try:
        while message := frames.read(requests):
            inbox.put(message)
    finally:
        os._exit(0)  # the parent is gone, or done: no decode is worth finishing
