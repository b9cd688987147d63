"""Recordings made elsewhere become entries, dated by what they say of themselves.

All files are kept first, each as durably as a spoken answer; then they are
transcribed one after the other. A bad file is reported, and the others are imported.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from voicereflect.core.entry import recording_dates
from voicereflect.core.entry.entries import with_state
from voicereflect.core.entry.ids import Dice, new_id
from voicereflect.errors import ModelError, RecordingUnreadable, VaultError
from voicereflect.flows.library.transcribing import Job, Transcribing
from voicereflect.model import BYTES_PER_SAMPLE, Answer, AnswerState, Entry, Source, TakeInfo
from voicereflect.ports.screen import ImportScreen
from voicereflect.ports.sound import OpenRecording, RecordingFile
from voicereflect.ports.vault import Take, Vault

DECK = "imported"
PROMPT = "imported/recording"
"""Key of the front matter: the file's name and hash, and what the date comes from."""
REPORT_EVERY_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWishes:
    """What a person said about all files of an import."""

    language: str
    speaker: str
    date: str | None
    """For files that tell no date themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportParts:
    """The outside world of an import."""

    vault: Vault
    screen: ImportScreen
    now: Callable[[], datetime]
    in_zone: Callable[[datetime], datetime]
    """A moment in this machine's zone at that time; without a zone it is that zone's."""
    dice: Dice
    transcribing: Transcribing


class Importing:
    """Keeps recordings as entries, then has them written down."""

    def __init__(self, parts: ImportParts, wishes: ImportWishes) -> None:
        """Nothing is read yet.

        Raises:
            SettingsError: the date that was given is none.
        """
        self._parts = parts
        self._wishes = wishes
        self._date = recording_dates.from_person(wishes.date) if wishes.date else None
        self._bad: list[str] = []

    def run(self, files: Sequence[RecordingFile]) -> tuple[Entry, ...]:
        """Import every file that holds a recording and is not in the vault yet.

        Raises:
            RecordingUnreadable: at least one was bad; everything else is done.
            VaultUnwritable: no room; what was kept before stands.
        """
        kept = self._keep_all(files)
        self._write_down([Job(entry_id=each.id, number=1) for each in kept])
        if self._bad:
            raise RecordingUnreadable(
                f"{len(self._bad)} of {len(files)} could not be imported whole: "
                f"{', '.join(self._bad)}.",
                hint="See whether each is there, and play it; ffmpeg can often mend a broken one.",
            )
        return kept

    def _write_down(self, jobs: Sequence[Job]) -> None:
        """Transcribe them; what fails stays pending, and that is not a failure of the import."""
        if not jobs:
            return
        why, transcribing = "", self._parts.transcribing
        try:
            transcribing.run(jobs)
        except ModelError as problem:
            why = f"{problem.line} "
        for line in (*transcribing.languages, *transcribing.unheard):
            self._parts.screen.note(line)
        left = len(jobs) - len(transcribing.done)
        if left:
            rest = f"Not written down yet: {left}. `voicereflect transcribe --pending` does it."
            self._parts.screen.note(f"{why}{rest}")

    def _keep_all(self, files: Sequence[RecordingFile]) -> tuple[Entry, ...]:
        known = self._parts.vault.sources()
        kept = []
        for file in files:
            try:
                entry = self._keep_once(file, known)
            except RecordingUnreadable as problem:
                self._tell(file, problem.sentence)
                continue
            if entry is not None:
                kept.append(entry)
        return tuple(kept)

    def _keep_once(self, file: RecordingFile, known: dict[str, str]) -> Entry | None:
        fingerprint = file.fingerprint()
        if fingerprint in known:
            line = f"{file.name} is in the vault already, as {known[fingerprint]}."
            self._parts.screen.note(line)
            return None
        with file.open() as sound:
            entry, dated_by = self._new_entry(file, sound)
            entry = self._keep(file, sound, entry)
        source = Source(name=file.name, sha256=fingerprint, dated_by=dated_by)
        entry = self._parts.vault.update(entry.id, lambda now: replace(now, source=source))
        known[fingerprint] = entry.id
        self._parts.screen.kept(entry, dated_by)
        return entry

    def _new_entry(self, file: RecordingFile, sound: OpenRecording) -> tuple[Entry, str]:
        started_at, dated_by = self._dated(file, sound)
        entry = Entry(
            id=new_id(started_at, self._parts.dice),
            started_at=started_at,
            deck=DECK,
            edition=1,
            title=file.name.rpartition(".")[0] or file.name,
            language=self._wishes.language,
            speakers=(self._wishes.speaker,),
            answers=(Answer(number=1, speaker=self._wishes.speaker, prompt=PROMPT, asked=""),),
        )
        return entry, dated_by

    def _dated(self, file: RecordingFile, sound: OpenRecording) -> tuple[datetime, str]:
        """When the recording was made, and how that is known."""
        moment, dated_by = recording_dates.from_tags(sound.tags, now=self._parts.now()), "metadata"
        if moment is None:
            moment, dated_by = recording_dates.from_name(file.name), "file name"
        if moment is None:
            moment, dated_by = self._date, "--date"
        if moment is None:
            moment, dated_by = file.modified_at(), "last change of the file"
        return self._parts.in_zone(moment).replace(microsecond=0), dated_by

    def _keep(self, file: RecordingFile, sound: OpenRecording, entry: Entry) -> Entry:
        """Sound to disk and to FLAC, or nothing at all if it is broken off."""
        vault, done = self._parts.vault, False
        with vault.create(entry):
            try:
                take = vault.open_take(entry.id, 1, TakeInfo(rate_hz=sound.rate_hz))
                self._record(file, sound, take)
                info = take.finish()
                length_s = round(info.samples / info.rate_hz, 3)
                entry = vault.update(
                    entry.id,
                    lambda now: with_state(now, 1, AnswerState.PENDING, duration_s=length_s),
                )
                done = True
            finally:
                if not done:  # the file is still there to be imported again
                    with suppress(VaultError):
                        vault.discard(entry.id, "the import was broken off")
        return entry

    def _record(self, file: RecordingFile, sound: OpenRecording, take: Take) -> None:
        """Append all samples; whatever a damaged file still gives is kept."""
        samples, report_at_s, damaged = 0, REPORT_EVERY_S, False
        claimed_s = sound.claimed_s
        try:
            for block in sound.blocks():
                take.append(block)
                samples += len(block) // BYTES_PER_SAMPLE
                length_s = samples / sound.rate_hz
                if claimed_s and length_s >= report_at_s:
                    done_s = min(length_s, claimed_s * 0.99)
                    self._parts.screen.step(f"Keeping {file.name}", done=done_s, total=claimed_s)
                    report_at_s += REPORT_EVERY_S
        except RecordingUnreadable:
            damaged = True
        if damaged:
            length_s = samples / sound.rate_hz
            self._tell(file, f"{file.name} is damaged: only its first {length_s:.0f} s are kept.")

    def _tell(self, file: RecordingFile, line: str) -> None:
        self._bad.append(file.name)
        self._parts.screen.note(line)
