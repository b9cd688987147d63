"""Destroys an answer for good: its files in the vault, and whatever of it lies in the trash.

Every step may be the last before a power cut; doing all again is then right.
"""

from collections.abc import Callable, Iterator, Set
from contextlib import AbstractContextManager
from pathlib import Path

from voicereflect.adapters.vault.answer_files import AnswerFiles
from voicereflect.adapters.vault.doom import Doom
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.shelves import ENTRY, Shelves
from voicereflect.adapters.vault.trash import TRASH
from voicereflect.adapters.vault.trash_can import TrashCan
from voicereflect.core.entry import entry_text
from voicereflect.model import Entry


class AnswerEraser:
    """Reaches into one vault and its trash."""

    def __init__(
        self,
        files: Files,
        shelves: Shelves,
        saving: Callable[[], AbstractContextManager[None]],
        doom: Doom,
    ) -> None:
        """Nothing is read yet."""
        self._files = files
        self._shelves = shelves
        self._saving = saving
        self._doom = doom
        self._can = TrashCan(files, shelves, saving)

    def in_trash(self) -> tuple[Entry, ...]:
        """Every whole entry that lies in the trash, oldest first."""
        return tuple(sorted((entry for _, entry in self._entries("")), key=lambda each: each.id))

    def erase_from_trash(
        self, entry_id: str, *, speaker: str, change: Callable[[Entry], Entry]
    ) -> None:
        """Doom a speaker's discarded takes of an entry; destroy her part of copies of it.

        Takes of which nobody knows whose they are go too. `change` makes of a
        copy's page what shall be left of it.

        Raises:
            EntryUnreadable: the page of such a copy is mangled.
        """
        with self._saving():
            for thing in self._can.all():
                if thing.entry == entry_id and thing.answer and thing.speaker in (speaker, ""):
                    self._doom.take_in(self._trash / thing.name)
            for folder, entry in self._entries(entry_id):
                hers = {each.number for each in entry.answers if each.speaker == speaker}
                self._erase(folder, entry_id, hers)
                self._save(folder, entry, change(entry))

    def erase_answers(self, entry_id: str, numbers: Set[int]) -> None:
        """Destroy sound and transcripts of some answers of an entry that is held."""
        folder = self._shelves.find(entry_id)
        with self._saving():
            self._erase(folder, entry_id, numbers)

    @property
    def _trash(self) -> Path:
        return self._files.root / TRASH

    def _entries(self, entry_id: str) -> Iterator[tuple[Path, Entry]]:
        """Whole entries in the trash with their folders; all of them where none is named."""
        for thing in self._can.all():
            if thing.answer or (entry_id and thing.entry != entry_id):
                continue
            for page in sorted((self._trash / thing.name).glob(f"*/{ENTRY}")):
                text = entry_text.decode(self._files.read(page), str(page))
                yield page.parent, entry_text.parse(text, str(page))

    def _erase(self, folder: Path, entry_id: str, numbers: Set[int]) -> None:
        for number in sorted(numbers):
            for path in AnswerFiles(entry_id=entry_id, folder=folder, number=number).present():
                self._files.remove(path)
        for leftover in self._files.leftovers(folder):
            self._files.remove(leftover)

    def _save(self, folder: Path, before: Entry, after: Entry) -> None:
        if after != before:
            self._files.save(folder / ENTRY, entry_text.encode(entry_text.render(after)))
