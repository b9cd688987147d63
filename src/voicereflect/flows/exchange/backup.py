"""One archive of the whole vault, made and put back; what is there is never replaced."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final

from voicereflect.core.review.values import PageMade
from voicereflect.core.store.backups import Manifest, PutBack, StoredFile
from voicereflect.errors import EntryNotFound, EntryUnreadable, SettingsError
from voicereflect.model import AnswerState
from voicereflect.ports.exchange import BackupArchive, StoredFiles
from voicereflect.ports.review import PageNotes
from voicereflect.ports.screen import Progress
from voicereflect.ports.trash import TrashBin
from voicereflect.ports.vault import EntryReader

WRITING: Final = "Writing the backup"
RESTORING: Final = "Restoring"

Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Backups of one vault."""

    stored: StoredFiles
    entries: EntryReader
    trash: TrashBin
    made: PageNotes
    """Where a copy outside is noted, so that destroying can name it."""
    now: Callable[[], datetime]
    progress: Progress

    def make(self, archive: BackupArchive) -> tuple[Manifest, tuple[str, ...]]:
        """Write a backup; tell what is in it, and what is no plain file and therefore is not.

        Raises:
            SettingsError: there is no vault.
            VaultUnwritable: no room, no permission, or there is one already.
            BackupDamaged: what was written is not what is read.
        """
        vault = self.stored.vault_id()
        if not vault and not self.entries.ids():
            raise SettingsError("There is no vault here.", hint="See `voicereflect config`.")
        ids = tuple(self.stored.entries().values())
        self.made.note(PageMade(made=self.now(), place=archive.name, entries=ids))
        paths = self.stored.paths()

        def manifest(files: dict[str, StoredFile]) -> Manifest:
            return Manifest(
                vault=vault, made=self.now(), files=files, entries=self.stored.entries()
            )

        def one_by_one() -> Iterator[tuple[str, Opener]]:
            for done, path in enumerate(paths, start=1):
                yield path, partial(self.stored.opened, path)
                self.progress.step(WRITING, done=done, total=len(paths))

        return archive.write(one_by_one(), manifest), tuple(self.stored.passed_over())

    def restore(self, archive: BackupArchive, *, also_destroyed: bool = False) -> PutBack:
        """Verify a backup, then put back what is missing.

        Into no vault, all of it comes. Beside entries that are there nothing comes but
        lost sounds and transcripts; nothing of the trash, and what was destroyed only
        with `also_destroyed`.

        Raises:
            BackupDamaged: it is not whole; nothing was changed.
            SettingsError: it is of another vault.
        """
        manifest = archive.verified()
        vault = self.stored.vault_id()
        if vault and vault != manifest.vault:
            raise SettingsError(
                f"{archive.name} is a backup of another vault.",
                hint="`--to FOLDER` makes that vault anew, in a folder of its own.",
            )
        told = PutBack()
        wanted = set(manifest.files) if not vault else self._missing(manifest, told, also_destroyed)
        for done, (path, content) in enumerate(archive.files(), start=1):
            if path in wanted and not self.stored.has(path):
                self.stored.keep(path, content)
                told.files += 1
            self.progress.step(RESTORING, done=done, total=len(manifest.files))
        if not vault:
            told.entries = len(manifest.entries)
        return told

    def _missing(
        self,
        manifest: Manifest,
        told: PutBack,
        also_destroyed: bool,  # noqa: FBT001
    ) -> set[str]:
        """Give the paths that are to come into a vault that is there."""
        known = frozenset(self.entries.ids())
        trashed = {thing.entry for thing in self.trash.all() if not thing.answer}

        new: set[str] = set()
        lost: set[str] = set()
        for folder, entry_id in manifest.entries.items():
            if entry_id in known:
                told.there += 1
                lost |= self._lost(folder, entry_id, manifest.files)
            elif entry_id in trashed:
                told.trashed += 1
            elif self.stored.destroyed(entry_id) and not also_destroyed:
                told.destroyed += 1
            else:
                told.entries += 1
                new.add(folder)
        told.mended = len(lost)
        pages = {p for p in manifest.files if "/" not in p or p.startswith("decks/")}
        whole = {p for p in manifest.files if p.rpartition("/")[0] in new}
        return {*whole, *lost, *(p for p in pages if not self.stored.has(p))}

    def _lost(self, folder: str, entry_id: str, files: Collection[str]) -> set[str]:
        """Give the sounds and transcripts that an entry should have and has not."""
        if not self.stored.has(f"{folder}/entry.md"):
            return set()  # it has another folder now
        with suppress(EntryUnreadable, EntryNotFound):
            answers = self.entries.load(entry_id).answers
            names = {
                f"{folder}/{answer.number}.{kind}"
                for answer in answers
                if answer.duration_s and answer.state is not AnswerState.WITHDRAWN
                for kind in ("flac", "jsonl")
            }
            return {name for name in names if name in files and not self.stored.has(name)}
        return set()
