"""What the index keeps of an entry, as rows; knows an entry and no database."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from voicereflect.adapters.index import filters
from voicereflect.core.entry.entries import is_waiting
from voicereflect.core.search.filters import ORDINAL_BITS, IndexRecord, line_of
from voicereflect.core.store.bounds import readable
from voicereflect.core.themes.passages import Cut, digest_of, that_say_something
from voicereflect.core.themes.passages import cut as cut_whole
from voicereflect.model import ANSWERED, Answer, AnswerState, Entry

LARGEST_ORDINAL: Final = (1 << ORDINAL_BITS) - 1
_TEXTS: Final = (
    *("place", "stamp", "digest", "id", "started", "day", "deck", "title", "language", "tags"),
    *("speakers", "opening", "met", "told", "problem", "hint", "said", "themed"),
)
_NUMBERS: Final = (
    "edition",
    "seconds",
    "synthetic",
    "closed",
    "answered",
    "waiting",
    "undecided",
    "twin",
)
_EMPTY: Final[dict[str, str | int | float]] = {
    **dict.fromkeys(_TEXTS, ""),
    **dict.fromkeys(_NUMBERS, 0),
}
COLUMNS: Final = tuple(_EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderRows:
    """What the index keeps of one folder of the vault."""

    head: dict[str, str | int | float]
    """Its row in `entries`, with all of `COLUMNS`."""
    answers: Sequence[Answer]
    """Without their words while the person has not decided."""
    cut: Cut
    """The passages of the answers that count, as many as there is room for."""
    thick: frozenset[int]
    """Which of them can belong to a theme, by their places."""


def made_of(record: IndexRecord) -> FolderRows:
    """Give the rows of one folder; what cannot be read has a head alone."""
    entry = record.entry
    if entry is None:
        return FolderRows(head=_bare(record), answers=(), cut=(), thick=frozenset())
    cut = cut_whole(entry)[: LARGEST_ORDINAL + 1]
    thick = tuple(that_say_something(cut))
    answers = _answers(entry)
    line = line_of(entry, record.place)
    head = {
        **_bare(record),
        "id": entry.id,
        "started": entry.started_at.isoformat(),
        "day": line.day.isoformat(),
        "deck": entry.deck,
        "edition": entry.edition,
        "title": entry.title,
        "language": entry.language,
        "tags": filters.joined(line.tags),
        "speakers": filters.joined(entry.speakers),
        "seconds": line.seconds,
        "opening": line.opening,
        "synthetic": int(line.synthetic),
        "closed": int(line.closed),
        "answered": int(any(each.state in ANSWERED for each in entry.answers)),
        "waiting": int(any(map(is_waiting, entry.answers))),
        "undecided": int(entry.undecided),
        "met": " ".join(each.prompt for each in entry.answers),
        "told": "" if line.closed else " ".join(_told(answers)),
        "said": _said(cut),
        "themed": digest_of(thick),
    }
    ordinals = frozenset(each.ordinal for each in thick)
    return FolderRows(head=head, answers=answers, cut=cut, thick=ordinals)


def _answers(entry: Entry) -> Sequence[Answer]:
    kept = [each for each in entry.answers if not each.set_aside]
    return [replace(each, text="") for each in kept] if entry.undecided else kept


def _said(cut: Cut) -> str:
    """Hash the words of all passages."""
    text = "\0".join(each.text for _, each in cut)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _told(answers: Sequence[Answer]) -> list[str]:
    return [each.prompt for each in answers if each.state is AnswerState.DONE and each.text]


def _bare(record: IndexRecord) -> dict[str, str | int | float]:
    return {
        **_EMPTY,
        "place": record.place,
        "stamp": record.stamp,
        "digest": record.digest,
        "problem": readable(record.problem),
        "hint": record.hint,
    }
