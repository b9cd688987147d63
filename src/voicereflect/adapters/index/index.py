"""One vault's index, whole: what is written into it and what is read out of it.

Everything here can be made again from the vault.
"""

from types import TracebackType
from typing import Self

from voicereflect.adapters.index.database import translating
from voicereflect.adapters.index.entry_rows import EntryRows
from voicereflect.adapters.index.history import HistoryRows
from voicereflect.adapters.index.theme_rows import ThemeRows
from voicereflect.adapters.index.word_search import WordSearch
from voicereflect.adapters.index.writing import IndexWriter


class Index(IndexWriter, EntryRows, WordSearch, HistoryRows, ThemeRows):
    """One vault's index; its file is opened when it is first needed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @translating
    def faults(self) -> list[str]:
        db = self.as_it_is()
        found = [str(line) for (line,) in db.execute("PRAGMA integrity_check(5)") if line != "ok"]
        passages = db.execute("SELECT count(*) FROM passages").get
        for table in ("words", "spelt"):
            searchable = db.execute(f"SELECT count(*) FROM {table}").get
            if passages != searchable:
                found.append(f"{passages} passages, of which {searchable} can be searched")
        return found
