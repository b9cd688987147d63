"""What a walk can open: an entry, a theme, names, months, each as a place to stand in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.ids import day_of
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import (
    NameRow,
    PlaceInReview,
    months_of,
    sentences_of,
)
from voicereflect.flows.library.transcripts.word_times import timed

if TYPE_CHECKING:
    from voicereflect.core.review.values import DatedQuote
    from voicereflect.flows.review.parts import WalkParts


def entry(
    parts: "WalkParts", entry_id: str, came: PlaceInReview, said: "DatedQuote | None" = None
) -> PlaceInReview:
    """The sentences of an entry, from one of them on."""
    kept = parts.vault.load(entry_id)

    def unsure() -> Iterator[tuple[int, int]]:
        for answer in kept.answers:
            for position, word in enumerate(timed(parts.vault, kept, answer), start=1):
                if word.is_unsure:
                    yield answer.number, position

    place = PlaceInReview(
        title=f"{kept.title}, {day_in_words(day_of(kept.started_at))}",
        rows=sentences_of(kept),
        entry=kept,
        came=came,
        unsure=frozenset(unsure()),
    )
    if said is None:
        return place
    return place.on(Reference(entry=said.entry, answer=said.answer, word=said.word))


def theme(parts: "WalkParts", handle: str, said: "DatedQuote | None" = None) -> PlaceInReview:
    """The sentences of a theme, from one of them on, or from the newest."""
    rows = parts.themes.sentences(handle)
    wanted = said.reference if said else ""
    at = next((n for n, each in enumerate(rows) if each.reference == wanted), len(rows) - 1)
    title = f"{handle} {parts.themes.name(handle)}".strip()
    return PlaceInReview(title=title, rows=rows, at=max(at, 0), theme=handle)


def themes(parts: "WalkParts") -> PlaceInReview:
    """The themes of the list."""
    return PlaceInReview(title="Themes", rows=parts.themes.rows())


def names(parts: "WalkParts") -> PlaceInReview:
    """The vocabulary, and when each of it was said."""
    found = [(name, parts.said(name)) for name in parts.vault.vocabulary()]
    rows = [
        NameRow(name=name, days=tuple(sorted({each.day for each in said}))) for name, said in found
    ]
    return PlaceInReview(title="Names and words of yours", rows=rows)


def months(parts: "WalkParts") -> PlaceInReview:
    """The months in which something was said, from the last on."""
    rows = months_of(parts.lines())
    return PlaceInReview(title="Months", rows=rows, at=max(len(rows) - 1, 0))
