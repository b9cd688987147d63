"""One file that a person wants to import; knows its bytes, its age and how to open it."""

import contextlib
import hashlib
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from voicereflect.adapters.recordings.decoding import DecodedFile, translated
from voicereflect.errors import RecordingUnreadable


class RecordingFile:
    """A file that a person wants to import."""

    def __init__(self, path: Path) -> None:
        """Remember it; nothing is read yet."""
        self._path = path
        self.name = path.name

    def fingerprint(self) -> str:
        """The SHA-256 of the file's bytes.

        Raises:
            RecordingUnreadable: there is no such file.
        """
        if not self._path.is_file():
            what = "is a folder" if self._path.is_dir() else "is not there"
            raise RecordingUnreadable(f"{self._path} {what}", hint="Name sound files: FOLDER/*.")
        with translated(self._path), self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def modified_at(self) -> datetime:
        """When the file was last written, in this machine's zone."""
        with translated(self._path):
            return datetime.fromtimestamp(self._path.stat().st_mtime).astimezone()

    def open(self) -> AbstractContextManager[DecodedFile]:
        """Open it to be decoded.

        Raises:
            RecordingUnreadable: there is no sound in it.
        """
        return contextlib.closing(DecodedFile(self._path))
