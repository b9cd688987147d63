"""One file that a person wants to import; knows its bytes, its age and how to open it."""

import contextlib
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from voicereflect.adapters import regular
from voicereflect.adapters.recordings.containers import translated
from voicereflect.adapters.recordings.decoding import DecodedFile
from voicereflect.core.journals import cues
from voicereflect.core.journals.values import ForeignText
from voicereflect.core.store.bounds import LAST_YEAR, readable
from voicereflect.core.words.marks import line_feeds
from voicereflect.errors import RecordingUnreadable

_LATEST_S = datetime(LAST_YEAR, 1, 1, tzinfo=UTC).timestamp()
"""A file's time can be any number; an entry's can not."""


class MediaFile:
    """A file that a person wants to import."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = readable(path.name)

    def fingerprint(self) -> str:
        """The SHA-256 of the file's bytes.

        Raises:
            RecordingUnreadable: there is no such file.
        """
        if not self._path.is_file():
            what = "is a folder" if self._path.is_dir() else "is no plain file"
            what = what if self._path.exists() else "is not there"
            raise RecordingUnreadable(
                f"{readable(str(self._path))} {what}", hint="Name sound files: FOLDER/*."
            )
        with translated(self._path):
            return regular.sha256(self._path)

    def modified_at(self) -> datetime:
        """When the file was last written, in this machine's zone; kept within the calendar."""
        with translated(self._path):
            changed_s = self._path.stat().st_mtime
        return datetime.fromtimestamp(min(max(changed_s, 0), _LATEST_S)).astimezone()

    def is_whole(self) -> bool:
        """Decode all of it to see whether anything is missing; it may still be arriving."""
        try:
            with self.open() as sound:
                for _ in sound.blocks():
                    pass
                return not sound.damage
        except RecordingUnreadable:
            return False

    def written(self) -> ForeignText | None:
        """Find a transcript beside it: `memo.vtt`, `memo.srt` or `memo.txt` of `memo.m4a`.

        Raises:
            RecordingUnreadable: there is one, and it cannot be read.
        """
        for suffix in cues.SUFFIXES:
            path = self._path.with_suffix(suffix)
            if path != self._path and path.is_file():
                with translated(path):
                    text = regular.text(path)
                    changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                plain = line_feeds(text)
                return ForeignText(readable(path.name), plain, changed_at)
        return None

    def open(self) -> AbstractContextManager[DecodedFile]:
        """Open it to be decoded.

        Raises:
            RecordingUnreadable: there is no sound in it.
        """
        return contextlib.closing(DecodedFile(self._path))
