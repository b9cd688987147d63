"""What other programs wrote becomes entries: looked through first, then kept, or not at all.

Nothing that is there is changed. An entry is in the vault wholly or not, so that whatever
broke off an import, the same command goes on with it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from voicereflect.core.entry.dates.recording_dates import Here
from voicereflect.core.entry.ids import Dice, new_id
from voicereflect.core.exchange import imports
from voicereflect.core.exchange.imports import Brought, ImportMade, ImportPlan
from voicereflect.core.journals import dayone, jrnl, obsidian, plain, records
from voicereflect.core.journals.values import (
    Arrival,
    ForeignText,
    Found,
    NotTaken,
    Program,
    once_each,
)
from voicereflect.errors import (
    AlreadyKept,
    EntryNotFound,
    EntryUnreadable,
    JournalUnreadable,
    RecordingUnreadable,
    VaultError,
)
from voicereflect.flows.library.recovering import BROKEN_OFF, broken_import, finish, imported_whole
from voicereflect.model import AnswerState, Entry, Source, TakeInfo
from voicereflect.ports.exchange import FilesBeside, ForeignExport
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import Vault, VaultTexts

SUFFIXES: Final = {
    Program.JRNL: (".json", ".txt", ".jrnl"),
    Program.DAY_ONE: (".json", ".txt"),
    Program.OBSIDIAN: (".md",),
    Program.TEXT: (".txt", ".md", ".text", ".markdown"),
    Program.JSON: (".json", ".jsonl"),
}
KEEPING: Final = "Keeping entries"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalImport:
    """Imports into one vault."""

    vault: Vault
    pages: VaultTexts
    beside: FilesBeside
    here: Here
    zones: dayone.Zones
    dice: Dice
    language: str
    speaker: str
    now: Callable[[], datetime]
    progress: Progress

    def plan(self, export: ForeignExport, program: Program) -> ImportPlan:
        """Look through an export.

        Raises:
            JournalUnreadable: nothing in it can be read.
        """
        broken = self._broken_off()
        ids = frozenset(self.vault.ids()) - broken
        known = {key: each for key, each in self.vault.sources().items() if each in ids}
        new: list[Arrival] = []
        waiting: dict[str, None] = {}
        left_out: Counter[str] = Counter()
        doubles = 0
        found = once_each(
            self._found(export, program), lambda each: each.key in known or each.entry.id in ids
        )
        for each, double in found:
            doubles += double
            if isinstance(each, NotTaken):
                left_out[each.what] += 1
            elif not double:
                new.append(each)
            elif each.sounds and (there := known.get(each.key, each.entry.id)):
                waiting[there] = None
        if not new and not doubles:
            why = next(iter(left_out), f"There is nothing of {program} in {export.name}.")
            raise JournalUnreadable(why, hint="Nothing was taken in. See whether --from fits it.")
        return ImportPlan(
            name=export.name,
            program=program,
            digest=export.digest(),
            new=tuple(new),
            doubles=doubles,
            with_sound=tuple(waiting),
            left_out=left_out,
        )

    def carry_out(self, plan: ImportPlan, export: ForeignExport) -> Brought:
        """Keep what is new; every entry is whole in the vault, or not there.

        Raises:
            VaultUnwritable: no room; what was kept before stands, and the rest can follow.
        """
        for entry_id in self._broken_off():
            finish(self.vault, entry_id)
        arrivals = [self._named(each) for each in plan.new]
        made = ImportMade(
            made=self.now(),
            name=plan.name,
            digest=plan.digest,
            entries=tuple(each.entry.id for each in arrivals),
        )
        if arrivals:  # first, so that what is broken off can be taken back as well
            self.pages.change_page(imports.PAGE, lambda page: imports.added(page, made))
        told = Brought(pending=list(self._still_pending(plan.with_sound)))
        for done, each in enumerate(arrivals, start=1):
            self._keep_once(each, export, told)
            self.progress.step(KEEPING, done=done, total=len(arrivals))
        return told

    def _still_pending(self, there: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Give recordings that an import kept whose texts nobody made, as after a kill."""
        for entry_id in there:
            with suppress(EntryUnreadable, EntryNotFound):
                for answer in self.vault.load(entry_id).answers:
                    if answer.state is AnswerState.PENDING:
                        yield entry_id, answer.number

    def _broken_off(self) -> frozenset[str]:
        """Give entries that an import was killed in: they are only the beginning of something."""
        found = set()
        for entry_id in self.vault.left_behind():
            with suppress(EntryUnreadable):
                if broken_import(self.vault.load(entry_id)):
                    found.add(entry_id)
        return frozenset(found)

    def _found(self, export: ForeignExport, program: Program) -> Iterator[Found]:
        for page in export.pages(SUFFIXES[program]):
            if isinstance(page, NotTaken):
                yield page
                continue
            try:
                yield from self._read(page, export, program)
            except JournalUnreadable as problem:  # others in the same folder may be better
                yield NotTaken(problem.sentence)

    def _read(self, page: ForeignText, export: ForeignExport, program: Program) -> Iterator[Found]:
        match program:
            case Program.JRNL:
                yield from jrnl.read(page, self.here)
            case Program.DAY_ONE:
                yield from dayone.read(page, export.names(), self.here, self.zones)
            case Program.OBSIDIAN:
                yield obsidian.read(page, export.names(), self.here)
            case Program.TEXT:
                yield plain.read(page, self.here)
            case Program.JSON:
                yield from records.read(page, export.names())

    def _named(self, arrival: Arrival) -> Arrival:
        """Give an entry its id, language and speaker; one of ours has them."""
        entry = arrival.entry
        if entry.id:
            return arrival
        answers = tuple(replace(each, speaker=self.speaker) for each in entry.answers)
        named = replace(
            entry,
            id=new_id(entry.started_at, self.dice),
            language=self.language,
            speakers=(self.speaker,),
            answers=answers,
        )
        return replace(arrival, entry=named)

    def _keep_once(self, arrival: Arrival, export: ForeignExport, told: Brought) -> None:
        try:
            entry = self._keep(arrival, export, told)
        except AlreadyKept:
            return  # another import brought it since the look
        except (RecordingUnreadable, JournalUnreadable) as problem:
            told.problems[problem.sentence] += 1
            return
        told.entries += 1
        told.pending += [
            (entry.id, number)
            for number in arrival.sounds
            if any(a.number == number and a.state is AnswerState.PENDING for a in entry.answers)
        ]

    def _keep(self, arrival: Arrival, export: ForeignExport, told: Brought) -> Entry:
        entry = arrival.entry
        if not (arrival.sounds or arrival.files or any(arrival.transcripts.values())):
            with self.vault.create(entry):
                return entry
        with imported_whole(self.vault, _begun(arrival)):
            lengths, lost = self._sounds(arrival, export, told)
            self._others(arrival, export, told)
            whole = _whole(arrival, lengths, lost)
            return self.vault.update(entry.id, lambda _: whole)

    def _sounds(
        self, arrival: Arrival, export: ForeignExport, told: Brought
    ) -> tuple[dict[int, float], list[str]]:
        """Keep the recordings; give the length of each, and what of them is lost."""
        lengths: dict[int, float] = {}
        lost: list[str] = []
        for number, name in arrival.sounds.items():
            try:
                with export.recording(name) as sound:
                    known = arrival.takes.get(number, TakeInfo(rate_hz=sound.rate_hz))
                    take = self.vault.open_take(
                        arrival.entry.id, number, replace(known, rate_hz=sound.rate_hz, samples=0)
                    )
                    for block in sound.blocks():
                        take.append(block)
                    info = take.finish()
                    lengths[number] = round(info.duration_s, 3)
                    lost += [f"It is damaged: {sound.damage}."] if sound.damage else []
                    lost += sound.remarks
            except (RecordingUnreadable, JournalUnreadable):
                with suppress(VaultError):  # what could be decoded of it is in the trash
                    self.vault.discard_answer(arrival.entry.id, number, BROKEN_OFF)
                lost.append("A recording of it cannot be decoded.")
                told.problems["A recording cannot be decoded; the export still has it."] += 1
        if arrival.sounds and not lengths and not any(a.text for a in arrival.entry.answers):
            raise RecordingUnreadable(
                "One holds no words, and its recording cannot be decoded.", hint="See the export."
            )
        return lengths, lost

    def _others(self, arrival: Arrival, export: ForeignExport, told: Brought) -> None:
        entry_id = arrival.entry.id
        for number, transcripts in arrival.transcripts.items():
            for each in transcripts:
                self.vault.add_transcript(entry_id, number, each)
        for name, inside in arrival.files.items():
            try:
                with export.opened(inside) as file:
                    self.beside.keep(entry_id, name, file)
            except JournalUnreadable as problem:
                told.problems[problem.sentence] += 1


def _begun(arrival: Arrival) -> Entry:
    """Give an entry as it stands until all of it is there; `recovering` knows it by that."""
    entry = arrival.entry
    answers = tuple(
        replace(each, state=AnswerState.RECORDING) if each.number in arrival.sounds else each
        for each in entry.answers
    )
    source = entry.source or Source(name=entry.title, sha256=arrival.key, dated_by="metadata")
    return replace(entry, answers=answers, source=source)


def _whole(arrival: Arrival, lengths: Mapping[int, float], lost: list[str]) -> Entry:
    """Give it as it stays: one of ours as it was, another with its recordings to be written."""
    entry = arrival.entry
    if entry.source is None or entry.source.sha256 != arrival.key:
        return entry
    told = " ".join(filter(None, (entry.source.left_out, *lost)))
    answers = tuple(
        replace(each, state=AnswerState.PENDING, duration_s=lengths[each.number])
        if each.number in lengths
        else each
        for each in entry.answers
        if each.number in lengths or each.number not in arrival.sounds
    )
    return replace(entry, answers=answers, source=replace(entry.source, left_out=told))
