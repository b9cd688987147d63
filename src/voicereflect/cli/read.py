"""`voicereflect list` and `show`: what was said, read back."""

import json
from typing import Annotated

import typer

from voicereflect import wiring
from voicereflect.ui import reading, tables
from voicereflect.wiring import recorded

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
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what two transcripts, and you, wrote otherwise.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Mark no unsure words.")] = False,
) -> None:
    """Show an entry as it stands in its file, hand edits and all."""
    if diff:
        show_differences(reference, as_json=as_json)
        return
    entry, answers = wiring.library().find(reference)
    if as_json:
        typer.echo(json.dumps(reading.as_table(entry), indent=2))
    else:
        page = reading.page(entry, answers)
        typer.echo(page) if plain else recorded.show_page(page, entry, answers)


def show_differences(reference: str, *, as_json: bool) -> None:
    """Print where transcripts of an answer, and the person's text, differ."""
    found = recorded.comparing().of(reference)
    if as_json:
        typer.echo(json.dumps([tables.comparison_table(each) for each in found], indent=2))
    else:
        recorded.show_differences(found)
