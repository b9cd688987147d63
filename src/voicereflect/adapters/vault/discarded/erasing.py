"""Destroys an answer for good: its files in the vault, and all of it that lies in the trash.

After a power cut at any step, the whole may be done again.
"""

from collections.abc import Callable, Iterator, Set
from pathlib import Path

from voicereflect.adapters.vault.answers.answer_files import AnswerFiles
from voicereflect.adapters.vault.discarded.doomed import DoomedFolder
from voicereflect.adapters.vault.discarded.trash import Trash
from voicereflect.adapters.vault.entries import entry_page
from voicereflect.adapters.vault.entries.entry_folders import EntryFolders
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.locks import Saving
from voicereflect.model import Entry


class AnswerEraser:
    """Erases answers in one vault and its trash."""

    def __init__(
        self,
        files: Files,
        entries: EntryFolders,
        trash: Trash,
        saving: Saving,
        doom: DoomedFolder,
    ) -> None:
        self._files = files
        self._entries = entries
        self._trash = trash
        self._saving = saving
        self._doom = doom

    def in_trash(self) -> tuple[Entry, ...]:
        return tuple(sorted((entry for _, entry in self._copies("")), key=lambda each: each.id))

    def erase_from_trash(
        self, entry_id: str, *, speaker: str, change: Callable[[Entry], Entry]
    ) -> None:
        """Doom a speaker's discarded takes of an entry; destroy their part of copies of it.

        Takes of which nobody knows whose they are go too. `change` makes of a
        copy's page what shall be left of it.

        Raises:
            EntryUnreadable: the page of such a copy is mangled.
        """
        with self._saving():
            for thing in self._trash.all():
                if thing.entry == entry_id and thing.answer and thing.speaker in (speaker, ""):
                    self._doom.take_in(self._trash.root / thing.name)
            for folder, entry in self._copies(entry_id):
                theirs = {each.number for each in entry.answers if each.speaker == speaker}
                self._erase(folder, entry_id, theirs)
                if (left := change(entry)) != entry:
                    entry_page.save(self._files, folder, left)

    def erase_answers(self, entry_id: str, numbers: Set[int]) -> None:
        folder = self._entries.find(entry_id)
        with self._saving():
            self._erase(folder, entry_id, numbers)

    def _copies(self, entry_id: str) -> Iterator[tuple[Path, Entry]]:
        """Whole entries in the trash with their folders; all of them where none is named."""
        for thing in self._trash.all():
            if thing.answer or (entry_id and thing.entry != entry_id):
                continue
            for page in sorted((self._trash.root / thing.name).glob(f"*/{entry_page.ENTRY}")):
                yield page.parent, entry_page.read(self._files, page.parent)

    def _erase(self, folder: Path, entry_id: str, numbers: Set[int]) -> None:
        for number in sorted(numbers):
            for path in AnswerFiles(entry_id=entry_id, folder=folder, number=number).present():
                self._files.remove(path)
        for leftover in self._files.leftovers(folder):
            self._files.remove(leftover)
