"""Copies of entries for other programs, laid into a new folder or given as texts.

That a copy is made is noted before it is: date, place and entries, and no word.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from voicereflect.core.entry.decisions import is_closed
from voicereflect.core.entry.ids import day_of
from voicereflect.core.exchange.leaving import with_those_that_may, withheld
from voicereflect.core.exchange.values import Exported, Leaving, TextFile, ToExport
from voicereflect.core.exchange.writing import LAYOUTS, Need, file_name, sound_name
from voicereflect.core.review.values import PageMade
from voicereflect.errors import EntryNotFound, EntryUnreadable, ModelError, SettingsError
from voicereflect.flows.library.finding.indexing import asked
from voicereflect.flows.library.transcripts.word_times import meant, timed
from voicereflect.flows.themes.listing import Themes
from voicereflect.model import Entry, TakeInfo
from voicereflect.ports.exchange import FilesBeside
from voicereflect.ports.index import EntryIndex
from voicereflect.ports.review import PageNotes
from voicereflect.ports.screen import Progress
from voicereflect.ports.trash import Copies
from voicereflect.ports.vault import Vault

STANDARD_OUTPUT: Final = "standard output"
EXPORTING: Final = "Exporting entries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Exports from one vault."""

    vault: Vault
    beside: FilesBeside
    index: EntryIndex
    made: PageNotes
    now: Callable[[], datetime]
    progress: Progress
    themes: Callable[[], AbstractContextManager[Themes]]
    """Opened only for a format that links to them."""
    note: Callable[[str], None]

    def to_folder(self, what: ToExport, name: str, copies: Copies) -> Exported:
        """Write into the new folder `name`.

        Raises:
            VaultUnwritable: there is one already, or it cannot be written.
            EntryNotFound: a reference means no entry, or several; or there is nothing to export.
        """
        chosen, told = self._chosen(what)
        self._note(copies.begin(name), chosen)
        for file in LAYOUTS[what.into].files(self._leaving(chosen, what, told, copies)):
            copies.texts(file.name, file.parts)
            told.files += 1
        return told

    def as_texts(self, what: ToExport) -> tuple[Iterator[TextFile], Exported]:
        """Give the texts themselves, each made when it is asked for; sound stays.

        Raises:
            EntryNotFound: a reference means no entry, or several; or there is nothing to export.
            SettingsError: they cannot follow one another.
        """
        chosen, told = self._chosen(what)
        layout = LAYOUTS[what.into]
        found = layout.files(self._leaving(chosen, what, told, None))
        if not layout.follow:
            few = tuple(islice(found, 2))
            if len(few) > 1:
                raise SettingsError("That makes several files.", hint="Name a folder with --to.")
            found = iter(few)
        self._note(STANDARD_OUTPUT, chosen)
        return found, told

    def _chosen(self, what: ToExport) -> tuple[Sequence[str], Exported]:
        """Give ids, by day and then by time; and how many more there are that are closed."""
        if what.named:
            found = {one.id: one for one in (meant(self.vault, n).entry for n in what.named)}
            ids = sorted(found, key=lambda each: (day_of(found[each].started_at), each))
            return ids, Exported(entries=len(ids), closed=0)
        where = self.vault.entries_folder()
        lines, problems = asked(
            self.index,
            self.vault,
            self.progress,
            lambda index: (index.lines(what.wanted), index.problems(where)),
        )
        ids = [each.id for each in sorted(lines, key=lambda each: (each.day, each.id))]
        closed = {each.id for each in lines if each.closed}
        kept = [each for each in ids if each not in closed]
        if not kept:
            raise EntryNotFound(
                "There is nothing to export.", hint="`voicereflect list` shows all."
            )
        return kept, Exported(entries=len(kept), closed=len(closed), problems=[*problems])

    def _leaving(
        self, chosen: Sequence[str], what: ToExport, told: Exported, copies: Copies | None
    ) -> Iterator[Leaving]:
        needs = LAYOUTS[what.into].needs
        themes = self._theme_names() if needs is Need.THEMES else {}
        for done, entry_id in enumerate(chosen, start=1):
            self.progress.step(EXPORTING, done=done, total=len(chosen))
            try:
                entry = self.vault.load(entry_id)
            except (EntryUnreadable, EntryNotFound) as problem:  # mangled or gone since
                told.entries -= 1
                told.problems.append(problem)
                continue
            if is_closed(entry) and not what.named:  # it was closed since the index was asked
                told.entries -= 1
                told.closed += 1
                continue
            told.withheld += withheld(entry)
            leaving = self._whole(with_those_that_may(entry, what.wanted), needs)
            leaving = replace(leaving, themes=themes.get(entry_id, ()))
            if copies is not None and what.with_sound:
                leaving = self._with_files(self._with_sounds(leaving, copies), copies)
                told.files += len(leaving.sounds) + len(leaving.files)
            yield leaving

    def _theme_names(self) -> Mapping[str, Sequence[str]]:
        """Give names of themes by the id of each entry, without themes that wait for a yes."""
        found: dict[str, list[str]] = {}
        try:
            with self.themes() as kept:
                for theme in kept.overview().themes:
                    quoted = () if theme.waits_for_yes else theme.quotable()
                    for entry_id in dict.fromkeys(each.entry for each in quoted):
                        found.setdefault(entry_id, []).append(theme.name)
        except ModelError as problem:
            self.note(f"The notes link to no themes. {problem.line}")
        return found

    def _whole(self, entry: Entry, needs: Need | None) -> Leaving:
        """Add of each spoken answer what the format has room for."""
        spoken = [each for each in entry.answers if each.duration_s]
        if needs is Need.TRANSCRIPTS:
            found = {each.number: self.vault.transcripts(entry.id, each.number) for each in spoken}
            return Leaving(entry=entry, transcripts=found, takes=self._takes(entry))
        if needs is Need.WORD_TIMES:
            words = {each.number: timed(self.vault, entry, each) for each in spoken}
            return Leaving(entry=entry, words=words)
        return Leaving(entry=entry)

    def _takes(self, entry: Entry) -> dict[int, TakeInfo]:
        takes = {}
        for answer in entry.answers:
            with suppress(EntryNotFound):  # typed, skipped, or its sound is gone
                takes[answer.number] = self.vault.take_info(entry.id, answer.number)
        return takes

    def _with_sounds(self, leaving: Leaving, copies: Copies) -> Leaving:
        entry, sounds = leaving.entry, {}
        for answer in entry.answers:
            try:
                info = self.vault.take_info(entry.id, answer.number)
            except EntryNotFound:
                continue  # typed, skipped, or its sound is gone
            if info.samples:
                sounds[answer.number] = sound_name(leaving, answer.number)
                blocks = self.vault.sound(entry.id, answer.number)
                copies.sound(sounds[answer.number], blocks, info.rate_hz)
        return replace(leaving, sounds=sounds)

    def _with_files(self, leaving: Leaving, copies: Copies) -> Leaving:
        """Copy pictures and the like; not those of an entry of which an answer stays."""
        entry, files = leaving.entry, {}
        if withheld(self.vault.load(entry.id)):
            return leaving
        for name in self.beside.names(entry.id):
            files[name] = file_name(leaving, name)
            with self.beside.opened(entry.id, name) as source:
                copies.file(files[name], source)
        return replace(leaving, files=files)

    def _note(self, place: str, entries: Sequence[str]) -> None:
        self.made.note(PageMade(made=self.now(), place=place, entries=tuple(entries)))
