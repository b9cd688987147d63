"""What other programs wrote, and what is kept of taking it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from voicereflect.core.exchange.watching import FileLook
    from voicereflect.core.journals.values import ForeignText, NotTaken
    from voicereflect.core.store.backups import Manifest, StoredFile
    from voicereflect.model import Entry
    from voicereflect.ports.sound import OpenRecording, RecordingFile


class ForeignExport(Protocol):
    """A file or folder that another program wrote."""

    @property
    def name(self) -> str:
        """Its name, without folders."""

    def digest(self) -> str:
        """Something that is the same while it is the same."""

    def names(self) -> Sequence[str]:
        """Every file in it, as paths below it."""

    def pages(self, suffixes: Sequence[str]) -> Iterator[ForeignText | NotTaken]:
        """Its texts with these ends of names; all of it where it is one file.

        Raises:
            JournalUnreadable: it is not there, or is broken.
        """

    def recording(self, name: str) -> AbstractContextManager[OpenRecording]:
        """Open one of its files as sound.

        Raises:
            RecordingUnreadable: there is no sound in it.
        """

    def opened(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open one of its files.

        Raises:
            JournalUnreadable: it cannot be read.
        """


class FilesBeside(Protocol):
    """Files of a person's own in the folders of entries: pictures and the like."""

    def names(self, entry_id: str) -> Sequence[str]:
        """What lies there; copies of our own files are none of it."""

    def keep(self, entry_id: str, name: str, source: BinaryIO) -> None:
        """Copy a file there, durably; one with the same name stays, and this one gets another.

        Raises:
            VaultUnwritable: no room, or no permission.
        """

    def opened(self, entry_id: str, name: str) -> AbstractContextManager[BinaryIO]:
        """Open one of them; EntryNotFound where there is none with this name."""


class StoredFiles(Protocol):
    """A vault's files as they lie there: of a sealed vault sealed."""

    def vault_id(self) -> str:
        """The vault's id; empty where there is no vault, or its label is lost."""

    def paths(self) -> Sequence[str]:
        """Every file that is kept, below the vault; no locks and no halves of saves."""

    def passed_over(self) -> Sequence[str]:
        """What is no plain file, or has a name that not every system takes."""

    def entries(self) -> dict[str, str]:
        """Ids of entries, by their folders below the vault."""

    def destroyed(self, entry_id: str) -> bool:
        """Whether an entry was destroyed for good."""

    def opened(self, path: str) -> AbstractContextManager[BinaryIO]:
        """Open one."""

    def has(self, path: str) -> bool:
        """Whether something stands there."""

    def keep(self, path: str, source: BinaryIO) -> None:
        """Copy a file there, durably; what stands there stays.

        Raises:
            VaultUnwritable: no room, no permission, or something stands there.
        """


class BackupArchive(Protocol):
    """One file that holds a vault."""

    @property
    def name(self) -> str:
        """Where it is, for showing."""

    def write(
        self,
        files: Iterable[tuple[str, Callable[[], AbstractContextManager[BinaryIO]]]],
        manifest: Callable[[dict[str, StoredFile]], Manifest],
    ) -> Manifest:
        """Write all of it, read it again and compare; only then it has its name.

        Raises:
            VaultUnwritable: no room, no permission, or there is one already.
            BackupDamaged: what was written is not what is read.
        """

    def verified(self) -> Manifest:
        """Read all of it and compare every file with its digest.

        Raises:
            BackupDamaged: it is no backup, or not whole.
        """

    def files(self) -> Iterator[tuple[str, BinaryIO]]:
        """Give its files one by one, each to be read before the next."""


class WatchedFolder(Protocol):
    """A folder into which recordings arrive."""

    def look(self) -> Mapping[str, FileLook]:
        """How its recordings look now.

        Raises:
            RecordingUnreadable: the folder cannot be read.
        """

    def file(self, name: str) -> RecordingFile:
        """One of them."""

    def discard(self, name: str) -> None:
        """Move one to the trash of the system.

        Raises:
            VaultUnwritable: there is none that it can go to; it stays.
        """


class LaterTexts(Protocol):
    """Writes down what waits, beside everything else and after it."""

    def begin(self) -> bool:
        """Begin; False while it goes on, and does not know of what came since."""

    def end(self) -> None:
        """Leave the rest for another time."""


class CopiedPages(Protocol):
    """Copies of pages that a cloud, a sync or an editor laid beside them."""

    def all(self) -> Sequence[tuple[str, str]]:
        """Entries that have copies, and the name of each copy."""

    def read(self, entry_id: str, name: str) -> Entry:
        """One copy; raises EntryUnreadable."""

    def discard(self, entry_id: str, name: str) -> None:
        """Move one to the trash."""
