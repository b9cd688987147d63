"""Exports of other programs: a file, a folder or a zip archive, of which nothing is unpacked.

Names inside only ever say which part is meant, never where anything is written.
"""

import hashlib
import os
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from voicereflect.adapters import regular
from voicereflect.core.journals.values import ForeignText, NotTaken
from voicereflect.core.store.bounds import readable
from voicereflect.core.words.marks import line_feeds
from voicereflect.errors import JournalUnreadable
from voicereflect.ports.sound import OpenRecording

TEXT_MOST: Final = 1 << 28
"""Bytes of the largest text that is read: 256 MiB."""
SOUND_MOST: Final = 1 << 30
"""Bytes of the largest recording that is taken out of an archive: it lies in memory meanwhile."""
_FILES_MOST: Final = 200_000
_BLOCK_BYTES: Final = 1 << 20
_FIRST_YEAR: Final = datetime(1980, 1, 1, tzinfo=UTC)

OpenSound = Callable[[Path], AbstractContextManager[OpenRecording]]


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what reading an export raises into one line with a hint."""
    try:
        yield
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        what = (getattr(error, "strerror", "") or "it is broken").lower()
        raise JournalUnreadable(
            f"{readable(where)}: {what}.", hint="See whether it is there and whole."
        ) from error


class ExportFolder:
    """A folder, or one file with what lies beside it."""

    def __init__(self, path: Path, open_sound: OpenSound) -> None:
        self._path = path
        self._root = path if path.is_dir() else path.parent
        self._open_sound = open_sound
        self.name = readable(path.absolute().name)

    def digest(self) -> str:
        """Hash the file; of a folder the names, sizes and times of its files."""
        with translated(str(self._path)):
            if not self._path.is_dir():
                return regular.sha256(self._path)
            told = hashlib.sha256()
            for name in self.names():
                seen = (self._root / name).stat()
                told.update(f"{name}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
            return told.hexdigest()

    def names(self) -> Sequence[str]:
        """Every plain file in it, none that is hidden; of one file what lies around it."""
        return self._names

    @cached_property
    def _names(self) -> tuple[str, ...]:
        found = []
        deep = self._path.is_dir()
        for folder, folders, files in os.walk(self._root):
            below = Path(folder).relative_to(self._root)
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            if not deep and below.parts:
                folders.clear()  # one level: `audios`, `photos`
            for each in sorted(files):
                path = Path(folder) / each
                if not each.startswith(".") and readable(each) == each and not path.is_symlink():
                    found.append((below / each).as_posix())
            if len(found) > _FILES_MOST:
                break
        return tuple(found[:_FILES_MOST])

    def pages(self, suffixes: Sequence[str]) -> Iterator[ForeignText | NotTaken]:
        if not self._path.is_dir():
            with translated(str(self._path)):
                yield self._page(self._path, self.name)
            return
        for name in self.names():
            if name.lower().endswith(tuple(suffixes)):
                try:
                    with translated(name):
                        page = self._page(self._root / name, name)
                except JournalUnreadable as problem:
                    yield NotTaken(problem.sentence)
                else:
                    yield page

    def recording(self, name: str) -> AbstractContextManager[OpenRecording]:
        return self._open_sound(self._root / name)

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        with translated(name), regular.opened(self._root / name) as file:
            yield file

    def _page(self, path: Path, name: str) -> ForeignText:
        with regular.opened(path) as file:
            changed_s = os.fstat(file.fileno()).st_mtime
            return _page_of(file, name, datetime.fromtimestamp(max(changed_s, 0), UTC))


class ExportArchive:
    """A zip archive."""

    def __init__(self, path: Path, open_sound: OpenSound) -> None:
        self._path = path
        self._open_sound = open_sound
        self.name = readable(path.name)

    def digest(self) -> str:
        """Hash the file."""
        with translated(str(self._path)):
            return regular.sha256(self._path)

    def names(self) -> Sequence[str]:
        """Every file in it whose name leads nowhere else."""
        return tuple(self._members)

    @cached_property
    def _listed(self) -> tuple[zipfile.ZipInfo, ...]:
        """Its plain files; an archive may hold several of one name."""
        with translated(str(self._path)), zipfile.ZipFile(self._path) as archive:
            return tuple(filter(_is_plain, archive.infolist()[:_FILES_MOST]))

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        return {each.filename: each for each in self._listed}

    def pages(self, suffixes: Sequence[str]) -> Iterator[ForeignText | NotTaken]:
        for member in self._listed:
            name = member.filename
            if name.lower().endswith(tuple(suffixes)):
                try:
                    with self._opened(member) as file:
                        page = _page_of(file, name, _changed_at(member))
                except JournalUnreadable as problem:
                    yield NotTaken(problem.sentence)
                else:
                    yield page
            elif member is not self._members[name]:
                yield NotTaken(f"{readable(name)} is there more than once: the last one counts.")

    @contextmanager
    def recording(self, name: str) -> Iterator[OpenRecording]:
        """Open one of its files as sound, which is taken out into memory and nowhere else."""
        with (
            self.opened(name) as file,
            _in_memory(file, name) as path,
            self._open_sound(path) as sound,
        ):
            yield sound

    def opened(self, name: str) -> AbstractContextManager[BinaryIO]:
        return self._opened(self._members[name])

    @contextmanager
    def _opened(self, member: zipfile.ZipInfo) -> Iterator[BinaryIO]:
        name = member.filename
        if member.flag_bits & 1:
            raise JournalUnreadable(
                f"{readable(name)} is encrypted.", hint="Unpack it with its password first."
            )
        with translated(name), zipfile.ZipFile(self._path) as archive, archive.open(member) as file:
            yield file  # type: ignore[misc]  # it reads as any binary file does


def opened_export(path: Path, open_sound: OpenSound) -> ExportFolder | ExportArchive:
    """Tell by its content which kind it is.

    Raises:
        JournalUnreadable: it is not there.
    """
    with translated(str(path)):
        path.stat()
        if path.is_dir():
            return ExportFolder(path, open_sound)
        with regular.opened(path) as file:
            is_archive = file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    return ExportArchive(path, open_sound) if is_archive else ExportFolder(path, open_sound)


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Tell a file of the export from folders, leftovers of systems, and names that lead out."""
    parts = PurePosixPath(member.filename).parts
    outside = member.filename.startswith("/") or "\\" in member.filename or ".." in parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not (member.is_dir() or outside or hidden)


def _changed_at(member: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return _FIRST_YEAR


def _page_of(file: BinaryIO, name: str, changed_at: datetime) -> ForeignText:
    data = file.read(TEXT_MOST + 1)  # whatever size is claimed
    where = readable(name)
    if len(data) > TEXT_MOST:
        raise JournalUnreadable(
            f"{where} is too large to be a text.", hint="Take it out, or in smaller parts."
        )
    text, remark = _decoded(data)
    if "\0" in text[:1024]:
        raise JournalUnreadable(f"{where} is no text.", hint="Name texts, or a folder of them.")
    return ForeignText(where, line_feeds(text), changed_at, remark)


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "It is not UTF-8, and was read as Windows-1252."


@contextmanager
def _in_memory(file: BinaryIO, name: str) -> Iterator[Path]:
    """Put a file where it can be read from any place; elsewhere than on Linux, on the disk."""
    if sys.platform == "linux":
        with os.fdopen(os.memfd_create("recording"), "w+b") as held:
            _copy(file, held, name)
            yield Path(f"/proc/self/fd/{held.fileno()}")
    else:  # pragma: no cover
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / PurePosixPath(name).name
            with path.open("xb") as held:
                _copy(file, held, name)
            yield path


def _copy(file: BinaryIO, held: BinaryIO, name: str) -> None:
    left = SOUND_MOST
    while block := file.read(min(left + 1, _BLOCK_BYTES)):
        left -= len(block)
        if left < 0:
            raise JournalUnreadable(
                f"{readable(name)} is too large to be taken out of an archive.",
                hint="Unpack the archive, and name its folder.",
            )
        held.write(block)
    held.flush()
