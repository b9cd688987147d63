"""What `lookback`, `report` and `sheet` share: a page is written once, noted, and told of."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from voicereflect.cli.shared import note
from voicereflect.errors import VaultUnwritable
from voicereflect.ui.review import page
from voicereflect.ui.review.terminal import closed_line
from voicereflect.wiring import review as review_parts

if TYPE_CHECKING:
    from voicereflect.core.review.values import DatedQuote, Review, SoundAt


def write_report(review: "Review", file: Path, *, with_audio: bool = False) -> None:
    """Write a look back as a page."""
    refuse_existing(file)
    laying = review_parts.laying(file)
    sounds: Mapping[DatedQuote, SoundAt] = {}
    if with_audio:
        sounds = laying.sounds(file.stem, review.quotes)
    text = page.report(review, sounds)
    laying.page(file.name, text, review.entries, str(file.resolve()))
    typer.echo(f"Written: {file}")
    if with_audio and (missing := len(review.quotes) - len(sounds)):
        note(f"Without sound, or without a certain place in it: {missing} quotes.")
    if review.closed:
        note(closed_line(review.closed))


def refuse_existing(file: Path) -> None:
    """See that no file is replaced, before any work is done for it.

    Raises:
        VaultUnwritable: there is one already.
    """
    if file.exists():
        raise VaultUnwritable(
            f"{file}: there already.", hint="Name another file; nothing is replaced."
        )


def tell_pages_of(entry: str) -> None:
    """Name the pages outside the vault that may still hold an entry's words."""
    for each in review_parts.pages_made().holding(entry):
        note(f"{each.place}, made on {each.made:%Y-%m-%d}, may still hold some of its words.")
