"""The vault: takes, entries, their files, and texts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from voicereflect.core.store.strays import Stray
    from voicereflect.errors import EntryUnreadable
    from voicereflect.model import Entry, TakeInfo, Transcript


class Take(Protocol):
    """An answer's sound while it is being recorded; on disk from the first block."""

    def append(self, pcm: bytes) -> None:
        """Write one block; it is durable after the next `sync`.

        Raises:
            VaultUnwritable: no room or no permission; earlier blocks stand.
        """

    def sync(self) -> None:
        """Make all that was appended survive a power cut."""

    def note(self, info: TakeInfo) -> None:
        """Keep what is known besides the samples."""

    def finish(self) -> TakeInfo:
        """Turn blocks into FLAC, compare the decoded samples, then drop the blocks.

        May be called from another thread than `append`, once that has ended.
        If the FLAC cannot be made the blocks stay, and stay readable.

        Raises:
            VaultUnwritable: no room for the FLAC.
        """

    def discard(self, reason: str) -> None:
        """Move the take to the trash, with the reason and the date."""


class EntryReader(Protocol):
    """The entries and their sounds, as somebody reads them."""

    def ids(self) -> tuple[str, ...]:
        """All entries, oldest first."""

    def newest(self, count: int) -> tuple[str, ...]:
        """The newest entries, oldest first; reads few heads."""

    def load(self, entry_id: str) -> Entry:
        """Read one entry.

        Raises:
            EntryNotFound: no entry has this id.
            EntryUnreadable: with file and line.
        """

    def load_all(self) -> Iterator[Entry | EntryUnreadable]:
        """Every entry, oldest first; what cannot be read comes as its error."""

    def unnamed(self, *, newest: int | None = None) -> Iterator[tuple[str, EntryUnreadable]]:
        """Folders whose page does not even tell its id, and why; all, or of so many newest."""

    def transcripts(self, entry_id: str, number: int) -> tuple[Transcript, ...]:
        """An answer's machine transcripts, oldest first."""

    def take_info(self, entry_id: str, number: int) -> TakeInfo:
        """What is known of an answer's sound; raises EntryNotFound without any."""

    def sound(self, entry_id: str, number: int, *, start: int = 0) -> Iterator[bytes]:
        """An answer's samples in blocks, from FLAC or an unfinished take; from sample `start`."""


class EntryFiles(Protocol):
    """The files of entries, as the index reads them."""

    def stamps(self) -> Mapping[str, str]:
        """Every entry's place, and a stamp that changes with its file; empty: look again."""

    def entry_page(self, place: str) -> bytes:
        """The bytes of an entry's file; VaultUnwritable if it cannot be read."""

    def entries_folder(self) -> str:
        """Where the places are, for showing."""


class Vault(EntryReader, EntryFiles, Protocol):
    """The folder of truth."""

    @property
    def root(self) -> Path:
        """Where it is."""

    def expect_writable(self) -> int:
        """See that it can be written, or VaultUnwritable; give the free bytes."""

    def create(self, entry: Entry) -> AbstractContextManager[None]:
        """Make the entry's folder and hold its lock while inside.

        Raises:
            AlreadyKept: another entry comes from the same file.
            VaultUnwritable: no room, no permission, or no such folder.
        """

    def open_take(self, entry_id: str, number: int, info: TakeInfo) -> Take:
        """Begin the sound of answer `number`."""

    def update(self, entry_id: str, change: Callable[[Entry], Entry]) -> Entry:
        """Read the entry, change it and save it, all under the vault's lock.

        Durable on return. Hand edits made since the last read are in what `change` receives.

        Raises:
            EntryUnreadable: someone mangled the file; it is left alone.
            VaultUnwritable: the old file still stands.
        """

    def discard_answer(self, entry_id: str, number: int, reason: str) -> None:
        """Move an answer's files to the trash, with the reason and the date."""

    def discard(self, entry_id: str, reason: str) -> Path:
        """Move an entry to the trash, with the reason and the date."""

    def destroy(self, entry_id: str) -> None:
        """Remove an entry, and all of it that lies in the trash, for good."""

    def add_transcript(self, entry_id: str, number: int, transcript: Transcript) -> None:
        """Keep one more machine transcript; earlier ones stay."""

    def sources(self) -> dict[str, str]:
        """Imported entries by the SHA-256 of the file they came from."""

    def vocabulary(self) -> tuple[str, ...]:
        """The person's names and words."""

    def always(self) -> Mapping[str, str]:
        """What they always mean by words that are heard, in small letters."""

    def add_to_vocabulary(self, word: str) -> None:
        """Keep one more."""

    def left_behind(self) -> tuple[str, ...]:
        """Entries that a sitting did not close."""

    def tidy(self) -> None:
        """Take away what kills left and what holds no answer; raises VaultError."""

    def adopt(self, entry_id: str, *, finishing: bool = False) -> AbstractContextManager[None]:
        """Hold the lock of such an entry, or VaultBusy while its sitting lives.

        It counts as left behind until it was adopted for `finishing`, without a problem.
        """

    def left_sounds(self, entry_id: str) -> Mapping[int, bool]:
        """Number the answers whose sound is there; whether each take was finished."""

    def left_take(self, entry_id: str, number: int) -> Take:
        """A take that is on disk, or EntryNotFound."""


class Surroundings(Protocol):
    """What stands in the vault around its entries."""

    def doomed(self) -> int:
        """How much is still to be destroyed."""

    def strays(self, entries: Mapping[str, frozenset[int] | None]) -> tuple[Stray, ...]:
        """What nothing reads, around the entries and in those places.

        Each place comes with the numbers of its answers, if they are known.
        """


class Modes(Protocol):
    """Who else may read what is kept."""

    def loose(self) -> tuple[str, ...]:
        """Files and folders that are open to others, for showing; the folders above first."""

    def close(self) -> tuple[str, ...]:
        """Close them; those that stay open."""


class VaultTexts(Protocol):
    """A vault's own texts beside its entries, such as `programme.toml`."""

    def page(self, name: str) -> str:
        """One text; empty while there is none."""

    def change_page(self, name: str, change: Callable[[str], str]) -> None:
        """Replace a text by what `change` makes of it, under the vault's lock; durable."""
