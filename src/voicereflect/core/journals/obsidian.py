"""A dated note as Obsidian keeps it: properties, Markdown, and files that are shown in it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from voicereflect.core.entry.dates.dates_in_names import from_name
from voicereflect.core.entry.dates.recording_dates import Here, placed
from voicereflect.core.entry.page import front_matter
from voicereflect.core.journals.values import ForeignText, Found, NotTaken, Program, Told, arrival
from voicereflect.core.store import bounds
from voicereflect.errors import EntryUnreadable

SOUNDS: Final = frozenset(
    {
        *(".3gp", ".aac", ".aif", ".aiff", ".amr", ".caf", ".flac", ".m4a", ".mp3"),
        *(".oga", ".ogg", ".opus", ".wav", ".weba", ".wma"),
    }
)
_FENCED: Final = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_SHOWN: Final = re.compile(
    r"!\[\[([^\[\]|#\n]{1,999})(?:[|#][^\[\]\n]*)?\]\]|!\[[^\[\]\n]*\]\(<?([^<)>\n]{1,999})>?\)"
)
_TAG: Final = re.compile(r"(?<!\S)#([\w/-]*[^\W\d][\w/-]*)")
_CODE: Final = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_DATES: Final = ("date", "created", "date created", "day")


def read(page: ForeignText, names: Sequence[str], here: Here) -> Found:
    """Read one note; `names` are all files of the folder."""
    fenced = _FENCED.match(page.text)
    text = page.text[fenced.end() :] if fenced else page.text
    try:
        properties = _properties(fenced[1]) if fenced else {}
    except EntryUnreadable:
        return NotTaken(f"{page.name} is left out: its properties cannot be read.")
    dated = _dated(properties, page, here)
    if dated is None:
        return NotTaken(UNDATED)
    sounds, files, missing = _shown(text, names)
    lost = "file" if len(missing) == 1 else "files"
    return arrival(
        Told(
            program=Program.OBSIDIAN,
            name=PurePosixPath(page.name).name,
            key=(PurePosixPath(page.name).name, page.text),
            moment=placed(dated[0], here),
            dated_by=dated[1],
            text=_without(text, sounds),
            tags=[*_tags(properties), *_TAG.findall(_CODE.sub("", text))],
            sounds=tuple(sounds.values()),
            files=files,
            left_out=[
                *([page.remark] if page.remark else []),
                *([f"{len(missing)} {lost} that it shows are not there."] if missing else []),
            ],
        )
    )


UNDATED: Final = "A note has no date in its name or its properties."


def _properties(text: str) -> Mapping[str, Any]:
    if not text.strip():
        return {}
    if bounds.is_deep(text.split("\n")):
        raise front_matter.unreadable("", 1, "it is nested too deeply")
    return front_matter.load(text, where="", first_line=2)


def _dated(
    properties: Mapping[str, Any], page: ForeignText, here: Here
) -> tuple[datetime, str] | None:
    for name in _DATES:
        told = properties.get(name)
        if isinstance(told, str) and (found := from_name(told, now=here.now)):
            return found[0], "metadata"
    named = from_name(PurePosixPath(page.name).name, now=here.now)
    return (named[0], "file name") if named else None


def _tags(properties: Mapping[str, Any]) -> list[str]:
    told = properties.get("tags") or []
    listed = told.replace(" ", ",").split(",") if isinstance(told, str) else told
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []


def _shown(text: str, names: Sequence[str]) -> tuple[dict[str, str], dict[str, str], set[str]]:
    """Give the recordings it shows and other files, by how it names them; and what is not there."""
    whole = {each.lower(): each for each in names}
    by_name = {PurePosixPath(each).name.lower(): each for each in reversed(names)}
    sounds, files, missing = {}, {}, set()
    for found in _SHOWN.finditer(_CODE.sub("", text)):
        shown = (found[1] or unquote(found[2])).strip()
        if "://" in shown or not PurePosixPath(shown).suffix:
            continue  # something on the web, or another note
        name = whole.get(shown.lower()) or by_name.get(PurePosixPath(shown).name.lower())
        if name is None:
            missing.add(shown)
        elif PurePosixPath(name).suffix.lower() in SOUNDS:
            sounds[shown] = name
        elif not name.lower().endswith(".md"):
            files[PurePosixPath(name).name] = name
    return sounds, files, missing


def _without(text: str, sounds: Mapping[str, str]) -> str:
    """Take out what stands for recordings: they are answers of their own."""

    def kept(found: re.Match[str]) -> str:
        return "" if (found[1] or unquote(found[2])).strip() in sounds else found[0]

    return _SHOWN.sub(kept, text)
