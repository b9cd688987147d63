"""Files as anybody sees them who may look into a folder: sizes and modes; none is opened."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from voicereflect.core.store.kept import FoundFile

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def files_in(folder: Path) -> Iterator[FoundFile]:
    """Give every file in a folder and those below; links are not followed."""
    for here, _, names in os.walk(folder):
        for path in (Path(here, name) for name in sorted(names)):
            try:
                found = path.lstat()
            except FileNotFoundError:  # it went away at this moment
                continue
            loose = sys.platform != "win32" and not stat.S_ISLNK(found.st_mode)
            yield FoundFile(
                path=path.relative_to(folder).as_posix(),
                size=found.st_size,
                is_loose=loose and bool(found.st_mode & _OTHERS),
            )
