"""From entries to the files of an export, in any format."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from voicereflect.core.entry.ids import day_of, folder_name
from voicereflect.core.entry.page.entry_text import render
from voicereflect.core.exchange import notes, records, subtitles
from voicereflect.core.exchange.values import ExportFormat, Leaving, TextFile

_IN_ONE_FILE: Final[Mapping[ExportFormat, Callable[[Iterable[Leaving]], TextFile]]] = {
    ExportFormat.JSON: lambda those: TextFile("entries.json", records.whole(those)),
    ExportFormat.JSONL: lambda those: TextFile("entries.jsonl", map(records.line, those)),
    ExportFormat.JRNL: lambda those: TextFile("jrnl.txt", map(notes.jrnl, those)),
}
_EACH_IN_ITS_OWN: Final[Mapping[ExportFormat, tuple[str, Callable[[Leaving], str]]]] = {
    ExportFormat.MARKDOWN: ("md", lambda each: render(each.entry)),
    ExportFormat.TEXT: ("txt", notes.plain),
}
_SUBTITLES: Final[Mapping[ExportFormat, Callable[[Sequence[subtitles.Cue]], str]]] = {
    ExportFormat.SRT: subtitles.srt,
    ExportFormat.VTT: subtitles.vtt,
}


def files(leaving: Iterable[Leaving], into: ExportFormat) -> Iterator[TextFile]:
    """Write entries, which come day by day; each is asked for when its file is due."""
    if into in _IN_ONE_FILE:
        yield _IN_ONE_FILE[into](leaving)
    elif into in _EACH_IN_ITS_OWN:
        suffix, write = _EACH_IN_ITS_OWN[into]
        for each in leaving:
            yield TextFile(f"{folder_name(each.entry)}.{suffix}", (write(each),))
    elif into in _SUBTITLES:
        for each in leaving:
            yield from _subtitled(each, into)
    else:
        for day, of_day in groupby(leaving, lambda each: day_of(each.entry.started_at)):
            yield TextFile(f"{day}.md", (notes.day_note(day, list(of_day)),))


def sound_name(leaving: Leaving, number: int) -> str:
    """Name the file of an answer's sound; its subtitles are called the same."""
    return f"{folder_name(leaving.entry)}-{number}.flac"


def file_name(leaving: Leaving, name: str) -> str:
    """Name the copy of something that lies beside an entry."""
    return f"{folder_name(leaving.entry)}-{name}"


def _subtitled(leaving: Leaving, into: ExportFormat) -> Iterator[TextFile]:
    for number, words in leaving.words.items():
        if found := list(subtitles.cues(words)):
            name = f"{folder_name(leaving.entry)}-{number}.{into}"
            yield TextFile(name, (_SUBTITLES[into](found),))
