"""Texts for sound that is kept already: later, again, or with a better model."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from voicereflect.core.entry.entries import is_waiting, with_read
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.languages import detected
from voicereflect.core.session import events
from voicereflect.core.sound.aside import silenced
from voicereflect.errors import (
    EntryNotFound,
    EntryUnreadable,
    ModelError,
    ReflectError,
    SettingsError,
    TranscriptionFailed,
    VaultBusy,
)
from voicereflect.flows.library.transcripts.word_times import meant
from voicereflect.flows.session.queue import Inbox, Message
from voicereflect.flows.session.recording.transcription import TranscriptionTracker
from voicereflect.model import (
    Entry,
    SegmentRead,
    SpeechHeard,
    Transcript,
    WindowProgress,
    WindowRead,
    WorkerLost,
    WorkerReady,
)
from voicereflect.ports.screen import Keyboard, Progress
from voicereflect.ports.speech import Transcriber
from voicereflect.ports.vault import Vault

UNSEEN_MOST_S = 60.0
"""Sound the worker's detector has not looked at yet."""
UNREAD_MOST_S = 150.0
"""Sound in windows that were asked for and not read yet."""
LOOK_BACK_ENTRIES = 30
"""How far back a session looks for answers that wait; `transcribe --pending` looks at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One answer to read."""

    entry_id: str
    number: int


@dataclass(frozen=True, slots=True)
class LanguageTold:
    """The language to write."""

    code: str
    told: bool = False
    """A person just said that it is this one, and it is not questioned."""


class _Fed:
    """An answer's sound, and as much of it again as was passed on, for a worker that was lost."""

    def __init__(self, sound: Callable[[], Iterator[bytes]]) -> None:
        self._sound = sound
        self._blocks = 0

    def blocks(self) -> Iterator[bytes]:
        for pcm in self._sound():
            self._blocks += 1
            yield pcm

    def again(self) -> Iterator[bytes]:
        return islice(self._sound(), self._blocks)


class Transcribing:
    """Reads answers one after the other; leaves the rest for later at any key."""

    def __init__(
        self,
        vault: Vault,
        transcriber: Transcriber,
        keyboard: Keyboard,
        progress: Progress,
        *,
        now: Callable[[], datetime],
        spoken: Callable[[str], LanguageTold],
    ) -> None:
        """Nothing is read yet; `spoken` gives the language to write for that of an entry.

        It raises SettingsError for one that the model cannot hear.
        """
        self._spoken = spoken
        self._unheard: list[ReflectError] = []
        self._detected: list[str] = []
        self._done: list[Job] = []
        self._vault = vault
        self._transcriber = transcriber
        self._keyboard = keyboard
        self._progress = progress
        self._now = now
        self._inbox = Inbox()

    @property
    def done(self) -> tuple[Job, ...]:
        """Those that were read and saved, also where a problem ended it."""
        return tuple(self._done)

    @property
    def languages(self) -> tuple[str, ...]:
        """Which languages were detected, a line for each answer."""
        return tuple(self._detected)

    @property
    def unheard(self) -> tuple[str, ...]:
        """Why some were left waiting: not the model's language, or their sound is gone."""
        return tuple(dict.fromkeys(each.line for each in self._unheard))

    def pending(self, *, newest: int | None = None) -> tuple[Job, ...]:
        """Answers that wait for their text, in all entries or the `newest` ones."""
        ids = self._vault.ids() if newest is None else self._vault.newest(newest)
        return tuple(
            Job(entry_id=entry.id, number=answer.number)
            for entry in _readable(self._vault, ids)
            for answer in entry.answers
            if is_waiting(answer)
        )

    def catch_up(self, latest: Entry, tell: Callable[[str], None]) -> None:
        """Write down what earlier sessions left waiting; `latest` was left on purpose."""
        waiting = self.pending(newest=LOOK_BACK_ENTRIES)
        jobs = [job for job in waiting if job.entry_id != latest.id]
        if jobs:
            tell(f"Earlier answers wait for their text: {len(jobs)}.")
            tell("You can leave: `voicereflect transcribe --pending` goes on with them.")
            # they go on waiting; this session went well
            with suppress(ModelError, SettingsError, EntryNotFound, EntryUnreadable):
                self.run(jobs)

    def of(self, reference: str) -> tuple[Job, ...]:
        """The answers a reference means, if they have sound.

        Raises:
            EntryNotFound: no entry, several, or no such answer.
            EntryUnreadable: with file and line.
        """
        found = meant(self._vault, reference)
        return tuple(
            Job(entry_id=found.entry.id, number=answer.number)
            for answer in found.answers
            if answer.duration_s
        )

    def run(self, jobs: Sequence[Job]) -> tuple[Job, ...]:
        """Read the answers; give those that were read and saved.

        Raises:
            ModelError: the worker or its model; what was read is saved.
            SettingsError: the model hears the language of none of them, or is no speech model.
            EntryNotFound: the sound of none of them is there.
            EntryUnreadable: with file and line, where that keeps every one of them.
        """
        with ExitStack() as stack:
            stack.callback(self._transcriber.close)
            stack.enter_context(self._keyboard.listen(self._leave))
            self._transcriber.start(self._inbox.post)
            self._done = []
            for place, job in enumerate(jobs, start=1):
                try:
                    with self._vault.adopt(job.entry_id):
                        if not self._attempt(job, f"Answer {place} of {len(jobs)}"):
                            break
                except VaultBusy:
                    continue  # its own session will read it
        if self._unheard and not self._done:
            raise self._unheard[0]
        return self.done

    def _leave(self, _key: str) -> None:
        self._inbox.post(events.Interrupted())

    def _attempt(self, job: Job, what: str) -> bool:
        """Read one answer if it can be read; False if a key came first."""
        try:
            language = self._language_of(job)
            if language is None:
                return True
            if not self._read(job, language, what):
                return False
        except (EntryNotFound, EntryUnreadable) as error:  # the others have their sound
            self._unheard.append(error)
        else:
            self._done.append(job)
        return True

    def _language_of(self, job: Job) -> LanguageTold | None:
        """The language to write; None where the model cannot hear it, which is told at the end."""
        wanted = self._vault.load(job.entry_id).language
        try:
            return self._spoken(wanted)
        except SettingsError as error:
            self._unheard.append(error)
            return None

    def _read(self, job: Job, language: LanguageTold, what: str) -> bool:
        """Read one answer; False if a key came first.

        Sound is passed on only as fast as the worker takes it in, so that an
        hour of it weighs no more than a few minutes.
        """
        info = self._vault.take_info(job.entry_id, job.number)
        fed = _Fed(lambda: silenced(self._vault.sound(job.entry_id, job.number), info.aside))
        tracker = TranscriptionTracker(
            self._transcriber, now=self._now, sound=lambda _: fed.again()
        )
        total_s = info.duration_s
        tracker.begin(job.number, info.rate_hz, language.code, told=language.told)
        for pcm in fed.blocks():
            tracker.feed(job.number, pcm)
            while _is_behind(tracker, job.number):
                if isinstance(self._next(tracker, what, total_s), events.Interrupted):
                    return False
        tracker.end(job.number)
        while True:
            found = self._next(tracker, what, total_s)
            if isinstance(found, events.Interrupted):
                return False
            if found is not None:
                self._progress.step(what, done=1, total=1)
                self._save(job, found)
                return True

    def _next(
        self, tracker: TranscriptionTracker, what: str, total_s: float
    ) -> Transcript | events.Interrupted | None:
        """Wait for what happens next: the whole transcript, a key, or neither yet."""
        message = self._inbox.next()
        if isinstance(message, events.Interrupted):
            return message
        whole = _reported(tracker, message)
        if whole is None:
            done_s = min(tracker.progress_s[0], total_s * 0.99)
            self._progress.step(what, done=done_s, total=total_s or 1)
        return whole

    def _save(self, job: Job, transcript: Transcript) -> None:
        if line := detected(transcript, f"{short(job.entry_id)}/{job.number}"):
            self._detected.append(f"Answer {job.number} of {short(job.entry_id)}. {line}")
        self._vault.add_transcript(job.entry_id, job.number, transcript)
        self._vault.update(job.entry_id, lambda entry: with_read(entry, job.number, transcript))


def _is_behind(tracker: TranscriptionTracker, answer: int) -> bool:
    unseen_s, unread_s = tracker.behind_s(answer)
    return unseen_s > UNSEEN_MOST_S or unread_s > UNREAD_MOST_S


def _reported(tracker: TranscriptionTracker, message: Message) -> Transcript | None:
    match message:
        case WorkerLost(what=what, hint=hint, restarting=False, problem=problem):
            raise problem or TranscriptionFailed(what, hint=hint)
        case (
            WorkerReady()
            | WorkerLost()
            | SpeechHeard()
            | SegmentRead()
            | WindowProgress()
            | WindowRead()
        ):
            whole = tracker.apply(message)
            return whole[1] if whole else None
        case _:
            return None


def _readable(vault: Vault, ids: Sequence[str]) -> Iterator[Entry]:
    for entry_id in ids:
        try:
            yield vault.load(entry_id)
        except EntryUnreadable:
            continue  # `list` reports it
