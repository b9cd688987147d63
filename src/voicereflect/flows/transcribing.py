"""Texts for sound that is kept already: later, again, or with a better model."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from voicereflect.core import refs, sitting
from voicereflect.core.aside import silenced
from voicereflect.core.entries import with_transcript
from voicereflect.errors import EntryUnreadable, TranscriptionFailed, VaultBusy
from voicereflect.flows.hearing import Hearing
from voicereflect.flows.inbox import Happening, Inbox
from voicereflect.flows.recovering import Ward
from voicereflect.model import (
    AnswerState,
    Entry,
    SegmentRead,
    SpeechHeard,
    Transcript,
    WindowProgress,
    WindowRead,
    WorkerLost,
    WorkerReady,
)
from voicereflect.ports import Keyboard, Progress, Transcriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One answer to read."""

    entry_id: str
    number: int


class Transcribing:
    """Reads answers one after the other; leaves the rest for later at any key."""

    def __init__(
        self,
        vault: Ward,
        transcriber: Transcriber,
        keyboard: Keyboard,
        progress: Progress,
        *,
        now: Callable[[], datetime],
    ) -> None:
        """Nothing is read yet."""
        self._vault = vault
        self._transcriber = transcriber
        self._keyboard = keyboard
        self._progress = progress
        self._now = now
        self._inbox = Inbox()

    def pending(self, *, newest: int | None = None) -> tuple[Job, ...]:
        """Answers that wait for their text, in all entries or the `newest` ones."""
        ids = self._vault.ids()
        return tuple(
            Job(entry_id=entry.id, number=answer.number)
            for entry in _readable(self._vault, ids if newest is None else ids[-newest:])
            for answer in entry.answers
            if answer.state is AnswerState.PENDING
        )

    def of(self, reference: str) -> tuple[Job, ...]:
        """The answers a reference means, if they have sound.

        Raises:
            EntryNotFound: no entry, several, or no such answer.
            EntryUnreadable: with file and line.
        """
        found = refs.resolve(reference, self._vault.ids())
        return tuple(
            Job(entry_id=found.entry, number=answer.number)
            for answer in self._vault.load(found.entry).answers
            if answer.duration_s and found.answer in (None, answer.number)
        )

    def run(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """Read the answers; give those that were read and saved.

        Raises:
            TranscriptionFailed: the worker or its model; what was read is saved.
        """
        with ExitStack() as stack:
            stack.callback(self._transcriber.close)
            stack.enter_context(self._keyboard.listen(self._leave))
            self._transcriber.start(self._inbox.post)
            done: list[Job] = []
            for place, job in enumerate(jobs, start=1):
                try:
                    with self._vault.adopt(job.entry_id):
                        if not self._read(job, f"Answer {place} of {len(jobs)}"):
                            break
                        done.append(job)
                except VaultBusy:
                    continue  # its own session will read it
        return tuple(done)

    def _leave(self, _key: str) -> None:
        self._inbox.post(sitting.Interrupted())

    def _read(self, job: Job, what: str) -> bool:
        """Read one answer; False if a key came first."""
        entry = self._vault.load(job.entry_id)
        info = self._vault.take_info(job.entry_id, job.number)
        hearing = Hearing(
            self._transcriber,
            now=self._now,
            sound=lambda number: silenced(self._vault.sound(job.entry_id, number), info.aside),
        )
        hearing.begin(job.number, info.rate_hz, entry.language)
        for pcm in silenced(self._vault.sound(job.entry_id, job.number), info.aside):
            hearing.feed(job.number, pcm)
        hearing.end(job.number)
        while True:
            happening = self._inbox.next()
            if isinstance(happening, sitting.Interrupted):
                return False
            whole = _reported(hearing, happening)
            done_s, total_s = hearing.progress_s
            if whole is not None:
                self._progress.step(what, done=1, total=1)
                self._save(job, whole)
                return True
            self._progress.step(what, done=min(done_s, total_s * 0.99), total=total_s or 1)

    def _save(self, job: Job, transcript: Transcript) -> None:
        text = transcript.text
        self._vault.add_transcript(job.entry_id, job.number, transcript)
        self._vault.update(
            job.entry_id, lambda entry: with_transcript(entry, job.number, text, silent=not text)
        )


def _reported(hearing: Hearing, happening: Happening) -> Transcript | None:
    match happening:
        case WorkerLost(what=what, hint=hint, restarting=False):
            raise TranscriptionFailed(what, hint=hint)
        case (
            WorkerReady()
            | WorkerLost()
            | SpeechHeard()
            | SegmentRead()
            | WindowProgress()
            | WindowRead()
        ):
            whole = hearing.take(happening)
            return whole[1] if whole else None
        case _:
            return None


def _readable(vault: Ward, ids: Sequence[str]) -> Iterator[Entry]:
    for entry_id in ids:
        try:
            yield vault.load(entry_id)
        except EntryUnreadable:
            continue  # `list` reports it
