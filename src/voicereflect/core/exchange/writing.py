"""From entries to the files of an export, in any format."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import Final

from voicereflect.core.entry.ids import day_of, folder_name
from voicereflect.core.entry.page.entry_text import render
from voicereflect.core.exchange import notes, records, subtitles
from voicereflect.core.exchange.values import ExportFormat, Leaving, TextFile

Files = Callable[[Iterable[Leaving]], Iterator[TextFile]]
"""Writes entries, which come day by day; each is asked for when its file is due."""


class Need(Enum):
    """What a format needs beside the entry itself."""

    TRANSCRIPTS = auto()
    """All there are, and what is known of each sound."""
    WORD_TIMES = auto()
    THEMES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a format lays entries into files."""

    files: Files
    needs: Need | None = None
    follow: bool = True
    """Its texts make sense one after the other, as on standard output."""


def _in_one_file(name: str, write: Callable[[Iterable[Leaving]], Iterable[str]]) -> Files:
    return lambda those: iter((TextFile(name, write(those)),))


def _in_its_own(suffix: str, write: Callable[[Leaving], str]) -> Files:
    def files(those: Iterable[Leaving]) -> Iterator[TextFile]:
        for each in those:
            yield TextFile(f"{folder_name(each.entry)}.{suffix}", (write(each),))

    return files


def _by_answer(suffix: str, write: Callable[[Sequence[subtitles.Cue]], str]) -> Files:
    def files(those: Iterable[Leaving]) -> Iterator[TextFile]:
        for each in those:
            for number, words in each.words.items():
                if found := list(subtitles.cues(words)):
                    name = f"{folder_name(each.entry)}-{number}.{suffix}"
                    yield TextFile(name, (write(found),))

    return files


def _by_day(those: Iterable[Leaving]) -> Iterator[TextFile]:
    for day, of_day in groupby(those, lambda each: day_of(each.entry.started_at)):
        yield TextFile(f"{day}.md", (notes.day_note(day, list(of_day)),))


LAYOUTS: Final[Mapping[ExportFormat, Layout]] = {
    ExportFormat.MARKDOWN: Layout(files=_in_its_own("md", lambda each: render(each.entry))),
    ExportFormat.TEXT: Layout(files=_in_its_own("txt", notes.plain)),
    ExportFormat.JSON: Layout(
        files=_in_one_file("entries.json", records.whole), needs=Need.TRANSCRIPTS
    ),
    ExportFormat.JSONL: Layout(
        files=_in_one_file("entries.jsonl", lambda those: map(records.line, those)),
        needs=Need.TRANSCRIPTS,
    ),
    ExportFormat.SRT: Layout(
        files=_by_answer("srt", subtitles.srt), needs=Need.WORD_TIMES, follow=False
    ),
    ExportFormat.VTT: Layout(
        files=_by_answer("vtt", subtitles.vtt), needs=Need.WORD_TIMES, follow=False
    ),
    ExportFormat.OBSIDIAN: Layout(files=_by_day, needs=Need.THEMES, follow=False),
    ExportFormat.JRNL: Layout(files=_in_one_file("jrnl.txt", lambda those: map(notes.jrnl, those))),
}
"""All that is to be known of a format; its words are written by the module it names."""


def sound_name(leaving: Leaving, number: int) -> str:
    """Name the file of an answer's sound; its subtitles are called the same."""
    return f"{folder_name(leaving.entry)}-{number}.flac"


def file_name(leaving: Leaving, name: str) -> str:
    """Name the copy of something that lies beside an entry."""
    return f"{folder_name(leaving.entry)}-{name}"
