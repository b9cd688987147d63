"""What was heard of a deck's sentences, in the user's cache folder; no word of an entry among it.

Knows texts under digests. Whatever is damaged or gone is heard again.
"""

import contextlib
import os
import tempfile
from pathlib import Path


class HeardCache:
    """A small file for each sentence."""

    def __init__(self, folder: Path | None) -> None:
        """Remember; nothing is read yet. The folder is 0700, files 0600; None keeps nothing."""
        self._folder = folder

    def find(self, digest: str) -> str | None:
        if self._folder is None:
            return None
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return (self._folder / f"{digest}.txt").read_text("utf-8")
        return None

    def keep(self, digest: str, heard: str) -> None:
        """Remember what was heard; without room it is heard again the next time."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".")  # its mode is 0600
            try:
                with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - a descriptor has no path
                    file.write(heard)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self._folder / f"{digest}.txt")
            finally:
                Path(name).unlink(missing_ok=True)
