"""Settings to what exports are made with; loads it late."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

from voicereflect.wiring import index_of, now, review, settings, vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voicereflect.flows.exchange.exporting import Export


@contextmanager
def export() -> "Iterator[Export]":
    """What copies entries for other programs."""
    from voicereflect.flows.exchange.exporting import Export
    from voicereflect.ui.progress import LineProgress

    kept = vault(settings())
    with index_of(kept) as index:
        yield Export(
            vault=kept,
            index=index,
            made=review.pages_made(),
            now=now,
            progress=LineProgress(),
        )
