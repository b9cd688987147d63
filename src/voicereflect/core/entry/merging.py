"""Two pages of one entry, made into one by choice; values in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from voicereflect.core.entry.page.entry_text import canonical
from voicereflect.errors import SettingsError
from voicereflect.model import Answer, Entry

MERGED = "a copy of its page, which was merged"
"""Why a copy is in the trash."""
NOTE = 0
"""The number under which the note above the answers stands."""


class MergeChoice(StrEnum):
    """Which of two texts stays."""

    OURS = "1"
    """The one that stands in the entry."""
    COPY = "2"
    BOTH = "3"
    """The entry's, and below it the copy's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoTexts:
    """A place where entry and copy differ."""

    number: int
    """Of the answer; 0 is the note above them."""
    asked: str
    ours: str
    copy: str


def differing(entry: Entry, copy: Entry) -> tuple[TwoTexts, ...]:
    """Name the places where the words differ; an answer that only one has differs from none.

    Raises:
        SettingsError: the copy is of another entry.
    """
    if copy.id != entry.id:
        raise SettingsError(
            "The copy is of another entry.", hint="Move it to where that one is; nothing changed."
        )
    ours = {each.number: each for each in entry.answers}
    found = [TwoTexts(number=NOTE, asked="", ours=entry.note, copy=copy.note)]
    for answer in copy.answers:
        known = ours.get(answer.number)
        asked, text = answer.asked, known.text if known else ""
        found.append(TwoTexts(number=answer.number, asked=asked, ours=text, copy=answer.text))
    return tuple(each for each in found if canonical(each.ours) != canonical(each.copy))


def merged(entry: Entry, copy: Entry, chosen: Mapping[int, MergeChoice]) -> Entry:
    """Make one of both; tags of either stay, everything else is the entry's."""
    theirs = {each.number: each for each in copy.answers}
    known = {each.number for each in entry.answers}
    answers = [_answer(each, theirs.get(each.number), chosen) for each in entry.answers]
    answers += [
        each
        for each in copy.answers
        if each.number not in known and chosen.get(each.number, MergeChoice.COPY) in _TAKING
    ]
    return replace(
        entry,
        note=_text(entry.note, copy.note, chosen.get(NOTE, MergeChoice.OURS)),
        tags=tuple(dict.fromkeys((*entry.tags, *copy.tags))),
        answers=tuple(sorted(answers, key=lambda each: each.number)),
    )


_TAKING = (MergeChoice.COPY, MergeChoice.BOTH)


def _answer(ours: Answer, copy: Answer | None, chosen: Mapping[int, MergeChoice]) -> Answer:
    choice = chosen.get(ours.number, MergeChoice.OURS)
    if copy is None or choice is MergeChoice.OURS:
        return ours
    return replace(ours, text=_text(ours.text, copy.text, choice))


def _text(ours: str, copy: str, choice: MergeChoice) -> str:
    match choice:
        case MergeChoice.OURS:
            return ours
        case MergeChoice.COPY:
            return copy
        case MergeChoice.BOTH:
            return "\n\n".join(filter(None, (ours, copy)))
