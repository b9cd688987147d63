"""`voicereflect tag`: words that entries are found by."""

from typing import Annotated

import typer

from voicereflect.cli.shared import Reference
from voicereflect.wiring import library as wiring


def tag(
    reference: Reference,
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="[+word|-word]...", help="What to add or remove.")
    ] = None,
) -> None:
    """Add tags to an entry, or take them away; without changes, show them."""
    entry = wiring.tending().tag(reference, changes or [])
    typer.echo(" ".join(f"#{each}" for each in entry.tags), nl=bool(entry.tags))
    if not entry.tags:
        typer.echo(f"{entry.id} has no tags.", err=True)
