"""`voicereflect list` and `show`: what was said, read back."""

import json
from typing import Annotated

import typer

from voicereflect import wiring, wiring_library
from voicereflect.cli import wanted as filters
from voicereflect.core.finding import EVERYTHING, Wanted
from voicereflect.ui import finding, reading

NOTHING_YET = "Nothing yet. `voicereflect reflect` begins."


def list_entries(
    since: filters.Since = None,
    until: filters.Until = None,
    on: filters.On = None,
    deck: filters.Deck = "",
    prompt: filters.Prompt = "",
    tag: filters.Tags = None,
    speaker: filters.Speaker = "",
    state: filters.State = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the newest.")] = None,
    as_json: filters.AsJson = False,
) -> None:
    """List the entries, oldest first."""
    which = Wanted(deck=deck, prompt=prompt, tags=tuple(tag or ()), speaker=speaker, state=state)
    which = filters.dated(which, wiring_library.today(), since=since, until=until, on=on)
    with wiring_library.browsing() as browsing:
        listing = browsing.listing(which, limit=limit, whole=as_json)
    if as_json:
        typer.echo(json.dumps([reading.as_table(entry) for entry in listing.entries], indent=2))
    elif listing.lines:
        typer.echo("\n".join(map(finding.line, listing.lines)))
    elif not listing.problems:
        typer.echo("No entry is like that." if which != EVERYTHING else NOTHING_YET, err=True)
    for problem in listing.problems:
        typer.echo(f"{problem.what} {problem.hint}", err=True)


def show(
    reference: Annotated[
        str,
        typer.Argument(help="`last`, `-2`, or an id's begin or end; `/2` for one answer."),
    ] = "last",
    as_json: filters.AsJson = False,
) -> None:
    """Show an entry as it stands in its file, hand edits and all."""
    entry, answers = wiring.library().find(reference)
    if as_json:
        typer.echo(json.dumps(reading.as_table(entry), indent=2))
    else:
        typer.echo(reading.page(entry, answers))
