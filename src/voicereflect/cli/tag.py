"""`voicereflect tag`: words that entries are found by."""

from typing import Annotated

import typer

from voicereflect.cli.shared import Reference, note
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.tags import tags_in
from voicereflect.wiring import library


def tag(
    reference: Reference,
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="[+word|-word]...", help="What to add or remove.")
    ] = None,
) -> None:
    """Add tags to an entry, or take them away; without changes, show them."""
    entry = library.entry_admin().tag(reference, changes or [])
    tags = tags_in(entry.tags)
    typer.echo(" ".join(f"#{each}" for each in tags), nl=bool(tags))
    if not tags:
        note(f"{short(entry.id)} has no tags.")
