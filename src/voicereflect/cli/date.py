"""`voicereflect date`: when an entry began, put right."""

from typing import Annotated

import typer

from voicereflect.cli.shared import Reference, note
from voicereflect.core.entry.days import day_and_time
from voicereflect.core.entry.ids import short
from voicereflect.wiring import library, recorded


def date(
    reference: Reference,
    when: Annotated[
        str, typer.Argument(help="2024-05-03, which keeps its time of day; or 2024-05-03T10:22.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Give back the date it had first.")] = False,
) -> None:
    """Put right when an entry began; its id and its folder stay as they are."""
    if undo == bool(when):
        raise typer.BadParameter("say when, or --undo.", param_hint="WHEN")
    entry = library.entry_admin().redate(reference, when, recorded.here())
    typer.echo(f"{short(entry.id)} began on {day_and_time(entry.started_at)}.")
    if entry.redated_from:
        note(f"`voicereflect date {short(entry.id)} --undo` takes that back.")
