"""What a search finds in a walk, as quotes; knows ports and core."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from voicereflect.core.review.values import DatedQuote
from voicereflect.core.safety.consent import OWNER
from voicereflect.core.safety.returning import may_return
from voicereflect.core.search.filters import EVERYTHING

if TYPE_CHECKING:
    from voicereflect.core.search.filters import Spot
    from voicereflect.flows.library.finding.search import Search

MOST_FOUND: Final = 50
MOST_SAID: Final = 10_000


def found_in(searching: "Search", words: str, *, exact: bool) -> Sequence[DatedQuote]:
    """Search, and give what was found as quotes; by exact words oldest first, else best first."""
    most = MOST_SAID if exact else MOST_FOUND
    hits = searching.find(words, EVERYTHING, limit=most, exact=exact).hits
    quotes = [_quoted(hit.spot) for hit in hits]
    return sorted(quotes, key=lambda each: each.reference) if exact else quotes


def begun_in(
    searching: "Search", words: str, depth: Callable[[str], str | None]
) -> Sequence[DatedQuote]:
    """What has these words so far and may come back by itself, the newest first."""
    found = [
        _quoted(spot)
        for spot in searching.begun(words, limit=MOST_FOUND)
        if may_return(
            deck=spot.deck, depth=depth(spot.deck), closed=False, texts=(spot.text,)
        )  # a search has none that is closed
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)


def _quoted(spot: "Spot") -> DatedQuote:
    return DatedQuote(
        entry=spot.entry,
        answer=spot.answer,
        word=spot.word,
        day=spot.day,
        text=spot.text,
        speaker="" if spot.speaker == OWNER else spot.speaker,
    )
