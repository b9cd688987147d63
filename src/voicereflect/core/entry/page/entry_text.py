"""The text of `entry.md`: entry to Markdown and back; knows no file.

Front matter first, then the words, laid out for reading and for any editor.
"""

import hashlib
import re
from collections.abc import Sequence

from voicereflect.core.entry.days import day_and_time
from voicereflect.core.entry.page import entry_fields, front_matter
from voicereflect.core.entry.page.front_matter import unreadable
from voicereflect.core.store import bounds
from voicereflect.core.words.marks import line_feeds
from voicereflect.model import Answer, Entry

_FENCE = "---"
_COMMENT = "<!--"
_MARKER = re.compile(r"[ \t]*<!--[ \t]*answer[ \t]+([0-9]{1,6})[ \t]*-->[ \t]*", re.ASCII)
_LIKE_A_MARKER = r"<!--[ \t]*answer[ \t]+[0-9]{1,6}[ \t]*-->[ \t]*$"
_ESCAPED = re.compile(rf"^([ \t]*)\\(\\*{_LIKE_A_MARKER})", re.ASCII | re.MULTILINE)
_TO_ESCAPE = re.compile(rf"^([ \t]*)(\\*{_LIKE_A_MARKER})", re.ASCII | re.MULTILINE)
_BLANK = " \t\n"
_PUT_BACK = "Put back what stood above the title, out of a copy or a backup"
_OUTER_BLANK = re.compile(r"\A(?:[ \t]*\n)+|(?:\n[ \t]*)+\Z|\A[ \t]+\Z")


def canonical(text: str) -> str:
    """Give the text as it is kept: line feeds only, no blank lines around it."""
    lines = line_feeds(text)
    # looking for blank lines at every letter takes longer than all else here
    return _OUTER_BLANK.sub("", lines) if lines != lines.strip(_BLANK) else lines


def text_hash(text: str) -> str:
    """Hash what a text says: spaces at line ends and runs of blank lines count for nothing.

    Editors change those by themselves, and that makes no text the person's own.
    """
    lines = [line.rstrip(" \t") for line in canonical(text).split("\n")]
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return hashlib.sha256(encode(said)).hexdigest()


def render(entry: Entry) -> str:
    """Write an entry; `parse` gives the same entry back when its texts are canonical."""
    head = front_matter.dump(entry_fields.written(entry))
    parts = [f"{_FENCE}\n{head}{_FENCE}\n", _title(entry), _date(entry)]
    if note := canonical(entry.note):
        parts += ["", _escaped(note)]
    for answer in entry.answers:
        parts += ["", f"<!-- answer {answer.number} -->"]
        if heading := _heading(answer):
            parts += [heading]
        if text := canonical(answer.text):
            parts += ["", _escaped(text)]
    return "\n".join(parts) + "\n"


def parse(text: str, where: str) -> Entry:
    """Read an entry; `where` names the file in errors.

    Raises:
        EntryUnreadable: file, line and what; or made by a newer version.
    """
    lines = line_feeds(text.removeprefix("\ufeff")).split("\n")
    closing = _closing_fence(lines, where)
    head = lines[1:closing]
    if bounds.is_deep(head):
        raise unreadable(where, 1, "the front matter is nested too deeply")
    fields = front_matter.load("\n".join(head), where=where, first_line=2)
    entry = entry_fields.read(fields, entry_fields.FieldPlace(where=where, head=tuple(head)))
    body = _Body(lines, closing + 1, where)
    return entry_fields.with_words(
        entry,
        note=_without(body.preamble, (_title(entry), _date(entry))),
        texts=body.texts_of(entry.answers),
    )


def encode(text: str) -> bytes:
    """Turn text into a file's bytes; half a character, as a bad terminal types, becomes `?`."""
    return text.encode("utf-8", "replace")


def decode(data: bytes, where: str) -> str:
    """Turn a file's bytes into text.

    Raises:
        EntryUnreadable: it is not UTF-8.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        mend = "Save it as UTF-8 in your editor"
        raise unreadable(where, line, "not saved as UTF-8", mend=mend) from error


class _Body:
    """The lines below the front matter, divided at the answer markers."""

    def __init__(self, lines: Sequence[str], begin: int, where: str) -> None:
        self._where = where
        self._line_of: dict[int, int] = {}
        parts: dict[int, list[str]] = {0: []}
        number = 0
        for index in range(begin, len(lines)):
            if _COMMENT in lines[index] and (marker := _MARKER.fullmatch(lines[index])):
                number = int(marker[1])
                self._note_marker(number, index + 1)
                parts[number] = []
            else:
                parts[number].append(lines[index])
        self._parts = parts
        self._end = len(lines)
        self.preamble = parts[0]

    def _note_marker(self, number: int, line: int) -> None:
        if number in self._line_of:
            first = self._line_of[number]
            problem = f"the marker of answer {number} stands here and on line {first}"
            raise unreadable(self._where, line, problem)
        self._line_of[number] = line

    def texts_of(self, answers: Sequence[Answer]) -> dict[int, str]:
        listed = {answer.number for answer in answers}
        for number, line in self._line_of.items():
            if number not in listed:
                problem = f"the front matter lists no answer {number}"
                raise unreadable(self._where, line, problem)
        for answer in answers:
            if answer.number not in self._line_of:
                problem = f"the line `<!-- answer {answer.number} -->` is missing"
                raise unreadable(self._where, self._end, problem)
        return {a.number: _without(self._parts[a.number], (_heading(a),)) for a in answers}


def _closing_fence(lines: Sequence[str], where: str) -> int:
    if lines[0].rstrip(" \t") != _FENCE:
        problem = "the front matter is missing: the first line must be `---`"
        raise unreadable(where, 1, problem, mend=_PUT_BACK)
    for index in range(1, len(lines)):
        if lines[index].rstrip(" \t") == _FENCE:
            return index
    mend = "Put a line `---` above the title"
    raise unreadable(where, 1, "the front matter has no closing `---`", mend=mend)


def _without(lines: Sequence[str], derived: Sequence[str]) -> str:
    """Drop the lines that `render` derives from the front matter; keep whatever else is there."""
    begin = 0
    for line in derived:
        first = next((i for i in range(begin, len(lines)) if lines[i].strip(" \t")), None)
        if line and first is not None and lines[first].strip(" \t") == line:
            begin = first + 1
    text = "\n".join(lines[begin:]).strip("\n")
    return canonical(_ESCAPED.sub(r"\1\2", text) if _COMMENT in text else text)


def _title(entry: Entry) -> str:
    return " ".join(["#", *entry.title.split()])


def _heading(answer: Answer) -> str:
    words = answer.asked.split()
    return " ".join(["###", *words]) if words else ""


def _date(entry: Entry) -> str:
    return day_and_time(entry.started_at)


def _escaped(text: str) -> str:
    return _TO_ESCAPE.sub(r"\1\\\2", text)
