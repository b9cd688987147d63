"""What the index keeps of an entry, as columns; knows an entry and no database."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from voicereflect.adapters.index import filters
from voicereflect.core.entry.entries import is_waiting
from voicereflect.core.entry.tags import tags_in
from voicereflect.core.search.filters import ORDINAL_BITS, IndexRecord, line_of
from voicereflect.core.store.bounds import readable
from voicereflect.core.themes.passages import Cut, digest_of, that_say_something
from voicereflect.core.themes.passages import cut as cut_whole
from voicereflect.model import ANSWERED, Answer, AnswerState, Entry

LARGEST_ORDINAL: Final = (1 << ORDINAL_BITS) - 1


def cut(entry: Entry | None) -> Cut:
    """Cut the answers that count into passages, as many as there is room for."""
    return cut_whole(entry)[: LARGEST_ORDINAL + 1] if entry else ()


def answers(entry: Entry | None) -> Sequence[Answer]:
    """Give the answers to keep; without their words while the person has not decided."""
    if entry is None:
        return ()
    return [replace(a, text="") for a in entry.answers] if entry.undecided else entry.answers


def themed(entry: Entry | None, cut: Cut) -> tuple[frozenset[int], str]:
    """Tell which passages can belong to a theme, by their places, and a hash of them."""
    if entry is None:
        return frozenset(), ""
    found = tuple(that_say_something(cut))
    return frozenset(each.ordinal for each in found), digest_of(found)


def said(cut: Cut) -> str:
    """Hash the words of all passages."""
    text = "\0".join(each.text for _, each in cut)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def row(record: IndexRecord, said: str, themed: str) -> dict[str, str | int | float]:
    """Give the columns of one folder of the vault."""
    entry = record.entry
    if entry is None:
        return _bare(record)
    line = line_of(entry, record.place)
    return {
        **_bare(record),
        "id": entry.id,
        "started": entry.started_at.isoformat(),
        "day": line.day.isoformat(),
        "deck": entry.deck,
        "edition": entry.edition,
        "title": entry.title,
        "language": entry.language,
        "tags": filters.joined(tags_in(entry.tags)),
        "speakers": filters.joined(entry.speakers),
        "seconds": line.seconds,
        "opening": line.opening,
        "synthetic": int(line.synthetic),
        "closed": int(line.closed),
        "answered": int(any(each.state in ANSWERED for each in entry.answers)),
        "waiting": int(any(map(is_waiting, entry.answers))),
        "undecided": int(entry.undecided),
        "met": " ".join(each.prompt for each in entry.answers),
        "told": "" if line.closed else " ".join(_told(answers(entry))),
        "said": said,
        "themed": themed,
    }


def _told(answers: Sequence[Answer]) -> list[str]:
    return [each.prompt for each in answers if each.state is AnswerState.DONE and each.text]


def _bare(record: IndexRecord) -> dict[str, str | int | float]:
    empty = dict.fromkeys(
        ("id", "started", "day", "deck", "title", "language", "tags", "speakers"), ""
    )
    return {
        "place": record.place,
        "stamp": record.stamp,
        "digest": record.digest,
        **empty,
        "edition": 0,
        "seconds": 0.0,
        "opening": "",
        "synthetic": 0,
        "closed": 0,
        "answered": 0,
        "waiting": 0,
        "undecided": 0,
        "met": "",
        "told": "",
        "problem": readable(record.problem),
        "hint": record.hint,
        "twin": 0,
        "said": "",
        "themed": "",
    }
