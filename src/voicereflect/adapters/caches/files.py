"""Files of caches, put in place and taken away; must not know what is in them."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from voicereflect.errors import VaultUnwritable


def put(file: Path, data: bytes, *, durable: bool = True) -> None:
    """Put a file in place, wholly or not at all; its folder is 0700, itself 0600.

    Raises:
        OSError: it cannot be written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.parent.chmod(0o700)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".")  # its mode is 0600
    try:
        with open(handle, "wb") as target:  # noqa: PTH123 - a descriptor has no path
            target.write(data)
            if durable:
                target.flush()
                os.fsync(target.fileno())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


class CacheFiles:
    """Files by folder and pattern; all of them can be made again."""

    def __init__(self, places: Sequence[tuple[Path, str]]) -> None:
        self._places = tuple(places)

    def remove(self) -> None:
        """Remove all of them, halves of saves included.

        Raises:
            VaultUnwritable: one stays; it names the folder.
        """
        for folder, pattern in self._places:
            try:
                for path in folder.glob(pattern):
                    path.unlink(missing_ok=True)
            except OSError as error:
                raise VaultUnwritable(
                    f"{folder} cannot be emptied.", hint="Delete that folder; it is a cache."
                ) from error
