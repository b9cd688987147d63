"""A vault's files on a disk that refuses the n-th thing it is asked, once or from then on."""

import errno
import io
import os
import threading
from pathlib import Path
from typing import BinaryIO, cast

from voicereflect.adapters.vault.files import Files

REFUSED = {
    errno.ENOSPC: frozenset({"open", "temporary", "rename", "mkdir", "write", "fsync"}),
    errno.EACCES: frozenset({"open", "temporary", "rename", "mkdir", "unlink"}),
}
"""What each error can come from: room is needed by what grows, permission by names."""


class FailingFiles(Files):
    """Real files; the n-th call of the system fails, a write after half of its bytes."""

    def __init__(self, root: Path, *, nth: int, number: int, for_good: bool = False) -> None:
        super().__init__(root)
        self.calls = 0
        self.failed = ""
        """What was refused first, and of which file."""
        self.appended: dict[str, list[bytes]] = {}
        """Records that were kept, by the name of their file."""
        self._nth = nth
        self._number = number
        self._for_good = for_good
        self._lock = threading.Lock()

    def append(self, path: Path, record: bytes) -> None:
        super().append(path, record)
        self.appended.setdefault(path.name, []).append(record)

    def refuse_in_turn(self, what: str, path: Path | str = "") -> None:
        if what not in REFUSED[self._number]:
            return
        with self._lock:
            self.calls += 1
            if self.calls == self._nth or (self._for_good and self.calls > self._nth > 0):
                self.failed = self.failed or f"{what} {path}"
                raise OSError(self._number, os.strerror(self._number))

    def _open(self, path: Path, flags: int) -> int:
        self.refuse_in_turn("open", path)
        return super()._open(path, flags)

    def _temporary(self, path: Path) -> tuple[Path, BinaryIO]:
        self.refuse_in_turn("temporary", path)
        temporary, opened = super()._temporary(path)
        raw = _Raw(os.dup(opened.fileno()), self)
        opened.close()
        return temporary, cast("BinaryIO", io.BufferedRandom(raw))

    def _write(self, descriptor: int, data: memoryview) -> int:
        written = super()._write(descriptor, data[: max(1, len(data) // 2)])
        self.refuse_in_turn("write")
        return written + super()._write(descriptor, data[written:])

    def _fsync(self, descriptor: int) -> None:  # noqa: ARG002 - the disk's own is not called
        self.refuse_in_turn("fsync")  # a real one takes long and tells nothing more here

    def _rename(self, path: Path, target: Path) -> None:
        self.refuse_in_turn("rename", target)
        super()._rename(path, target)

    def _mkdir(self, path: Path) -> None:
        self.refuse_in_turn("mkdir", path)
        super()._mkdir(path)

    def _unlink(self, path: Path) -> None:
        self.refuse_in_turn("unlink", path)
        super()._unlink(path)

    def _rmdir(self, path: Path) -> None:
        self.refuse_in_turn("unlink", path)
        super()._rmdir(path)


class _Raw(io.FileIO):
    """A file whose writes may be refused."""

    def __init__(self, descriptor: int, files: FailingFiles) -> None:
        super().__init__(descriptor, "r+b")
        self._files = files

    def write(self, data: object) -> int:
        half = memoryview(data)[: max(1, len(memoryview(data)) // 2)]  # type: ignore[arg-type]
        written = super().write(half)
        self._files.refuse_in_turn("write")
        return written
