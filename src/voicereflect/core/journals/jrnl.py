"""What jrnl writes: its JSON, and the text in which it keeps a journal."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from voicereflect.core.entry.dates.recording_dates import Here, placed
from voicereflect.core.journals import json_export, marked
from voicereflect.core.journals.json_export import texts
from voicereflect.core.journals.values import ForeignText, Found, NotTaken, Program, Told, arrival
from voicereflect.core.store.bounds import moment

_BEGINS: Final = re.compile(
    r"^\[(?P<day>\d{4}-\d\d-\d\d)[ T](?P<clock>\d{1,2}:\d\d(?::\d\d)?)(?P<half> ?[AP]M)?\] ?",
    re.MULTILINE,
)
_TAG: Final = re.compile(r"(?<!\S)@(\w[\w+*#/-]*)")


def read(page: ForeignText, here: Here) -> Iterator[Found]:
    """Read a journal.

    Raises:
        JournalUnreadable: it is neither.
    """
    if not page.text.lstrip().startswith("{"):
        yield from _of_text(page, here)
        return
    for number, each in enumerate(json_export.entries(page), start=1):
        try:
            yield _of_json(each, page, here)
        except ValueError as error:
            yield NotTaken(f"{page.name}: entry {number} is left out: {error}.")


def _of_json(found: Mapping[str, Any], page: ForeignText, here: Here) -> Found:
    title, body = texts(found, "title", "body")
    at = moment(f"{found.get('date')}T{found.get('time') or '12:00'}")
    tags = [*json_export.words(found, "tags"), *(["starred"] if found.get("starred") else [])]
    return arrival(
        Told(
            program=Program.JRNL,
            name=page.name,
            key=(at.isoformat(), title, body),
            moment=placed(at, here),
            dated_by="metadata",
            text="\n\n".join(filter(None, (title, body))),
            tags=tags,
        )
    )


def _of_text(page: ForeignText, here: Here) -> Iterator[Found]:
    parts = list(marked.parts(page.text, _BEGINS))
    if not parts:
        raise json_export.unreadable(page.name, "there is no entry of jrnl in it")
    for begin, line, written in parts:
        try:
            at = _moment(begin)
        except ValueError:
            yield NotTaken(f"{page.name}, line {line}: an entry is left out: no such date.")
            continue
        starred = written.partition("\n")[0].endswith(" *")
        yield arrival(
            Told(
                program=Program.JRNL,
                name=page.name,
                key=(at.isoformat(), *written.split("\n", 1)),
                moment=placed(at, here),
                dated_by="metadata",
                text=written.replace(" *", "", 1) if starred else written,
                tags=[*_TAG.findall(written), *(["starred"] if starred else [])],
            )
        )


def _moment(begin: re.Match[str]) -> datetime:
    hour, _, rest = begin["clock"].partition(":")
    if half := (begin["half"] or "").strip():
        hour = str(int(hour) % 12 + (12 if half == "PM" else 0))
    return moment(f"{begin['day']}T{hour:>02}:{rest}")
