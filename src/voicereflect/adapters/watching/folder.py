"""A folder that is looked at again and again: not every file system tells of changes."""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from voicereflect.adapters.watching.trash_can import put_away
from voicereflect.core.exchange.watching import FileLook, is_recording
from voicereflect.core.store.bounds import readable
from voicereflect.errors import RecordingUnreadable
from voicereflect.ports.sound import RecordingFile

_MOST: Final = 20_000
"""Files that are looked at; a folder of more is somebody's whole disk."""


class PolledFolder:
    """A folder with those below it."""

    def __init__(self, root: Path, open_file: Callable[[Path], RecordingFile]) -> None:
        self._root = root
        self._open_file = open_file

    def look(self) -> Mapping[str, FileLook]:
        """Tell how its recordings look now; links are not followed."""
        try:
            if not self._root.is_dir():
                raise NotADirectoryError
            return dict(self._found())
        except OSError as error:
            raise RecordingUnreadable(
                f"{readable(str(self._root))} cannot be read",
                hint="It is looked for again and again; connect its disk, or name another folder.",
            ) from error

    def file(self, name: str) -> RecordingFile:
        return self._open_file(self._root / os.fsdecode(os.fsencode(name)))

    def discard(self, name: str) -> None:
        put_away(self._root / name)

    def _found(self) -> Iterator[tuple[str, FileLook]]:
        left = _MOST
        for folder, folders, names in os.walk(self._root):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            for name in names:
                path = Path(folder) / name
                if not is_recording(name) or path.is_symlink():
                    continue
                try:
                    seen = path.stat()
                except OSError:  # it went away, or lies where nobody may look; others are there
                    continue
                left -= 1
                if left < 0:
                    return
                below = path.relative_to(self._root).as_posix()
                yield below, FileLook(size=seen.st_size, changed_ns=seen.st_mtime_ns)
