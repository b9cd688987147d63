"""What Day One writes: its JSON with photos and recordings beside it, and its plain text."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, tzinfo
from pathlib import PurePosixPath
from typing import Any, Final

from voicereflect.core.entry.dates.dates_in_names import from_name
from voicereflect.core.entry.dates.recording_dates import Here, placed
from voicereflect.core.journals import json_export, marked
from voicereflect.core.journals.json_export import tables, texts, words
from voicereflect.core.journals.values import ForeignText, Found, NotTaken, Program, Told, arrival
from voicereflect.core.store.bounds import moment

Zones = Callable[[str], tzinfo | None]
"""A zone by its name, such as Europe/Dublin; None where nobody knows it."""

_KINDS: Final = {
    "photos": ("photo", "photos"),
    "videos": ("video", "videos"),
    "pdfAttachments": ("PDF", "PDFs"),
}
_SAFE: Final = re.compile(r"[0-9A-Za-z]{8,64}", re.ASCII)
_MOMENT: Final = re.compile(r"!\[[^\[\]\n]*\]\(dayone-moment:[^()\s]{0,99}/([0-9A-Za-z]{1,99})\)")
_CODE: Final = re.compile(r"(^```.*?^```|`[^`\n]*`)", re.MULTILINE | re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_DATED: Final = re.compile(r"^\tDate:\t(.*)$", re.MULTILINE)


def read(page: ForeignText, names: Sequence[str], here: Here, zones: Zones) -> Iterator[Found]:
    """Read a journal; `names` are all files of the export.

    Raises:
        JournalUnreadable: it is none.
    """
    if not page.text.lstrip("\ufeff \n").startswith("{"):
        yield from _of_text(page, here)
        return
    files = {PurePosixPath(each).stem.lower(): each for each in names}
    for number, each in enumerate(json_export.entries(page), start=1):
        try:
            yield _of_json(each, page, files, _When(here, zones))
        except ValueError as error:
            yield NotTaken(f"{page.name}: entry {number} is left out: {error}.")


class _When:
    """Tells the local time of entries."""

    def __init__(self, here: Here, zones: Zones) -> None:
        self._here = here
        self._zones = zones

    def of(self, found: Mapping[str, Any]) -> datetime:
        """Give the moment by the clock of the place; noon there for a whole day."""
        created, named = texts(found, "creationDate", "timeZone")
        try:
            at = moment(created)
        except ValueError as error:
            raise ValueError("its `creationDate` is no date") from error
        zone = self._zones(named) if named else None
        if at.tzinfo in (None, UTC):
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
            at = at.astimezone(zone) if zone else self._here.in_zone(at)
        if found.get("isAllDay") is True:
            at = datetime.combine(at.date(), time(12), at.tzinfo)
        return placed(at, self._here)


def _of_json(
    found: Mapping[str, Any], page: ForeignText, files: Mapping[str, str], when: _When
) -> Found:
    if not found:
        raise ValueError("it is no entry")
    uuid, text, rich = texts(found, "uuid", "text", "richText")
    at = when.of(found)
    sounds, missing = _sounds(tables(found, "audios"), files)
    beside, places, more = _beside(found, files)
    written = _plain(text, places) if text else _of_rich_text(rich)
    return arrival(
        Told(
            program=Program.DAY_ONE,
            name=page.name,
            key=(uuid,) if uuid else (at.isoformat(), text or rich),
            moment=at,
            dated_by="metadata",
            text=written,
            tags=[*words(found, "tags"), *(["starred"] if found.get("starred") is True else [])],
            sounds=sounds,
            files=beside,
            left_out=[*_told(missing, "recording", "recordings"), *more],
        )
    )


def _sounds(listed: Sequence[Mapping[str, Any]], files: Mapping[str, str]) -> tuple[list[str], int]:
    """Give the recordings that are there, in their order, and how many are not."""
    order = sorted(listed, key=lambda each: _position(each.get("orderInEntry")))
    there = [name for each in order if (name := _file_of(each, files))]
    return list(dict.fromkeys(there)), len(listed) - len(there)


def _beside(
    found: Mapping[str, Any], files: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Give other files by the name each gets, those names by identifier, and what is missing."""
    beside: dict[str, str] = {}
    places: dict[str, str] = {}
    told: list[str] = []
    for kind, (one, many) in _KINDS.items():
        missing = 0
        for each in tables(found, kind):
            name = _file_of(each, files)
            if not name:
                missing += 1
                continue
            beside[PurePosixPath(name).name] = name
            places[str(each.get("identifier"))] = PurePosixPath(name).name
        told += _told(missing, one, many)
    return beside, places, told


def _file_of(each: Mapping[str, Any], files: Mapping[str, str]) -> str:
    for key in ("md5", "identifier"):
        named = each.get(key)
        if isinstance(named, str) and _SAFE.fullmatch(named) and named.lower() in files:
            return files[named.lower()]
    return ""


def _position(value: object) -> int:
    return value if isinstance(value, int) else 0


def _told(missing: int, one: str, many: str) -> list[str]:
    return [f"Not in the export: {missing} {one if missing == 1 else many}."] if missing else []


def _plain(text: str, places: Mapping[str, str]) -> str:
    """Take out what Day One put before punctuation, and what stands for recordings."""

    def kept(found: re.Match[str]) -> str:
        return f"![]({places[found[1]]})" if found[1] in places else ""

    parts = _CODE.split(_MOMENT.sub(kept, text))
    return "".join(part if n % 2 else _ESCAPED.sub(r"\1", part) for n, part in enumerate(parts))


def _of_rich_text(rich: str) -> str:
    if not rich:
        return ""
    try:
        whole = json.loads(rich)
    except (ValueError, RecursionError) as error:
        raise ValueError("its `richText` cannot be read") from error
    contents = tables(whole, "contents") if isinstance(whole, dict) else []
    return "".join(texts(each, "text")[0] for each in contents)


def _of_text(page: ForeignText, here: Here) -> Iterator[Found]:
    parts = list(marked.parts(page.text, _DATED))
    if not parts:
        raise json_export.unreadable(page.name, "there is no entry of Day One in it")
    for begin, line, written in parts:
        dated = from_name(begin[1], now=here.now)
        if dated is None:
            yield NotTaken(f"{page.name}, line {line}: an entry is left out: no such date.")
            continue
        yield arrival(
            Told(
                program=Program.DAY_ONE,
                name=page.name,
                key=(begin[1].strip(), written),
                moment=placed(dated[0], here),
                dated_by="metadata",
                text=_plain(written, {}),
            )
        )
