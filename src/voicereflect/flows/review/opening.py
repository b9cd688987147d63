"""What a walk can open: an entry, a theme, names, months, each as a place to stand in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from voicereflect.core.entry.days import day_in_words
from voicereflect.core.entry.ids import day_of, short
from voicereflect.core.entry.refs import Reference
from voicereflect.core.review.places import (
    NameRow,
    PlaceInReview,
    months_of,
    sentences_of,
)
from voicereflect.core.safety.calm import speaks_of_danger
from voicereflect.flows.library.transcripts.word_times import timed

if TYPE_CHECKING:
    from voicereflect.core.decks.laying import Group
    from voicereflect.core.review.values import DatedQuote
    from voicereflect.core.search.filters import EntryLine
    from voicereflect.flows.review.parts import WalkParts
    from voicereflect.model import Entry

NOTHING_COUNTS: Final = "Nothing of it may be quoted as it stands."


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

    groups = parts.laid(kept)
    place = PlaceInReview(
        title=f"{kept.title}, {day_in_words(day_of(kept.started_at))}",
        rows=sentences_of(kept, groups),
        entry=kept,
        groups=groups,
        came=came,
        unsure=frozenset(unsure()),
    )
    if said is None:
        return place
    return place.on(Reference(entry=said.entry, answer=said.answer, word=said.word))


def again(parts: "WalkParts", here: PlaceInReview, entry_id: str) -> PlaceInReview:
    """The same place in an entry whose words were changed."""
    kept = parts.vault.load(entry_id)
    groups = parts.laid(kept)
    return replace(here, rows=sentences_of(kept, groups), entry=kept, groups=groups).moved(0)


def beside(parts: "WalkParts", line: "EntryLine") -> "tuple[Entry | None, tuple[Group, ...]]":
    """What is laid beside a list by itself: nothing of what is to be asked for."""
    if line.quiet or line.closed:
        return None, ()
    kept = parts.vault.load(line.id)
    groups = parts.laid(kept)
    if any(speaks_of_danger(laid.answer.text) for group in groups for laid in group):
        return None, ()
    return kept, groups


def found(words: str, hits: "Sequence[DatedQuote]") -> PlaceInReview:
    """What a search found."""
    return PlaceInReview(title=f"Found: {words}", rows=hits, searched=words)


def nothing_in(place: PlaceInReview) -> str:
    """Say of a place without lines why it has none."""
    if place.searched:
        return f"Nothing was found: {place.searched}"
    if place.entry is None:
        return f"{place.title}: nothing yet."
    if any(each.text for each in place.entry.answers):
        reads = f"`voicereflect show {short(place.entry.id)}` reads it."
        return f"{place.title}: {NOTHING_COUNTS} {reads}"
    return f"{place.title}: No words of it are there yet."


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
