"""`pages.jsonl` in the vault: which pages were made outside it, and of which entries; no word."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from voicereflect.adapters.vault.condition import label
from voicereflect.adapters.vault.files import Files
from voicereflect.core.review.values import PageMade
from voicereflect.core.store import bounds

FILE: Final = "pages.jsonl"


class PagesFile:
    """Pages that were made outside the vault."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._path = files.root / FILE

    def note(self, page: PageMade) -> None:
        """Note one more; a line that cannot be read stays as it is."""
        line = {"made": page.made.isoformat(), "place": page.place, "entries": page.entries}
        with label.saving(self._files):
            before = self._files.read(self._path) if self._path.exists() else b""
            self._files.save(self._path, before + json.dumps(line).encode() + b"\n")

    def holding(self, entry: str) -> Sequence[PageMade]:
        """Those in which an entry is quoted, oldest first; a mangled line tells of none."""
        if not self._path.exists():
            return ()
        lines = self._files.read(self._path).splitlines()
        return [page for page in map(_page, lines) if page is not None and entry in page.entries]


def _page(line: bytes) -> PageMade | None:
    try:
        table = bounds.json_value(line)
        return PageMade(
            made=datetime.fromisoformat(table["made"]),
            place=str(table["place"]),
            entries=tuple(map(str, table["entries"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
