"""Vaults, entries and sounds for tests: real ones, small and the same every time."""

import random
import struct
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from voicereflect.adapters.vault.answers.flac import Flac
from voicereflect.adapters.vault.curated.curations import CurationFile
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.errors import EntryUnreadable, VaultBusy
from voicereflect.model import Answer, AnswerState, Entry, TakeInfo
from voicereflect.ports.sound import Codec

RATE_HZ = 16_000
NOW = datetime(2026, 11, 22, 9, 30, 12, tzinfo=timezone(timedelta(hours=1)))
ID = "20261122T083012Z-kzqv"


def make_vault(files: Files, *, codec: Codec | None = None, patience_s: float = 10) -> FolderVault:
    return FolderVault(
        files,
        codec=lambda: codec or Flac(),
        now=lambda: NOW,
        patience_s=patience_s,
        scrub=CurationFile(files).scrub,
    )


def make_entry(entry_id: str = ID, *, answers: int = 1, text: str = "") -> Entry:
    started_at = datetime.strptime(entry_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Entry(
        id=entry_id,
        started_at=started_at.astimezone(NOW.tzinfo),
        deck="her-biography",
        edition=1,
        title="Her biography",
        language="en",
        answers=tuple(
            Answer(
                number=number,
                speaker="me",
                prompt="her-biography/birth",
                asked="What do you know of the day she was born?",
                state=AnswerState.PENDING,
                text=text,
            )
            for number in range(1, answers + 1)
        ),
    )


def made_entry(vault: FolderVault, entry: Entry) -> Entry:
    """Create an entry and let go of it, as after a sitting."""
    with vault.create(entry):
        pass
    return entry


def noise(samples: int, seed: int = 1) -> bytes:
    """Sound in which no stretch repeats, so that a grep for any of it means something."""
    rng = random.Random(seed)
    values = (rng.randrange(-8000, 8000) for _ in range(samples))
    return struct.pack(f"<{samples}h", *values)


def recorded(vault: FolderVault, blocks: Iterable[bytes], *, number: int = 1) -> TakeInfo:
    """Record an answer of the entry `ID` and finish it."""
    with ExitStack() as stack:
        stack.enter_context(vault.adopt(ID, finishing=True))
        take = vault.open_take(ID, number, TakeInfo(rate_hz=RATE_HZ))
        for block in blocks:
            take.append(block)
        take.sync()
        return take.finish()


def folder_of(root: Path) -> Path:
    """Give the folder of the only entry."""
    (folder,) = (root / "entries").glob("*/*/*")
    return folder


def problems(vault: FolderVault) -> tuple[EntryUnreadable, ...]:
    """Which entries cannot be read, and why."""
    return tuple(each for each in vault.load_all() if isinstance(each, EntryUnreadable))


def abandoned(vault: FolderVault) -> tuple[str, ...]:
    """Entries with a take that nobody is recording any more."""
    found = []
    for entry_id in vault.left_behind():
        with suppress(VaultBusy), vault.adopt(entry_id):
            if any(vault.root.rglob("*.blocks")) or any(vault.root.rglob("*.take.json")):
                found.append(entry_id)
    return tuple(found)
