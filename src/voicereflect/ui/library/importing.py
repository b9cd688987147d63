"""An import as it goes: a line for each recording kept, remarks and progress beside it."""

import json
import sys
from typing import Any, TextIO

from voicereflect.core.search.filters import line_of
from voicereflect.model import Entry
from voicereflect.ui.library.listing import line as entry_line
from voicereflect.ui.progress import LineProgress

_DATED = {
    "--date": "The date is yours.",
    "file name": "The date is from the file's name.",
    "metadata": "The date is what the file says of itself.",
    "last change of the file": (
        "Nothing tells when it was recorded, so this is the file's last change."
    ),
}


class ImportLines(LineProgress):
    """Results on one stream, everything else on another."""

    def __init__(self, *, moving: bool | None = None) -> None:
        """`moving`: rewrite progress in place; a terminal's default."""
        super().__init__(moving=moving)
        self._out: TextIO = sys.stdout

    def kept(self, entry: Entry, dated_by: str) -> None:
        self.tidy()
        self._out.write(f"{entry_line(line_of(entry))}\n")
        self._out.flush()
        self.note(f"      {_DATED[dated_by]}")

    def end(self) -> None:
        """Nothing more comes."""

    def note(self, line: str) -> None:
        self.tidy()
        self._stream.write(f"{line}\n")
        self._stream.flush()


class ImportAsJson(ImportLines):
    """The same for programs: one JSON object on standard output, when all is done."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[dict[str, Any]] = []

    def kept(self, entry: Entry, dated_by: str) -> None:
        self._kept.append(
            {
                "entry": entry.id,
                "title": entry.title,
                "started": entry.started_at.isoformat(),
                "dated_by": dated_by,
                "left_out": entry.source.left_out if entry.source else "",
                "duration_s": sum(answer.duration_s for answer in entry.answers),
            }
        )

    def end(self) -> None:
        """Print what was kept, whatever became of the rest."""
        self.tidy()
        self._out.write(f"{json.dumps(self._kept, indent=2)}\n")
        self._out.flush()
