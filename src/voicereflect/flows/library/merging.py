"""Copies of pages beside the pages: put into one by choice, and then thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicereflect.core.entry import merging
from voicereflect.core.entry.merging import MergeChoice, TwoTexts
from voicereflect.model import Entry
from voicereflect.ports.exchange import CopiedPages
from voicereflect.ports.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMerging:
    """Merges copies of one vault."""

    vault: Vault
    copies: CopiedPages

    def waiting(self) -> Sequence[tuple[str, str]]:
        """Entries that have copies, and the name of each copy."""
        return self.copies.all()

    def places(self, entry_id: str, name: str) -> tuple[Entry, tuple[TwoTexts, ...]]:
        """Give an entry, and where a copy of it says something else.

        Raises:
            EntryUnreadable: one of the two is mangled.
            SettingsError: the copy is of another entry.
        """
        entry = self.vault.load(entry_id)
        return entry, merging.differing(entry, self.copies.read(entry_id, name))

    def merge(self, entry_id: str, name: str, chosen: Mapping[int, MergeChoice]) -> Entry:
        """Save what was chosen, then move the copy to the trash; both can be taken back there.

        Raises:
            EntryUnreadable: one of the two is mangled; nothing was changed.
        """
        copy = self.copies.read(entry_id, name)
        merged = self.vault.update(entry_id, lambda now: merging.merged(now, copy, chosen))
        self.copies.discard(entry_id, name)
        return merged
