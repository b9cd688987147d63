"""The fields of an entry's front matter, by name and in order; knows no YAML and no Markdown."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from voicereflect.core.entry.ids import second_of
from voicereflect.core.entry.page import further_keys
from voicereflect.core.entry.page.front_matter import unreadable
from voicereflect.core.store import bounds
from voicereflect.errors import EntryUnreadable
from voicereflect.model import Answer, AnswerState, Entry

FORMAT = 1
_KNOWN = (
    *("format", "id", "started", "deck", "edition", "title"),
    *("language", "tags", "speakers", "answers"),
)
_KNOWN_OF_ANSWER = (
    *("number", "speaker", "prompt", "asked"),
    *("duration_s", "state", "machine_hash"),
)
_STATES = {each.value: each for each in AnswerState}
_FIRST_LINE = 2
_LAST_EDITION = 10**9


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where fields stand, for errors: a file, its front matter's lines, perhaps one answer."""

    where: str
    head: tuple[str, ...]
    answer: int = 0
    """Position in `answers`, from 1; 0 is the entry itself."""

    def wrong(self, key: str, problem: str) -> EntryUnreadable:
        """Make the error for one field, with the line it stands on as far as that can be seen."""
        of_answer = f"answer {self.answer} in `answers`: " if self.answer else ""
        return unreadable(self.where, self._line(key), of_answer + problem)

    def _line(self, key: str) -> int:
        begin = 0
        if self.answer:
            list_begins = self._first(r"answers\s*:", 0)
            below = range(list_begins, len(self.head))
            items = [i for i in below if re.match(r"[ \t]*- ", self.head[i])]
            begin = items[self.answer - 1] if self.answer <= len(items) else list_begins
        lead = r"[ \t]*(- +)?" if self.answer else ""
        return _FIRST_LINE + self._first(lead + re.escape(key) + r"\s*:", begin)

    def _first(self, pattern: str, begin: int) -> int:
        for index in range(begin, len(self.head)):
            if re.match(pattern, self.head[index]):
                return index
        return begin


def written(entry: Entry) -> dict[str, Any]:
    """Give the front matter of an entry, in the order it is written."""
    return {
        "format": FORMAT,
        "id": entry.id,
        "started": entry.started_at.isoformat(),
        "deck": entry.deck,
        "edition": entry.edition,
        "title": entry.title,
        "language": entry.language,
        "tags": list(entry.tags),
        "speakers": list(entry.speakers),
        **further_keys.written(entry, further_keys.OF_ENTRY),
        "answers": [_written_answer(each) for each in entry.answers],
    }


def read(fields: Mapping[str, Any], place: FieldPlace) -> Entry:
    """Read an entry without its words.

    Raises:
        EntryUnreadable: a field is missing or not of its kind, or the format is newer.
    """
    _check_bounds(fields, place)
    _check_format(fields, place)
    look = _Fields(fields, place)
    others = {k: v for k, v in fields.items() if k not in _KNOWN}
    return Entry(
        id=look.entry_id("id"),
        started_at=look.moment("started"),
        deck=look.text("deck"),
        edition=look.whole("edition", 1, most=_LAST_EDITION),
        title=look.text("title"),
        language=look.text("language"),
        tags=look.texts("tags"),
        speakers=look.texts("speakers") or ("me",),
        answers=_read_answers(look),
        **further_keys.read(others, further_keys.OF_ENTRY),
    )


def with_words(entry: Entry, *, note: str, texts: Mapping[int, str]) -> Entry:
    """Put the words of the body into an entry."""
    answers = tuple(replace(each, text=texts[each.number]) for each in entry.answers)
    return replace(entry, answers=answers, note=note)


def _written_answer(answer: Answer) -> dict[str, Any]:
    return {
        "number": answer.number,
        "speaker": answer.speaker,
        "prompt": answer.prompt,
        "asked": answer.asked,
        "duration_s": answer.duration_s,
        "state": answer.state.value,
        "machine_hash": answer.machine_hash,
        **further_keys.written(answer, further_keys.OF_ANSWER),
    }


def _check_format(fields: Mapping[str, Any], place: FieldPlace) -> None:
    found = fields.get("format")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise place.wrong("format", "the front matter has no `format: 1`")
    if found > FORMAT:
        raise EntryUnreadable(
            f"{place.where}: made by a newer version of voicereflect (format {found}).",
            hint="Update voicereflect; until then the file is left as it is.",
        )


def _check_bounds(fields: Mapping[str, Any], place: FieldPlace) -> None:
    with suppress(ValueError):
        bounds.check(fields)
        return
    for key, value in fields.items():
        try:
            bounds.check((key, value))
        except ValueError as error:
            raise place.wrong(str(key), f"{error}, here or below") from error


def _read_answers(look: "_Fields") -> tuple[Answer, ...]:
    answers: dict[int, Answer] = {}
    for position, fields in enumerate(look.mappings("answers"), start=1):
        inner = _Fields(fields, FieldPlace(look.place.where, look.place.head, position))
        answer = _read_answer(inner, fields)
        if answer.number in answers:
            raise inner.wrong("number", f"number {answer.number} is taken")
        answers[answer.number] = answer
    return tuple(answers.values())


def _read_answer(look: "_Fields", fields: Mapping[str, Any]) -> Answer:
    number = look.whole("number", 0, least=1, most=bounds.LARGEST_NUMBER)
    state = look.text("state", needed=True)
    if state not in _STATES:
        raise look.wrong("state", f"`state` must be one of {', '.join(_STATES)}")
    others = {k: v for k, v in fields.items() if k not in _KNOWN_OF_ANSWER}
    return Answer(
        number=number,
        speaker=look.text("speaker") or "me",
        prompt=look.text("prompt"),
        asked=look.text("asked"),
        duration_s=look.amount("duration_s"),
        state=_STATES[state],
        machine_hash=look.text("machine_hash"),
        **further_keys.read(others, further_keys.OF_ANSWER),
    )


class _Fields:
    """Typed reading of fields; forgiving where a person's meaning is plain."""

    def __init__(self, fields: Mapping[str, Any], place: FieldPlace) -> None:
        self._fields = fields
        self.place = place
        self.wrong = place.wrong

    def text(self, key: str, *, needed: bool = False) -> str:
        value = self._fields.get(key)
        if isinstance(value, str):
            return value
        if value is None and not needed:
            return ""
        # A title may well be a year.
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, f"`{key}` must be text")
        return str(value)

    def entry_id(self, key: str) -> str:
        value = self.text(key, needed=True)
        if second_of(value) is None:
            raise self.wrong(key, f"`{key}` must look like 20261122T083012Z-kzqv")
        return value

    def whole(self, key: str, default: int, *, least: int = 0, most: int) -> int:
        try:
            return bounds.whole(self._fields.get(key, default), least, most)
        except ValueError as error:
            problem = f"`{key}` must be a whole number from {least} to {most}"
            raise self.wrong(key, problem) from error

    def amount(self, key: str) -> float:
        try:
            return bounds.amount(self._fields.get(key, 0.0), 0, bounds.LONGEST_S)
        except ValueError as error:
            raise self.wrong(key, f"`{key}` must be a number of seconds, 0 or more") from error

    def moment(self, key: str) -> datetime:
        try:
            moment = bounds.moment(self.text(key, needed=True))
        except ValueError as error:
            years = f"from {bounds.FIRST_YEAR} to {bounds.LAST_YEAR}"
            problem = f"`{key}` must be a date and time with offset, {years}"
            raise self.wrong(key, problem) from error
        if moment.utcoffset() is None:
            raise self.wrong(key, f"`{key}` needs an offset, such as +01:00")
        return moment

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._fields.get(key)
        values = [value] if isinstance(value, str) else value or []
        if not isinstance(values, Sequence):
            raise self.wrong(key, f"`{key}` must be a list")
        return tuple(_Fields({key: each}, self.place).text(key) for each in values)

    def mappings(self, key: str) -> list[Mapping[str, Any]]:
        value = self._fields.get(key) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(key, f"`{key}` must be a list of answers")
        return value
