"""What leaves the vault: the trash, destruction for good, and copies to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set
    from typing import BinaryIO

    from voicereflect.core.entry.discarded import Discarded
    from voicereflect.core.entry.refs import Reference
    from voicereflect.model import Entry


class TrashBin(Protocol):
    """What was discarded and can come back."""

    def all(self) -> tuple[Discarded, ...]:
        """What is there."""

    def restore(self, name: str) -> Reference:
        """Put something back."""


class Destructions(Protocol):
    """What is promised to be destroyed, and outlives a crash."""

    def waits(self) -> bool:
        """Whether there is anything."""

    def names(self) -> tuple[str, ...]:
        """What there is, for showing."""

    def entries(self) -> tuple[str, ...]:
        """Ids of whole entries among it."""

    def entry(self, entry_id: str) -> None:
        """Promise to destroy an entry; raises EntryNotFound."""

    def trash(self) -> None:
        """Promise to destroy all that is in the trash, in one step."""

    def withdrawal(self, entry_id: str, speaker: str) -> None:
        """Promise to destroy a speaker's words of an entry."""

    def withdrawals(self) -> tuple[tuple[str, str], ...]:
        """Entry and speaker of every such promise that was not kept yet."""

    def withdrawn(self, entry_id: str, speaker: str) -> None:
        """Note that the vault holds nothing of them any more."""

    def carry_out(self) -> None:
        """Destroy it in the vault; raises ThemesUnreadable before anything is gone."""

    def close(self) -> None:
        """Let go of the promises that were kept."""


class Eraser(Protocol):
    """Destroys answers wherever they lie."""

    def in_trash(self) -> tuple[Entry, ...]:
        """Every whole entry in the trash."""

    def erase_from_trash(
        self, entry_id: str, *, speaker: str, change: Callable[[Entry], Entry]
    ) -> None:
        """Destroy a speaker's discarded takes, and her part of discarded copies."""

    def erase_answers(self, entry_id: str, numbers: Set[int]) -> None:
        """Destroy sound and transcripts of some answers of an entry that is held."""


class Copies(Protocol):
    """A folder outside the vault."""

    def begin(self, name: str) -> str:
        """Make a new folder in it; give where it is."""

    def text(self, name: str, text: str) -> None:
        """Write a text into it."""

    def texts(self, name: str, parts: Iterable[str]) -> None:
        """Write a text into it, piece by piece."""

    def sound(self, name: str, blocks: Iterator[bytes], rate_hz: int) -> None:
        """Write a sound into it."""

    def file(self, name: str, source: BinaryIO) -> None:
        """Copy any other file into it."""
