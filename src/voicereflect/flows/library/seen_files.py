"""Compares every file of the vault with what was seen of it the last time."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from voicereflect.core.store import record
from voicereflect.core.store.backups import StoredFile
from voicereflect.core.store.record import PAGE, FileRecord, SinceRecord
from voicereflect.ports.exchange import StoredFiles
from voicereflect.ports.screen import Progress
from voicereflect.ports.vault import VaultTexts

COMPARING: Final = "Comparing every file"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFiles:
    """The record of one vault."""

    stored: StoredFiles
    pages: VaultTexts
    state: str
    """Whether the vault is sealed: other bytes say the same then."""
    secret: Callable[[], bytes]
    now: Callable[[], datetime]
    progress: Progress

    def compare(self) -> SinceRecord:
        """Read every file, tell what changed since the last time, and keep what is seen now.

        Raises:
            VaultUnwritable: a file cannot be read, or the record cannot be written.
        """
        paths = [path for path in self.stored.paths() if path != PAGE]
        found: dict[str, StoredFile] = {}
        for done, path in enumerate(paths, start=1):
            with self.stored.opened(path) as file:
                told = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
                found[path] = StoredFile(path=path, size=file.tell(), sha256=told.hexdigest())
            self.progress.step(COMPARING, done=done, total=len(paths))
        before = record.read(self.pages.page(PAGE))
        since, seen = record.compared(
            before, found, self.secret(), FileRecord(made=self.now(), state=self.state)
        )
        self.pages.change_page(PAGE, lambda _: record.written(seen))
        return since
