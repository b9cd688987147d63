"""What was heard of a deck's sentences, in the user's cache folder; no word of an entry among it.

Knows texts under digests. Whatever is damaged or gone is heard again.
"""

import contextlib
from pathlib import Path

from voicereflect.adapters.caches.files import put


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
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            put(self._folder / f"{digest}.txt", heard.encode())
