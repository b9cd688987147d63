"""`voicereflect list` and `show`: what was said, read back."""

import json
from typing import Annotated

import typer

from voicereflect import wiring
from voicereflect.ui import reading

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def list_entries(as_json: AsJson = False) -> None:
    """List the entries, oldest first."""
    listing = wiring.library().listing()
    if as_json:
        typer.echo(json.dumps([reading.as_table(entry) for entry in listing.entries], indent=2))
    for entry in () if as_json else listing.entries:
        typer.echo(reading.line(entry))
    if not listing.entries and not listing.problems:
        typer.echo("Nothing yet. `voicereflect reflect` begins.", err=True)
    for problem in listing.problems:
        typer.echo(problem.line, err=True)


def show(
    reference: Annotated[
        str,
        typer.Argument(help="`last`, `-2`, or an id's begin or end; `/2` for one answer."),
    ] = "last",
    as_json: AsJson = False,
) -> None:
    """Show an entry as it stands in its file, hand edits and all."""
    entry, answers = wiring.library().find(reference)
    if as_json:
        typer.echo(json.dumps(reading.as_table(entry), indent=2))
    else:
        typer.echo(reading.page(entry, answers))
