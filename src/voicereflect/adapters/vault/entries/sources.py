"""Which imported entries there are, by the SHA-256 of what each came from; parses no entry."""

import re
from typing import Final

from voicereflect.adapters.vault.entries.entry_folders import EntryFolders, id_of

_SOURCE_LINE: Final = re.compile(rb"^ +sha256:[ \t]*[\"']?([0-9a-f]{64})\b", re.MULTILINE)

Heads = dict[str, tuple[str, tuple[str, str]]]
"""Stamp, digest and id by place; a stamp is empty where a file must be read again."""


class Sources:
    """Reads the heads of pages, and each again only where its file changed."""

    def __init__(self, shelves: EntryFolders) -> None:
        self._shelves = shelves
        self._months: dict[str, tuple[int, Heads]] = {}

    def all(self) -> dict[str, str]:
        """Give ids by digest."""
        self._look(again=True)
        return {
            digest: entry_id
            for _, heads in self._months.values()
            for _, (digest, entry_id) in heads.values()
            if digest
        }

    def entry_of(self, digest: str) -> str:
        """Give the id of what came from there, or nothing.

        Only months are read in which an entry came or went since: an import of
        thousands asks this for each, inside the vault's lock.
        """
        self._look(again=False)
        for _, heads in self._months.values():
            for _, (known, entry_id) in heads.values():
                if known == digest:
                    return entry_id
        return ""

    def _look(self, *, again: bool) -> None:
        before, self._months = self._months, {}
        for month, changed_ns in self._shelves.months().items():
            known_ns, known = before.get(month, (0, {}))
            if again or not changed_ns or changed_ns != known_ns:
                known = self._heads(month, known)
            # a folder whose page is still to come is looked at again
            whole = all(stamp != "missing" for stamp, _ in known.values())
            self._months[month] = (changed_ns if whole else 0), known

    def _heads(self, month: str, before: Heads) -> Heads:
        found: Heads = {}
        for place, stamp in self._shelves.stamps_in(month).items():
            known_stamp, known = before.get(place, ("", ("", "")))
            same = stamp and stamp == known_stamp
            found[place] = stamp, known if same else _source_of(self._shelves.head(place))
        return found


def _source_of(head: bytes) -> tuple[str, str]:
    """Give the digest of what an entry came from, and its id; both empty without one."""
    line = _SOURCE_LINE.search(head)
    return (line[1].decode(), id_of(head)) if line else ("", "")
