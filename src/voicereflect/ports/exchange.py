"""What other programs wrote, and what is kept of taking it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from voicereflect.core.journals.values import ForeignText, NotTaken
    from voicereflect.ports.sound import OpenRecording


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
        """What lies there."""

    def keep(self, entry_id: str, name: str, source: BinaryIO) -> None:
        """Copy a file there, durably; one with the same name stays, and this one gets another.

        Raises:
            VaultUnwritable: no room, or no permission.
        """

    def opened(self, entry_id: str, name: str) -> AbstractContextManager[BinaryIO]:
        """Open one of them."""
