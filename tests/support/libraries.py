"""Vaults with words in them, their index, and a meaning that needs no model."""

import hashlib
import math
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from tests.support.models import Steps
from tests.support.vaults import made_entry, make_entry, make_vault
from voicereflect.adapters.index.index import Index
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.search.filters import WIDTH
from voicereflect.core.search.float16 import to_half
from voicereflect.errors import ReflectError
from voicereflect.flows.library.finding import indexing
from voicereflect.flows.library.finding.history import History
from voicereflect.model import AnswerState, Entry

FIRST = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
MODEL = "a model"


def entry_id(number: int) -> str:
    """Give the id of the entry of day `number`; its letters count too."""
    letters = "".join("abcdefghijklmnopqrstuvwxyz"[number // 26**n % 26] for n in (3, 2, 1, 0))
    return f"{FIRST + timedelta(days=number):%Y%m%dT%H%M%SZ}-{letters}"


def spoken(number: int, *texts: str) -> Entry:
    """Make an entry with one answer for each text."""
    entry = make_entry(entry_id(number), answers=len(texts))
    answers = tuple(
        replace(answer, text=text, state=AnswerState.DONE, duration_s=2.0)
        for answer, text in zip(entry.answers, texts, strict=True)
    )
    return replace(entry, answers=answers)


@dataclass
class StubMeaning:
    """Gives a text the sum of its words' directions: the same words, the same meaning."""

    name: ClassVar[str] = "words"
    problem: ReflectError | None = None
    fails_after: int = 1_000_000
    asked: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)

    def start(self, ahead: Sequence[str] = ()) -> None:
        self.ahead += ahead
        if self.problem is not None and not self.fails_after:
            raise self.problem

    def embed(self, texts: Sequence[str], *, quick: bool = False) -> bytes:  # noqa: ARG002
        self.asked += texts
        self.fails_after -= 1
        if self.problem is not None and self.fails_after < 0:
            raise self.problem
        return b"".join(map(direction, texts))


def direction(text: str) -> bytes:
    """Give the vector of a text."""
    sums = [0.0] * WIDTH
    for word in text.lower().split():
        digest = hashlib.sha256(word.strip(".,?!").encode()).digest() * (WIDTH * 2 // 32)
        for at, value in enumerate(struct.unpack(f"<{WIDTH}h", digest)):
            sums[at] += value
    norm = math.sqrt(sum(value * value for value in sums)) or 1.0
    return to_half([[value / norm for value in sums]])


def history_of(vault: FolderVault) -> History:
    """Give what earlier sittings tell now, by an index beside the vault."""
    index = Index(vault.root.with_name(f"{vault.root.name}-cache") / "index.sqlite")
    return History(index, vault, Steps(), few=1_000)


class Library:
    """A real vault and its real index, in one folder."""

    def __init__(self, folder: Path, files: type[Files] = Files) -> None:
        self.folder = folder
        self.vault: FolderVault = make_vault(files(folder / "vault"))
        self.index = Index(folder / "cache" / "index.sqlite")
        self.progress = Steps()

    def keep(self, *entries: Entry) -> None:
        """Save entries as a session does."""
        for entry in entries:
            made_entry(self.vault, entry)

    def refresh(self) -> int:
        """Bring the index up to date."""
        return indexing.refresh(self.index, self.vault, self.progress)

    def age(self) -> None:
        """Let every page be older than its clock's tick: its time tells whether it changed."""
        for page in (self.folder / "vault").glob("entries/*/*/*/entry.md"):
            os.utime(page, (1_000_000_000, 1_000_000_000))

    def page(self, entry: Entry) -> Path:
        """Give the file of an entry."""
        (found,) = (self.folder / "vault").glob(f"entries/*/*/*-{entry.id[-4:]}/entry.md")
        return found
