"""Where entries stand in the folder, and how one is found by its id."""

import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from voicereflect.adapters.vault.files import Files, translated
from voicereflect.core.ids import ID_PATTERN, folder_name
from voicereflect.errors import EntryNotFound, EntryUnreadable, VaultUnwritable
from voicereflect.model import Entry

ENTRY = "entry.md"
_ENTRIES = "entries"
# Reading one line is some hundred times cheaper than parsing YAML.
_ID_LINE = re.compile(rb"^id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_SOURCE_LINE = re.compile(rb"^ +sha256:[ \t]*[\"']?([0-9a-f]{64})\b", re.MULTILINE)
_LETTERS = 4
_SETTLED_NS = 50_000_000
"""A file changed this short a time ago may change again within one tick of the file's clock."""


Heads = Mapping[str, tuple[str, str]]
"""What is known of entries already: stamp and id, by their places."""


class Shelves:
    """The folders below `entries/`: year, month, entry."""

    def __init__(self, files: Files, *, heads: Callable[[], Heads] = dict) -> None:
        """Remember; nothing is read yet. What `heads` tells need not be read where it stands."""
        self._files = files
        self._root = files.root / _ENTRIES
        self._heads = heads
        self._known: dict[str, Path] = {}

    def place_for(self, entry: Entry) -> Path:
        """Name the folder of a new entry, by its local time."""
        at = entry.started_at
        return self._root / f"{at:%Y}" / f"{at:%m}" / folder_name(entry)

    def all(self) -> list[tuple[str, Path]]:
        """List ids and folders, oldest first; the id is empty where it cannot be read."""
        found = [(entry_id, self._root / place) for entry_id, place in self._ids_and_places()]
        self._known = {entry_id: folder for entry_id, folder in reversed(found) if entry_id}
        return found

    def ids(self) -> tuple[str, ...]:
        """List the ids that can be read, oldest first, once each."""
        return tuple(dict.fromkeys(each for each, _ in self._ids_and_places() if each))

    def stamps(self) -> dict[str, str]:
        """Tell every entry's folder, below `entries/`, and a stamp that changes with its file.

        The stamp is empty while the file is so new that it could change unseen.
        """
        with translated(self._root):
            return dict(self._stamps(time.time_ns() - _SETTLED_NS))

    def grew_since(self, file: Path | None) -> bool:
        """Tell whether an entry came or went after a file was written; None was never written."""
        written_s = 0.0 if file is None else _changed_s(file)
        folders = (self._root, *self._root.glob("*"), *self._root.glob("*/*"))
        return any(_changed_s(each) > written_s for each in folders)

    def folder(self, place: str) -> Path:
        """Give the folder of a place that `stamps` told."""
        return self._root / place

    def find(self, entry_id: str) -> Path:
        """Find an entry's folder.

        Raises:
            EntryNotFound: there is none.
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
            raise EntryNotFound(f"No entry is {entry_id}.", hint="`voicereflect list` shows them.")
        return self._known[entry_id]

    def id_in(self, folder: Path) -> str:
        """Read the id of the entry in a folder; empty where it cannot be read."""
        return _id_of(self._head_in(folder))

    def _ids_and_places(self) -> list[tuple[str, str]]:
        """Read only the heads of files that are new or changed, if the others are known."""
        stamps, heads = self.stamps(), self._heads()
        found = []
        for place, stamp in stamps.items():
            known_stamp, known_id = heads.get(place, ("", ""))
            same = stamp and stamp == known_stamp
            found.append(((same and known_id) or self.id_in(self._root / place), place))
        return sorted(
            found, key=lambda each: each[0] or each[1].rpartition("/")[2].replace("-", "")
        )

    def _stamps(self, settled_ns: int) -> Iterator[tuple[str, str]]:
        # plain strings: with ten thousand entries, Path objects would cost most of a second
        for year in _names_in(str(self._root)):
            for month in _names_in(f"{self._root}/{year}"):
                for name in _names_in(f"{self._root}/{year}/{month}"):
                    place = f"{year}/{month}/{name}"
                    try:
                        seen = os.stat(f"{self._root}/{place}/{ENTRY}")  # noqa: PTH116
                    except (FileNotFoundError, NotADirectoryError):
                        if not _has_files(f"{self._root}/{place}"):
                            continue
                        yield place, "missing"
                        continue
                    new = seen.st_mtime_ns > settled_ns
                    stamp = f"{seen.st_mtime_ns}-{seen.st_size}-{seen.st_ino}"
                    yield place, "" if new else stamp

    def _likely(self, entry_id: str) -> Iterator[Path]:
        """Give folders that end in the id's letters, in the months its local time can be in."""
        if not ID_PATTERN.fullmatch(entry_id):
            return
        started = datetime.strptime(entry_id[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007
        days = (started + timedelta(days=shift) for shift in (0, -1, 1))
        months = dict.fromkeys((f"{day:%Y}", f"{day:%m}") for day in days)
        for year, month in months:
            yield from (self._root / year / month).glob(f"*-{entry_id[-_LETTERS:]}")

    def _folders(self) -> Iterator[Path]:
        for year in _folders_in(self._root):
            for month in _folders_in(year):
                yield from _folders_in(month)

    def sources(self) -> dict[str, str]:
        """Ids of imported entries, by the SHA-256 of the file each came from."""
        heads = map(self._head_in, self._folders())
        return {
            line[1].decode(): _id_of(head) for head in heads if (line := _SOURCE_LINE.search(head))
        }

    def _head_in(self, folder: Path) -> bytes:
        if not (folder / ENTRY).exists():
            return b""
        try:
            return self._files.read(folder / ENTRY).partition(b"\n---")[0]
        except VaultUnwritable:
            return b""

    def read_all(
        self, read: Callable[[Path], Entry | EntryUnreadable]
    ) -> Iterator[Entry | EntryUnreadable]:
        """Read every entry, oldest first; two with one id cannot be told apart."""
        seen: dict[str, Path] = {}
        for _, folder in self.all():
            if _is_empty(folder):
                continue
            found = read(folder)
            if isinstance(found, Entry) and found.id in seen:
                found = _twice(folder, seen[found.id])
            if isinstance(found, Entry):
                seen[found.id] = folder
            yield found


def _id_of(head: bytes) -> str:
    line = _ID_LINE.search(head)
    return line[1].decode("utf-8", "replace") if line else ""


def _names_in(path: str) -> list[str]:
    try:
        with os.scandir(path) as found:
            return sorted(each.name for each in found if each.name[0] != "." and each.is_dir())
    except FileNotFoundError:
        return []


def _changed_s(path: Path) -> float:
    """When it changed; long ago if it is not there."""
    try:
        return path.stat().st_mtime
    except (FileNotFoundError, NotADirectoryError):
        return 0.0


def _has_files(path: str) -> bool:
    return any(not name.startswith(".") for name in os.listdir(path))  # noqa: PTH208


def _folders_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    with translated(path):
        return sorted(p for p in path.iterdir() if p.is_dir() and not p.name.startswith("."))


def _is_empty(folder: Path) -> bool:
    return all(path.name.startswith(".") for path in folder.iterdir())


def _twice(folder: Path, first: Path) -> EntryUnreadable:
    return EntryUnreadable(
        f"{folder} has the same id as {first}.",
        hint="Keep one of the two folders in the vault and move the other out of it.",
    )
