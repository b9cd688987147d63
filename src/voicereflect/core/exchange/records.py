"""Entries as JSON that holds everything `entry.md` and `N.jsonl` hold; docs/export.schema.json."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from voicereflect.core.entry.page import entry_fields
from voicereflect.core.entry.page.transcript_lines import take_line, transcript_line
from voicereflect.core.exchange.values import Leaving

FORMAT: Final = 1


def record(leaving: Leaving) -> dict[str, Any]:
    """Give the front matter's keys with the words, transcripts and sound of each answer."""
    fields = entry_fields.written(leaving.entry)
    answers = fields.pop("answers")
    for answer, made in zip(leaving.entry.answers, answers, strict=True):
        transcripts = leaving.transcripts.get(answer.number, ())
        take = leaving.takes.get(answer.number)
        made |= {
            "text": answer.text,
            "transcripts": [json.loads(transcript_line(each)) for each in transcripts],
            "sound": leaving.sounds.get(answer.number),
            "take": json.loads(take_line(take)) if take else None,
        }
    files = {"files": dict(leaving.files)} if leaving.files else {}
    return {**fields, "note": leaving.entry.note, **files, "answers": answers}


def line(leaving: Leaving) -> str:
    """Write one entry on a line of its own."""
    return json.dumps(record(leaving), ensure_ascii=False) + "\n"


def whole(all_of_them: Iterable[Leaving]) -> Iterator[str]:
    """Write one JSON text, entry by entry."""
    yield f'{{"format": {FORMAT}, "entries": ['
    between = "\n"
    for each in all_of_them:
        yield between + line(each).rstrip("\n")
        between = ",\n"
    yield "\n]}\n"
