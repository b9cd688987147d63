"""How fast this machine writes down what is said, measured once on sound that comes with us."""

import queue
from collections.abc import Callable
from typing import Final

from voicereflect.model import Clip, Report, Span, WindowRead, WorkerLost, WorkerReady
from voicereflect.ports.speech import Transcriber

LIMIT_S: Final = 10.0
READY_S: Final = 60.0
"""A model that is read from a slow disk for the first time takes a while."""


def share_of_time(
    transcriber: Transcriber, clip: Clip, monotonic_s: Callable[[], float]
) -> float | None:
    """Tell which share of its length reading a clip takes; None where it could not be read.

    Past ten seconds it is given up, and what had gone by counts.
    """
    reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
    transcriber.start(reports.put)
    try:
        if not _comes(reports, WorkerReady, READY_S):
            return None
        begun_s = monotonic_s()
        recording = transcriber.open(clip.rate_hz, "en")
        transcriber.feed(recording, clip.pcm)
        transcriber.window(recording, Span(0, clip.samples), last=True)
        if not _comes(reports, WindowRead, LIMIT_S) and monotonic_s() - begun_s < LIMIT_S:
            return None
        return (monotonic_s() - begun_s) / clip.duration_s
    finally:
        transcriber.close()


def _comes(
    reports: "queue.SimpleQueue[Report]", wanted: type[WorkerReady | WindowRead], within_s: float
) -> bool:
    """Wait for a report; False if the worker is lost, or nothing comes for that long."""
    try:
        while not isinstance(report := reports.get(timeout=within_s), wanted):
            if isinstance(report, WorkerLost):
                return False
    except queue.Empty:
        return False
    return True
