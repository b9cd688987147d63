"""Kept answers without text are read by the speech worker, one after the other.

Sound is passed on only as fast as the worker takes it in, so that an hour of it
weighs no more than a few minutes.
"""

import queue
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicereflect.core.entries import with_transcript
from voicereflect.flows.hearing import Hearing
from voicereflect.model import BYTES_PER_SAMPLE, Report, Transcript
from voicereflect.ports import Progress, Transcriber, Vault

UNSEEN_MOST_S = 60.0
UNREAD_MOST_S = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An answer whose sound is kept and has no text yet."""

    entry_id: str
    number: int
    name: str
    """What a person calls it."""


class WritingDown:
    """Reads what waits; whatever is not reached stays pending."""

    def __init__(
        self,
        vault: Vault,
        transcriber: Transcriber,
        progress: Progress,
        *,
        language: str,
        now: Callable[[], datetime],
    ) -> None:
        """Nothing is started yet."""
        self._vault = vault
        self._transcriber = transcriber
        self._progress = progress
        self._reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._hearing = Hearing(transcriber, language=language, now=now, sound=self._fed_sound)
        self._waiting: Sequence[Waiting] = ()
        self._fed = 0

    def run(self, waiting: Sequence[Waiting], note: Callable[[str], None]) -> None:
        """Read one after the other; `note` is told why something stays without text."""
        self._waiting = waiting
        self._transcriber.start(self._reports.put)
        try:
            for key, each in enumerate(waiting):
                transcript = self._read(key, each)
                lost = self._hearing.lost
                if transcript is None and lost is not None:
                    left = len(waiting) - key
                    them = "1 recording waits" if left == 1 else f"{left} recordings wait"
                    note(f"{lost.what} {lost.hint} {them} as pending.")
                    return
                if transcript is not None:
                    self._save(each, transcript)
        finally:
            self._transcriber.close()

    def _read(self, key: int, waiting: Waiting) -> Transcript | None:
        """Feed an answer's sound at the worker's pace, and wait for its transcript."""
        info = self._vault.take_info(waiting.entry_id, waiting.number)
        total_s = info.samples / info.rate_hz
        self._tell(waiting, 0.0, total_s)
        self._fed = 0
        self._hearing.begin(key, info.rate_hz)
        for block in self._vault.sound(waiting.entry_id, waiting.number):
            self._fed += len(block) // BYTES_PER_SAMPLE
            self._hearing.feed(key, block)
            while not self._hearing.lost and (self._is_behind(key) or not self._reports.empty()):
                self._hearing.take(self._reports.get())
                self._tell(waiting, self._hearing.progress_s[0], total_s)
            if self._hearing.lost:
                return None
        self._hearing.end(key)
        while not self._hearing.lost:
            whole = self._hearing.take(self._reports.get())
            if whole is not None:
                self._progress.step(_saying(waiting), done=total_s, total=total_s)
                return whole[1]
            self._tell(waiting, self._hearing.progress_s[0], total_s)
        return None

    def _is_behind(self, key: int) -> bool:
        unseen_s, unread_s = self._hearing.behind_s(key)
        return unseen_s > UNSEEN_MOST_S or unread_s > UNREAD_MOST_S

    def _fed_sound(self, key: int) -> Iterator[bytes]:
        """What a worker that was lost had been given."""
        waiting, left = self._waiting[key], self._fed * BYTES_PER_SAMPLE
        for block in self._vault.sound(waiting.entry_id, waiting.number):
            if left <= 0:
                return
            yield block[:left]
            left -= len(block)

    def _save(self, waiting: Waiting, transcript: Transcript) -> None:
        text = transcript.text
        self._vault.add_transcript(waiting.entry_id, waiting.number, transcript)
        self._vault.update(
            waiting.entry_id,
            lambda entry: with_transcript(entry, waiting.number, text, silent=not text),
        )

    def _tell(self, waiting: Waiting, done_s: float, total_s: float) -> None:
        almost_s = min(done_s, total_s * 0.99)
        self._progress.step(_saying(waiting), done=almost_s, total=max(total_s, 0.001))


def _saying(waiting: Waiting) -> str:
    return f"Writing down {waiting.name}"
