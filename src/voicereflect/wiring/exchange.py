"""Settings to what exports are made with; loads it late."""

import os
import random
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from voicereflect.config import data_folder
from voicereflect.errors import SettingsError
from voicereflect.ui.progress import LineProgress
from voicereflect.wiring import (
    files_of,
    index_of,
    library,
    now,
    recorded,
    review,
    settings,
    themes,
    vault,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from pathlib import Path

    from voicereflect.adapters.exchange.backups import TarBackup
    from voicereflect.adapters.exchange.exports import ExportArchive, ExportFolder
    from voicereflect.core.exchange.imports import TakenBack
    from voicereflect.flows.exchange.backup import Backup
    from voicereflect.flows.exchange.exporting import Export
    from voicereflect.flows.exchange.journals import JournalImport
    from voicereflect.flows.exchange.watching import Watching
    from voicereflect.flows.library.merging import CopyMerging
    from voicereflect.flows.library.seen_files import SeenFiles
    from voicereflect.ui.library.importing import ImportLines


@contextmanager
def export() -> "Iterator[Export]":
    """What copies entries for other programs."""
    from voicereflect.flows.exchange.exporting import Export

    kept = vault(settings())
    with index_of(kept) as index:
        yield Export(
            vault=kept,
            beside=recorded.beside(),
            index=index,
            made=review.pages_made(),
            now=now,
            progress=LineProgress(),
            themes=themes.themes,
            note=library.notes,
        )


def foreign(path: "Path") -> "ExportFolder | ExportArchive":
    """What another program wrote; raises JournalUnreadable where there is nothing."""
    from voicereflect.adapters.exchange.exports import opened_export
    from voicereflect.adapters.recordings import MediaFile

    return opened_export(path, lambda place: MediaFile(place).open())


def journal_import(screen: "ImportLines", *, language: str | None, speaker: str) -> "JournalImport":
    """What takes in the writing of other programs."""
    from voicereflect.flows.exchange.journals import JournalImport

    chosen = settings()
    kept = vault(chosen)
    return JournalImport(
        vault=kept,
        pages=kept,
        beside=recorded.beside(),
        here=recorded.here(),
        zones=zone_named,
        dice=random.SystemRandom(),
        language=language or chosen.language,
        speaker=speaker,
        now=now,
        progress=screen,
    )


def zone_named(name: str) -> "tzinfo | None":
    """Find a zone; None where nobody knows it."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return None


def write_down(screen: "ImportLines", waiting: "Sequence[tuple[str, int]]") -> None:
    """Have recordings that came in written down; what fails stays pending, and that is told."""
    from voicereflect.flows.library.importing import write_down
    from voicereflect.flows.library.transcripts.transcribing import Job

    jobs = [Job(entry_id=entry_id, number=number) for entry_id, number in waiting]
    write_down(recorded.transcribing(), screen, jobs)


def take_back() -> "TakenBack":
    """Move what the newest import brought to the trash."""
    from voicereflect.flows.exchange.taking_back import take_back

    kept = vault(settings())
    return take_back(kept, kept, LineProgress())


def archive(file: "Path") -> "TarBackup":
    """One file that holds a vault, or is to hold it."""
    from voicereflect.adapters.exchange.backups import TarBackup

    return TarBackup(file)


def backup(to: "Path | None" = None, *, restoring: bool = False) -> "Backup":
    """What makes backups of the vault and restores them, there or into a folder of its own."""
    from voicereflect.adapters.vault.condition.known import KnownVaults
    from voicereflect.adapters.vault.stored import StoredBytes
    from voicereflect.flows.exchange.backup import Backup

    chosen = settings()
    if to is not None:
        if not _is_free(to):
            raise SettingsError(f"{to} is no empty folder.", hint="Name a new folder.")
        chosen = replace(chosen, vault=to.absolute())
    if restoring:  # also where a vault is missing
        KnownVaults(data_folder() / "vaults").forget(chosen.vault)
    kept = vault(chosen)
    return Backup(
        stored=StoredBytes(files_of(chosen)),
        entries=kept,
        trash=kept.trash,
        made=review.pages_made(),
        now=now,
        progress=LineProgress(),
    )


def _is_free(folder: "Path") -> bool:
    try:
        return not folder.exists() or not any(folder.iterdir())
    except OSError:  # it is a file, or may not be looked into
        return False


def seen_files() -> "SeenFiles":
    """What compares every file of the vault with what was seen of it the last time."""
    from voicereflect.adapters.vault.condition import label
    from voicereflect.adapters.vault.stored import StoredBytes
    from voicereflect.flows.library.seen_files import SeenFiles

    files, kept = files_of(settings()), vault(settings())
    return SeenFiles(
        stored=StoredBytes(files),
        pages=kept,
        state=label.state(files).value,
        secret=kept.secret,
        now=now,
        progress=LineProgress(),
    )


def watching(folder: "Path", *, language: str | None, speaker: str, then_trash: bool) -> "Watching":
    """What keeps the recordings that arrive in a folder."""
    from voicereflect.adapters.recordings import MediaFile
    from voicereflect.adapters.watching.folder import PolledFolder
    from voicereflect.adapters.watching.later import TextsBeside
    from voicereflect.flows.exchange.watching import Watching
    from voicereflect.ui.library.importing import ImportLines

    screen = ImportLines(moving=False)
    flow = recorded.importing(screen, date=None, language=language, speaker=speaker)
    again = [sys.executable, "-I", "-m", "voicereflect", "transcribe", "--pending"]
    return Watching(
        folder=PolledFolder(folder.absolute(), MediaFile),
        keep=flow.keep,
        later=TextsBeside(again, screen.note),
        tell=screen.note,
        then_trash=then_trash,
        now_s=time.monotonic,
    )


def rest() -> bool:
    """Wait until a watched folder is looked at again."""
    from voicereflect.core.exchange.watching import LOOK_EVERY_S

    time.sleep(LOOK_EVERY_S)
    return True


def write_unit(folder: "Path", *, then_trash: bool) -> "Path":
    """Write a systemd user unit that watches a folder with the settings of now."""
    from voicereflect.adapters.watching import unit_file
    from voicereflect.core.exchange.units import unit

    words = [sys.executable, "-m", "voicereflect", "import", "--watch", str(folder.absolute())]
    words += ["--then", "trash"] if then_trash else []
    return unit_file.write(unit(words, os.environ))


def merging() -> "CopyMerging":
    """What puts copies of pages into one."""
    from voicereflect.adapters.vault.entries.page_copies import PageCopies
    from voicereflect.flows.library.merging import CopyMerging

    chosen = settings()
    kept = vault(chosen)
    return CopyMerging(vault=kept, copies=PageCopies(files_of(chosen), kept.trash))
