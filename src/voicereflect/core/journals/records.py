"""Our own JSON, as `export` writes it, back into the entries it was made of."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from voicereflect.core.entry.page import entry_fields, transcript_lines
from voicereflect.core.entry.page.entry_fields import FieldPlace
from voicereflect.core.journals import json_export
from voicereflect.core.journals.json_export import tables, texts
from voicereflect.core.journals.values import Arrival, ForeignText, Found, NotTaken
from voicereflect.core.store import bounds
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Entry, TakeInfo, Transcript

_OURS: Final = ("text", "transcripts", "sound", "take")
"""Keys of an answer that do not stand in its page's front matter."""


def read(page: ForeignText, names: Sequence[str]) -> Iterator[Found]:
    """Read what `export --format json` or `jsonl` wrote; `names` are all files of the export.

    Raises:
        JournalUnreadable: it is neither.
    """
    there = frozenset(names)
    for number, each in enumerate(_tables(page), start=1):
        try:
            yield _arrival(each, there, page.name)
        except (ValueError, EntryUnreadable):
            what = f"entry {number} is left out: it is not as `export` writes it"
            yield NotTaken(f"{page.name}: {what}.")


def _tables(page: ForeignText) -> Iterator[Mapping[str, Any]]:
    if not page.name.lower().endswith(".jsonl"):
        yield from json_export.entries(page)
        return
    for line in page.text.removeprefix("\ufeff").split("\n"):
        if line.strip():
            yield from json_export.entries(ForeignText(page.name, _as_list(line), page.changed_at))


def _as_list(line: str) -> str:
    """Write one line as a file of one entry; what is no JSON by itself becomes no entry."""
    try:
        return json.dumps({"entries": [json.loads(line)]})
    except (ValueError, RecursionError):
        return '{"entries": [{}]}'


def _arrival(found: Mapping[str, Any], there: frozenset[str], where: str) -> Arrival:
    bounds.check(found)
    answers = tables(found, "answers")
    entry = _entry(found, answers, where)
    numbered = {each.number: told for each, told in zip(entry.answers, answers, strict=True)}
    sounds = {n: name for n, told in numbered.items() if (name := _sound(told)) in there}
    takes = {n: _take(told["take"], where) for n, told in numbered.items() if told.get("take")}
    return Arrival(
        entry=entry,
        key=hashlib.sha256(f"json\0{entry.id}".encode()).hexdigest(),
        sounds=sounds,
        files={told: name for told, name in _files(found).items() if name in there},
        transcripts={n: _transcripts(told, where) for n, told in numbered.items()},
        takes=takes,
    )


def _entry(found: Mapping[str, Any], answers: Sequence[Mapping[str, Any]], where: str) -> Entry:
    fields = {key: value for key, value in found.items() if key not in ("note", "files")}
    fields["answers"] = [{k: v for k, v in each.items() if k not in _OURS} for each in answers]
    entry = entry_fields.read(fields, FieldPlace(where=where, head=()))
    said = [texts(each, "text")[0] for each in answers]
    words = {a.number: text for a, text in zip(entry.answers, said, strict=True)}
    return entry_fields.with_words(entry, note=texts(found, "note")[0], texts=words)


def _sound(told: Mapping[str, Any]) -> str:
    name = told.get("sound")
    return name if isinstance(name, str) else ""


def _files(found: Mapping[str, Any]) -> Mapping[str, str]:
    files = found.get("files")
    listed = files if isinstance(files, dict) else {}
    return {told: name for told, name in listed.items() if isinstance(name, str)}


def _take(told: Any, where: str) -> TakeInfo:
    return transcript_lines.read_take(json.dumps(told), where)


def _transcripts(told: Mapping[str, Any], where: str) -> tuple[Transcript, ...]:
    lines = "\n".join(json.dumps(each) for each in tables(told, "transcripts"))
    return transcript_lines.read(lines, where).transcripts
