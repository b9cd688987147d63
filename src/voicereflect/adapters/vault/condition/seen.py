"""Files as anybody sees them who may look into a folder: sizes and modes; none is opened."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from voicereflect.core.store.kept import FoundFile


def files_in(folder: Path) -> Iterator[FoundFile]:
    """Give every file in a folder and those below; links are not followed."""
    for here, _, names in os.walk(folder):
        for path in (Path(here, name) for name in sorted(names)):
            try:
                found = path.lstat()
            except FileNotFoundError:  # it went away at this moment
                continue
            yield FoundFile(
                path=path.relative_to(folder).as_posix(), size=found.st_size, mode=_mode(found)
            )


def mode_of(folder: Path) -> int | None:
    """Tell who may look into a folder; None where there is none, or the system does not tell."""
    try:
        return _mode(folder.stat())
    except OSError:
        return None


def _mode(found: os.stat_result) -> int | None:
    if sys.platform == "win32" or stat.S_ISLNK(found.st_mode):
        return None
    return stat.S_IMODE(found.st_mode)
