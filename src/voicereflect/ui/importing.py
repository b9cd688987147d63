"""An import as it goes: a line for each recording kept, remarks and progress beside it."""

import sys
from typing import TextIO

from voicereflect.model import Entry
from voicereflect.ui.progress import LineProgress
from voicereflect.ui.reading import line as entry_line


class ImportLines(LineProgress):
    """Results on one stream, everything else on another."""

    def __init__(self, *, moving: bool | None = None) -> None:
        """`moving`: rewrite progress in place; a terminal's default."""
        super().__init__(sys.stderr, moving=moving)
        self._out: TextIO = sys.stdout

    def kept(self, entry: Entry, dated_by: str) -> None:
        """A recording is in the vault."""
        self.tidy()
        self._out.write(f"{entry_line(entry)}\n")
        self._out.flush()
        if dated_by == "last change of the file":
            self.note(
                "      Nothing tells when it was recorded, so this is the file's last change."
            )

    def note(self, line: str) -> None:
        """A remark."""
        self.tidy()
        self._stream.write(f"{line}\n")
        self._stream.flush()

    def tidy(self) -> None:
        """Take an unfinished moving line away."""
        if self._moving:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
