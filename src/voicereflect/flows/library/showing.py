"""Reading entries back; hand edits are what is read."""

from collections.abc import Iterator
from typing import Protocol

from voicereflect.core.entry import refs
from voicereflect.core.entry.entries import answer_of
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Answer, Entry


class Shelf(Protocol):
    """The part of a vault that readers need."""

    def ids(self) -> tuple[str, ...]:
        """All entries, oldest first."""

    def load(self, entry_id: str) -> Entry:
        """One entry."""

    def load_all(self) -> Iterator[Entry | EntryUnreadable]:
        """Every entry, oldest first; what cannot be read comes as its error."""


class Library:
    """All entries of a vault."""

    def __init__(self, shelf: Shelf) -> None:
        """Nothing is read yet."""
        self._shelf = shelf

    def find(self, reference: str) -> tuple[Entry, tuple[Answer, ...]]:
        """The entry a reference names, and the answers it means.

        Raises:
            EntryNotFound: no entry, several, or no such answer.
            EntryUnreadable: with file and line.
        """
        found = refs.resolve(reference, self._shelf.ids())
        entry = self._shelf.load(found.entry)
        if found.answer is None:
            return entry, entry.answers
        return entry, (answer_of(entry, found.answer),)
