"""Recordings made elsewhere become entries, dated by what they say of themselves.

All files are kept first, each as durably as a spoken answer; then they are
transcribed one after the other. A bad file is reported, and the others are imported.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from voicereflect.core.entry.dates import recording_dates
from voicereflect.core.entry.entries import with_state, with_transcript
from voicereflect.core.entry.ids import Dice, new_id, short
from voicereflect.core.journals import cues
from voicereflect.core.journals.values import DECK, RECORDING
from voicereflect.errors import (
    AlreadyKept,
    EntryUnreadable,
    ModelError,
    RecordingUnreadable,
)
from voicereflect.flows.library.recovering import broken_import, finish, imported_whole
from voicereflect.flows.library.transcripts.transcribing import Job, Transcribing
from voicereflect.model import (
    Answer,
    AnswerState,
    Entry,
    Source,
    TakeInfo,
    samples_in,
)
from voicereflect.ports.screen import ImportScreen
from voicereflect.ports.sound import OpenRecording, RecordingFile
from voicereflect.ports.vault import Take, Vault

REPORT_EVERY_S = 30.0


def write_down(transcribing: Transcribing, screen: ImportScreen, jobs: Sequence[Job]) -> None:
    """Transcribe what was kept; what fails stays pending, and that is no failure of an import."""
    if not jobs:
        return
    why = ""
    try:
        transcribing.run(jobs)
    except ModelError as problem:
        why = f"{problem.line} "
    for line in (*transcribing.languages, *transcribing.unheard):
        screen.note(line)
    left = len(jobs) - len(transcribing.done)
    if left:
        rest = f"Not written down yet: {left}. `voicereflect transcribe --pending` does it."
        screen.note(f"{why}{rest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Importing:
    """Keeps recordings as entries, then has them written down."""

    vault: Vault
    screen: ImportScreen
    here: Callable[[], recording_dates.Here]
    dice: Dice
    transcribing: Transcribing
    language: str
    speaker: str
    date: datetime | None
    """When they were recorded, whatever the files say."""
    _bad: list[str] = field(default_factory=list, init=False)
    """Names of those that could not be kept whole."""

    def run(self, files: Sequence[RecordingFile]) -> tuple[Entry, ...]:
        """Import every file that holds a recording and is not in the vault yet.

        Raises:
            RecordingUnreadable: at least one was bad; everything else is done.
            VaultUnwritable: no room; what was kept before stands.
        """
        kept = self._keep_all(files)
        waiting = [each for each in kept if each.answers[0].state is AnswerState.PENDING]
        jobs = [Job(entry_id=each.id, number=1) for each in waiting]
        write_down(self.transcribing, self.screen, jobs)
        if self._bad:
            raise RecordingUnreadable(
                f"{len(self._bad)} of {len(files)} could not be imported whole: "
                f"{', '.join(self._bad)}.",
                hint="See whether each is there, and play it; ffmpeg can often mend a broken one.",
            )
        return kept

    def keep(self, file: RecordingFile) -> Entry | None:
        """Keep one file, whose text is to come later; None where it is in the vault already.

        Raises:
            RecordingUnreadable: it holds no recording.
            VaultUnwritable: no room.
        """
        return self._keep_once(file, self.vault.sources())

    def _keep_all(self, files: Sequence[RecordingFile]) -> tuple[Entry, ...]:
        known = self.vault.sources()
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
        if fingerprint in known and not self._was_broken_off(known[fingerprint]):
            self._there_already(file, known[fingerprint])
            return None
        with file.open() as sound:
            entry = self._new_entry(file, sound, fingerprint)
            try:
                entry = self._keep(file, sound, entry)
            except AlreadyKept as found:
                self._there_already(file, found.entry_id)
                return None
        known[fingerprint] = entry.id
        entry = self._with_transcript(file, entry)
        self.screen.kept(entry, entry.source.dated_by if entry.source else "")
        return entry

    def _with_transcript(self, file: RecordingFile, entry: Entry) -> Entry:
        """Take a transcript that lies beside the file, instead of making one."""
        vault, answer = self.vault, entry.answers[0]
        try:
            there = file.written()
        except RecordingUnreadable as problem:
            self.screen.note(problem.sentence)
            return entry
        if there is None:
            return entry
        found = cues.transcript(
            there.text,
            there.name,
            length_s=answer.duration_s,
            language=entry.language,
            made_at=there.changed_at,
        )
        if found is None:
            self.screen.note(f"{there.name}: there is nothing said in it.")
            return entry
        vault.add_transcript(entry.id, 1, found)
        self.screen.note(f"Its words are those of {there.name}.")
        return vault.update(entry.id, lambda now: with_transcript(now, 1, found.text, silent=False))

    def _there_already(self, file: RecordingFile, entry_id: str) -> None:
        self.screen.note(f"{file.name} is in the vault already, as {short(entry_id)}.")

    def _was_broken_off(self, entry_id: str) -> bool:
        """Tell whether an earlier import of it was killed; its beginning goes to the trash."""
        vault = self.vault
        with suppress(EntryUnreadable):
            if broken_import(vault.load(entry_id)):
                found = finish(vault, entry_id)
                return found is not None and bool(found.import_of)
        return False

    def _new_entry(self, file: RecordingFile, sound: OpenRecording, fingerprint: str) -> Entry:
        dated = recording_dates.dated(
            wished=self.date,
            name=file.name,
            tags=sound.tags,
            changed_at=file.modified_at(),
            here=self.here(),
        )
        return Entry(
            id=new_id(dated.moment, self.dice),
            started_at=dated.moment,
            deck=DECK,
            edition=1,
            title=" ".join(file.name.rpartition(".")[0].split()) or file.name,
            language=self.language,
            speakers=(self.speaker,),
            answers=(Answer(number=1, speaker=self.speaker, prompt=RECORDING, asked=""),),
            source=Source(name=file.name, sha256=fingerprint, dated_by=dated.by),
        )

    def _keep(self, file: RecordingFile, sound: OpenRecording, entry: Entry) -> Entry:
        """Sound to disk and to FLAC, or nothing at all if it is broken off.

        Until all of it is there, the entry is `recording`, by which `recovering` knows it.
        """
        with imported_whole(self.vault, entry):
            take = self.vault.open_take(entry.id, 1, TakeInfo(rate_hz=sound.rate_hz))
            left_out = self._record(file, sound, take)
            info = take.finish()
            length_s = round(info.duration_s, 3)
            return self.vault.update(entry.id, lambda now: _whole(now, length_s, left_out))

    def _record(self, file: RecordingFile, sound: OpenRecording, take: Take) -> str:
        """Append all samples that a file gives; tell what of it is left out."""
        samples, report_at_s, damage = 0, REPORT_EVERY_S, ""
        claimed_s = sound.claimed_s
        try:
            for block in sound.blocks():
                take.append(block)
                samples += samples_in(block)
                length_s = samples / sound.rate_hz
                if claimed_s and length_s >= report_at_s:
                    done_s = min(length_s, claimed_s * 0.99)
                    self.screen.step(f"Keeping {file.name}", done=done_s, total=claimed_s)
                    report_at_s += REPORT_EVERY_S
            damage = sound.damage
        except RecordingUnreadable:
            damage = f"only its first {samples / sound.rate_hz:.0f} s are kept"
        if damage:
            self._tell(file, f"{file.name} is damaged: {damage}.")
        for remark in sound.remarks:
            self.screen.note(f"{file.name}: {remark}")
        damaged = (f"It is damaged: {damage}.",) if damage else ()
        return " ".join((*damaged, *sound.remarks))

    def _tell(self, file: RecordingFile, line: str) -> None:
        self._bad.append(file.name)
        self.screen.note(line)


def _whole(entry: Entry, length_s: float, left_out: str) -> Entry:
    source = None if entry.source is None else replace(entry.source, left_out=left_out)
    entry = replace(entry, source=source)
    return with_state(entry, 1, AnswerState.PENDING, duration_s=length_s)
