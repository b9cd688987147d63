"""Reading entries back; hand edits are what is read."""

from voicereflect.core.entry import refs
from voicereflect.core.entry.entries import answer_of
from voicereflect.core.entry.refs import Reference
from voicereflect.model import Answer, Entry
from voicereflect.ports.vault import EntryReader


def meant(shelf: EntryReader, reference: str) -> Reference:
    """Find the entry a reference means; `last` and `-2` ask for the newest entries alone.

    Raises:
        EntryNotFound: it names no entry, or several.
    """
    back = refs.steps_back(reference)
    return refs.resolve(reference, shelf.newest(back) if back else shelf.ids())


class Library:
    """All entries of a vault."""

    def __init__(self, shelf: EntryReader) -> None:
        """Nothing is read yet."""
        self._shelf = shelf

    def find(self, reference: str) -> tuple[Entry, tuple[Answer, ...]]:
        """The entry a reference names, and the answers it means.

        Raises:
            EntryNotFound: no entry, several, or no such answer.
            EntryUnreadable: with file and line.
        """
        found = meant(self._shelf, reference)
        entry = self._shelf.load(found.entry)
        if found.answer is None:
            return entry, entry.answers
        return entry, (answer_of(entry, found.answer),)
