"""What the product itself makes of recordings: the real worker, cut as a session cuts."""

import functools
import queue
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from bench.speech_set import RATE_HZ, Clip, Samples
from voicereflect import wiring
from voicereflect.adapters.speech.client import SpeechWorker
from voicereflect.flows.session.recording.transcription import TranscriptionTracker
from voicereflect.model import Report, Transcript, WorkerLost

BLOCK = RATE_HZ // 20
THREADS = 2


class Reader:
    """A warm worker that reads one recording after the other."""

    def __init__(self, model: str = "base") -> None:
        """Start it."""
        folder = wiring.settings().models_dir / model
        self._worker = SpeechWorker(lambda: folder, threads=THREADS, live=False)
        self._reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._worker.start(self._reports.put)
        self._answers = 0

    def read(self, samples: Samples, language: str = "en") -> Transcript:
        """Feed a recording as an answer, a detector's look behind it, and wait for the text."""
        self._answers += 1
        number = self._answers
        tracker = TranscriptionTracker(
            self._worker, now=lambda: datetime.now(UTC), sound=lambda _: iter(())
        )
        tracker.begin(number, RATE_HZ, language)
        for pcm in _blocks(samples):
            tracker.feed(number, pcm)
            while tracker.behind_s(number)[0] > 1:
                tracker.apply(self._next())
        tracker.end(number)
        while True:
            if whole := tracker.apply(self._next()):
                return whole[1]

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def _next(self) -> Report:
        report = self._reports.get(timeout=300)
        if isinstance(report, WorkerLost):
            raise TimeoutError(report.what)
        return report


def _blocks(samples: Samples) -> Iterator[bytes]:
    pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
    for at in range(0, len(pcm), BLOCK):
        yield pcm[at : at + BLOCK].tobytes()


@functools.cache
def transcripts(clips: tuple[Clip, ...]) -> tuple[Transcript, ...]:
    """Each recording's transcript; read once, whichever benchmarks want it."""
    reader = Reader()
    try:
        return tuple(reader.read(clip.samples()) for clip in clips)
    finally:
        reader.close()
