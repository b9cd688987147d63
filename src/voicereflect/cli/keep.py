"""`voicereflect keep`: an entry that waits for its choice, closed or open."""

from typing import Annotated

import typer

from voicereflect.cli.shared import Reference
from voicereflect.core.entry.ids import short
from voicereflect.wiring import library


def keep(
    reference: Reference,
    closed: Annotated[
        bool, typer.Option("--closed", help="Let it return only when it is asked for by name.")
    ] = False,
) -> None:
    """Keep what still waits for that choice; or close an entry, or open it again."""
    entry = library.entry_admin().keep(reference, closed=closed)
    typer.echo(f"{short(entry.id)} is kept{' closed' if closed else ''}.")
