"""Where entries stand in the vault, and how one is found by its id."""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from voicereflect.adapters.vault.entries import newest
from voicereflect.adapters.vault.entries.entry_page import ENTRY
from voicereflect.adapters.vault.entries.places import (
    changed_s,
    folders_in,
    has_files,
    path_of,
    place_of,
)
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.refusals import translated
from voicereflect.core.entry.ids import folder_name, same_id, second_of
from voicereflect.errors import EntryNotFound, EntryUnreadable, VaultLocked, VaultUnwritable
from voicereflect.model import Entry

_ENTRIES = "entries"
# Reading one line is some hundred times cheaper than parsing YAML.
_ID_LINE = re.compile(rb"^id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_LETTERS = 4
_SETTLED_NS = 50_000_000
"""A file changed this short a time ago may change again within one tick of the file's clock."""


Heads = Mapping[str, tuple[str, str]]
"""What is known of entries already: stamp and id, by their places."""
Quiet = Mapping[str, str]
"""Stamps of folders that held nothing to finish, by their places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is known of the vault outside of it, such as by an index; may be nothing."""

    heads: Callable[[], Heads] = dict
    """Stamps and ids; an id is read again only where the stamp of its file is another."""
    quiet: Callable[[], Quiet] = dict
    """Folders that held nothing to finish; looked at again only where the stamp is another."""
    expect: Callable[[], None] = lambda: None
    """Raises VaultMissing where the folder was a vault and is none now."""
    on_new: Callable[[], None] = lambda: None
    """Hears that the folder has just become a vault."""


NOTHING_REMEMBERED = Remembered()


class EntryFolders:
    """The folders below `entries/`: year, month, entry."""

    def __init__(self, files: Files, remembered: Remembered = NOTHING_REMEMBERED) -> None:
        self._quiet = remembered.quiet
        self._files = files
        self._root = files.root / _ENTRIES
        self._top = str(self._root)
        self._heads = remembered.heads
        self._known: dict[str, Path] = {}

    def place_for(self, entry: Entry) -> Path:
        """Name the folder of a new entry, by its local time; in a sealed vault by no deck."""
        at = entry.started_at
        return self._root / f"{at:%Y}" / f"{at:%m}" / folder_name(entry, bare=self._files.sealed)

    def all(self) -> list[tuple[str, Path]]:
        """List ids and folders, oldest first; the id is empty where it cannot be read."""
        found = [(entry_id, self.folder(place)) for entry_id, place in self._ids_and_places()]
        self._known = {entry_id: folder for entry_id, folder in reversed(found) if entry_id}
        return found

    def ids(self) -> tuple[str, ...]:
        """List the ids that can be read, oldest first, once each."""
        return tuple(dict.fromkeys(each for each, _ in self._ids_and_places() if each))

    def newest(self, count: int) -> tuple[str, ...]:
        """List the ids of the newest entries, oldest first, by the names of their folders."""
        with translated(self._root):
            places = [place for place, _ in self._walked()]
        found = newest.newest(places, count, self.id_at)
        return self.ids()[-count:] if found is None else found

    def unnamed(self, count: int | None) -> Iterator[Path]:
        """Give the folders whose page does not tell its id; all, or of so many named last."""
        if count is None:
            yield from (folder for entry_id, folder in self.all() if not entry_id)
            return
        with translated(self._root):
            places = newest.named_last((place for place, _ in self._walked()), count)
        yield from (self.folder(place) for place in places if not self.id_at(place))

    def stirred(self) -> dict[str, str]:
        """Give the folders, with stamps, that changed since they last held nothing to finish.

        The stamp of a folder that changed this moment is empty: it could change again
        within one tick of the clock.
        """
        quiet, settled_ns = self._quiet(), time.time_ns() - _SETTLED_NS
        found = {}
        with translated(self._root):
            for place, path in self._walked():
                try:
                    seen = os.stat(path)  # noqa: PTH116
                except FileNotFoundError:
                    continue
                stamp = f"{seen.st_mtime_ns}-{seen.st_ctime_ns}"
                if quiet.get(place) != stamp:
                    newest_ns = max(seen.st_mtime_ns, seen.st_ctime_ns)
                    found[place] = "" if newest_ns > settled_ns else stamp
        return found

    def id_at(self, place: str) -> str:
        """Read the id of the entry at a place, and remember where it is; empty without one."""
        entry_id = self.id_in(self.folder(place))
        if entry_id:
            self._known.setdefault(entry_id, self.folder(place))
        return entry_id

    def stamps(self) -> dict[str, str]:
        """Tell every entry's folder, below `entries/`, and a stamp that changes with its file.

        The stamp is empty while the file is so new that it could change unseen.
        """
        with translated(self._root):
            return dict(self._stamps(self._walked()))

    def stamps_in(self, month: str) -> dict[str, str]:
        """Tell the same of one month, such as `2026/11`."""
        with translated(self._root):
            return dict(self._stamps(self._walked_in(month)))

    def months(self) -> dict[str, int]:
        """Tell of every month when an entry came or went; 0 while that may be this moment."""
        settled_ns, found = time.time_ns() - _SETTLED_NS, {}
        with translated(self._root):
            for month in self._months():
                changed_ns = os.stat(self._path(month)).st_mtime_ns  # noqa: PTH116
                found[month] = changed_ns if changed_ns <= settled_ns else 0
        return found

    def head(self, place: str) -> bytes:
        """Read the front matter of the entry at a place; empty where there is none."""
        return self._head_in(self.folder(place))

    def grew_since(self, file: Path | None) -> bool:
        """Tell whether an entry came or went after a file was written; None was never written."""
        written_s = 0.0 if file is None else changed_s(file)
        folders = (self._root, *self._root.glob("*"), *self._root.glob("*/*"))
        return any(changed_s(each) > written_s for each in folders)

    def folder(self, place: str) -> Path:
        """Give the folder of a place that `stamps` told."""
        return Path(self._path(place))

    def page(self, place: str) -> Path:
        """Give the page of a place that `stamps` told."""
        return Path(f"{self._path(place)}/{ENTRY}")

    def _path(self, place: str) -> str:
        return f"{self._top}/{path_of(place)}"

    def find(self, entry_id: str) -> Path:
        """Find an entry's folder.

        Raises:
            EntryNotFound: there is none.
            VaultMissing: the whole vault is gone.
        """
        known = self._known.get(entry_id)
        if known is not None and (known / ENTRY).exists():
            return known
        for folder in self._likely(entry_id):
            if self.id_in(folder) == entry_id:
                self._known[entry_id] = folder
                return folder
        self.all()
        if entry_id not in self._known:
            self._files.expect()
            raise EntryNotFound(f"No entry is {entry_id}.", hint="`voicereflect list` shows them.")
        return self._known[entry_id]

    def id_in(self, folder: Path) -> str:
        """Read the id of the entry in a folder; empty where it cannot be read."""
        return id_of(self._head_in(folder))

    def _ids_and_places(self) -> list[tuple[str, str]]:
        """Read only the heads of files that are new or changed, if the others are known."""
        stamps, heads = self.stamps(), self._heads()
        found = []
        for place, stamp in stamps.items():
            known_stamp, known_id = heads.get(place, ("", ""))
            same = stamp and stamp == known_stamp
            found.append(((same and known_id) or self.id_in(self.folder(place)), place))
        return sorted(
            found, key=lambda each: each[0] or each[1].rpartition("/")[2].replace("-", "")
        )

    def _stamps(self, walked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        settled_ns = time.time_ns() - _SETTLED_NS
        # plain strings: with ten thousand entries, Path objects would cost most of a second
        for place, path in walked:
            try:
                seen = os.stat(f"{path}/{ENTRY}")  # noqa: PTH116
            except (FileNotFoundError, NotADirectoryError):
                if not has_files(path):
                    continue
                yield place, "missing"
                continue
            new = seen.st_mtime_ns > settled_ns
            stamp = f"{seen.st_mtime_ns}-{seen.st_size}-{seen.st_ino}"
            yield place, "" if new else stamp

    def _walked(self) -> Iterator[tuple[str, str]]:
        """Every entry's folder in the order of names: its place and its whole path."""
        for month in self._months():
            yield from self._walked_in(month)

    def _walked_in(self, month: str) -> Iterator[tuple[str, str]]:
        above = self._path(month)
        for name in folders_in(above):
            yield f"{month}/{place_of(name)}", f"{above}/{name}"

    def _months(self) -> Iterator[str]:
        for year in folders_in(self._top):
            for month in folders_in(f"{self._top}/{year}"):
                yield place_of(f"{year}/{month}")

    def _likely(self, entry_id: str) -> Iterator[Path]:
        """Give folders that end in the id's letters, in the months its local time can be in."""
        started = second_of(entry_id)
        if started is None:
            return
        days = (started + timedelta(days=shift) for shift in (0, -1, 1))
        months = dict.fromkeys((f"{day:%Y}", f"{day:%m}") for day in days)
        for year, month in months:
            yield from (self._root / year / month).glob(f"*-{entry_id[-_LETTERS:]}")

    def _head_in(self, folder: Path) -> bytes:
        if not (folder / ENTRY).exists():
            return b""
        try:
            return self._files.read(folder / ENTRY).partition(b"\n---")[0]
        except (VaultUnwritable, VaultLocked):
            return b""

    def read_all(
        self, read: Callable[[Path], Entry | EntryUnreadable]
    ) -> Iterator[Entry | EntryUnreadable]:
        """Read every entry, oldest first; a second one with the same id comes as an error."""
        seen: dict[str, Path] = {}
        for _, folder in self.all():
            if not has_files(str(folder)):
                continue
            found = read(folder)
            if isinstance(found, Entry) and found.id in seen:
                found = same_id(str(folder), str(seen[found.id]))
            if isinstance(found, Entry):
                seen[found.id] = folder
            yield found


def id_of(head: bytes) -> str:
    """Give the id; what is none must never become a path."""
    line = _ID_LINE.search(head)
    found = line[1].decode("utf-8", "replace") if line else ""
    return found if second_of(found) else ""
