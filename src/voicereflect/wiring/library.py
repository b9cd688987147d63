"""Wires what finds and tends entries: index, search, lists, trash; loads it late, like `wiring`."""

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect.config import Settings, cache_folder, data_folder
from voicereflect.core.entry.ids import day_of, short
from voicereflect.core.search.filters import EVERYTHING, EntryLine, NameKind, Wanted
from voicereflect.errors import ReflectError, VaultError
from voicereflect.ui.progress import LineProgress
from voicereflect.wiring import (
    PATIENCE_MS,
    cache_of,
    deck_folder,
    files_of,
    index_of,
    now,
    settings,
    sound_model,
    vault,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from voicereflect.adapters.exchange.copies import CopyFolder
    from voicereflect.adapters.meaning.client import MeaningWorker
    from voicereflect.adapters.vault.folder import FolderVault
    from voicereflect.core.search.neighbours import VectorTable
    from voicereflect.flows.library.checking import Check
    from voicereflect.flows.library.destroying import Destroying
    from voicereflect.flows.library.entry_admin import EntryAdmin
    from voicereflect.flows.library.finding.listing import Browsing
    from voicereflect.flows.library.finding.search import Search
    from voicereflect.flows.two.consents import Consents
    from voicereflect.ports.screen import Progress

EMBEDDING_MODEL = "minilm"


def today() -> "date":
    """The day this moment belongs to; one begins at four."""
    return day_of(now())


def marks() -> tuple[str, str]:
    """What stands before and after a match: bold in a terminal, else a star."""
    from voicereflect.ui.library.listing import BOLD, MARKS

    plain = os.environ.get("NO_COLOR") or os.environ.get("ACCESSIBLE")
    moving = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return BOLD if moving and not plain else MARKS


def meaning(chosen: Settings, *, danger: bool = False) -> "MeaningWorker":
    """What knows what sentences mean; `danger` where it is asked for nothing else."""
    from voicereflect.adapters.meaning.client import MeaningWorker

    return MeaningWorker(lambda: sound_model(chosen, EMBEDDING_MODEL), danger=danger)


def embedding_key() -> str:
    """Name the embedding model's bytes: other bytes, other vectors."""
    from voicereflect.adapters.model_store import shipped_catalogue

    return shipped_catalogue().find(EMBEDDING_MODEL).files[0].sha256


def gathered(vectors: "Sequence[tuple[int, bytes]]") -> "VectorTable":
    """Vectors, made comparable."""
    from voicereflect.core.search.neighbours import VectorTable

    return VectorTable(vectors)


def notes(line: str) -> None:
    """Say one calm line on standard error."""
    sys.stderr.write(f"{line}\n")


@contextmanager
def search(
    progress: "Progress | None" = None, note: "Callable[[str], None]" = notes
) -> "Iterator[Search]":
    """Search, by words and meaning."""
    from voicereflect.flows.library.finding.search import Search

    chosen = settings()
    kept = vault(chosen)
    with index_of(kept) as index, meaning(chosen) as worker:
        yield Search(
            index=index,
            pages=kept,
            meaning=worker,
            model=embedding_key(),
            gather=gathered,
            progress=progress or LineProgress(),
            note=note,
        )


@contextmanager
def browsing() -> "Iterator[Browsing]":
    """Lists of entries."""
    from voicereflect.flows.library.finding.depths import depths_of
    from voicereflect.flows.library.finding.listing import Browsing

    chosen = settings()
    kept = vault(chosen)
    with index_of(kept) as index:
        yield Browsing(
            index=index,
            pages=kept,
            depth=depths_of(deck_folder(chosen)),
            progress=LineProgress(),
        )


def in_full(reference: str) -> str:
    """Put an id where a reference names an entry by its day, as in `yesterday/2`."""
    from voicereflect.flows.library.dated import with_id

    return with_id(vault(settings()), reference, today())


def names(what: NameKind) -> "Sequence[str]":
    """All names of one kind that the index knows; it is not brought up to date."""
    with index_of(vault(settings())) as index:
        return index.names(what)


def newest() -> list[tuple[str, str]]:
    """Letters, then day and title, of the twenty newest entries in the index; the newest first."""
    with index_of(vault(settings())) as index:
        lines = index.lines(EVERYTHING, limit=20)
    return [(short(each.id), f"{each.day} {each.title}") for each in reversed(lines)]


def expect_known(wanted: Wanted) -> None:
    """See whether what filters name is there; raises SettingsError with what is spelt alike."""
    from voicereflect.flows.library.finding.known_names import expect_known

    chosen = settings()
    with index_of(vault(chosen)) as index:
        expect_known(index, deck_folder(chosen), wanted)


def what_today_brings() -> tuple[EntryLine, ...]:
    """Entries of a month ago and of this day in earlier years."""
    with browsing() as looking:
        return looking.today(today())


def entry_admin() -> "EntryAdmin":
    """Tags and the trash."""
    from voicereflect.flows.library.entry_admin import EntryAdmin

    kept = vault(settings())
    return EntryAdmin(
        vault=kept,
        trash=kept.trash,
        index=index_of(kept),
        destroying=destroying(kept),
        progress=LineProgress(),
    )


def destroying(kept: "FolderVault") -> "Destroying":
    """What destroys for good, in a vault and in all that is made of it."""
    from voicereflect.flows.library.destroying import Destroying

    return Destroying(
        doom=kept.doom,
        pages=kept,
        cache=cache_of(kept),
        index=index_of(kept),
        progress=LineProgress(),
    )


def check() -> "Check":
    """A look at everything that is kept."""
    from voicereflect.adapters.vault.condition.modes import FileModes
    from voicereflect.flows.library.checking import Check

    kept = vault(settings())
    modes = FileModes((kept.root, cache_folder()))
    return Check(kept, kept.page, kept.around, modes, index_of(kept), LineProgress())


def unread_words() -> int:
    """Count what may hold words and nothing reads, in folders that changed since the last look."""
    kept = vault(settings())
    found = sum(each.holds_words for each in kept.around.stirred())
    with suppress(VaultError), index_of(kept, patience_ms=PATIENCE_MS) as index:
        index.note_quiet(kept.quiet_folders())
    return found


def begin_vault() -> tuple[Path, bool]:
    """Begin an empty vault where the settings say; whether there was none yet."""
    from voicereflect.adapters.vault.condition.known import KnownVaults, is_there

    chosen = settings()
    was_there = is_there(chosen.vault)
    KnownVaults(data_folder() / "vaults").forget(chosen.vault)
    vault(chosen).begin()
    return chosen.vault, not was_there


def index_after_session(kept: "FolderVault") -> None:
    """Bring the index up to date after a session, and finish what it destroyed.

    Whatever goes wrong, the next start mends.
    """
    from voicereflect.flows.library.finding.indexing import refresh

    with suppress(ReflectError), index_of(kept) as index:
        refresh(index, kept, LineProgress())
        index.note_quiet(kept.quiet_folders())
    with suppress(ReflectError):
        destroying(kept).finish()


def recovered() -> tuple[tuple[str, ...], int]:
    """Finish what crashes left behind, destructions first: lines to show, and the exit code."""
    from voicereflect.flows.library.recovering import recover
    from voicereflect.ui.wording import broken_import, recovery

    hindered = finish_destroying()
    found = recover(vault(settings()))
    lines = tuple(
        line
        for each in found
        for line in recovery(
            each.entry_id, each.sound_s, each.listed, each.problem, typed=each.typed
        )
    )
    problems = (*(each.problem for each in found), hindered)
    told = (hindered.line,) if hindered else ()
    imports = tuple(broken_import(each.import_of) for each in found if each.import_of)
    return (*lines, *imports, *told), next((each.exit_code for each in problems if each), 0)


def consents() -> "Consents":
    """What other speakers agreed to, and how they take it back."""
    from voicereflect.adapters.vault.curated.curations import CurationFile
    from voicereflect.flows.two.consents import Consents

    chosen = settings()
    kept = vault(chosen)
    return Consents(
        vault=kept,
        eraser=kept.eraser,
        curations=CurationFile(files_of(chosen)),
        destroying=destroying(kept),
        now=now,
    )


def finish_destroying() -> ReflectError | None:
    """Finish what was to be destroyed when something broke off; give what hinders it."""
    if not vault(settings()).doom.waits():
        return None
    try:
        consents().finish()
    except ReflectError as error:
        return error
    return None


def copies(folder: Path) -> "CopyFolder":
    """A folder outside the vault that somebody takes along."""
    from voicereflect.adapters.exchange.copies import CopyFolder
    from voicereflect.adapters.vault.answers.flac import Flac
    from voicereflect.wiring.sealing.keys import tell_outside

    tell_outside(settings().vault, notes)
    return CopyFolder(folder.absolute(), Flac().encode)
