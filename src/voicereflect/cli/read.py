"""`voicereflect list` and `show`: what was said, read back."""

import json
from typing import Annotated

import typer

from voicereflect.cli import wanted as filters
from voicereflect.core.search.filters import EVERYTHING, Wanted
from voicereflect.ui.library import reading, tables
from voicereflect.ui.library.listing import line as entry_line
from voicereflect.wiring import recorded, shelf

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
    theme: filters.Theme = "",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, the newest.")] = None,
    as_json: filters.AsJson = False,
) -> None:
    """List the entries, oldest first."""
    which = Wanted(deck=deck, prompt=prompt, tags=tuple(tag or ()), speaker=speaker, state=state)
    which = filters.dated(which, shelf.today(), since=since, until=until, on=on)
    which = filters.themed(which, theme)
    with shelf.browsing() as browsing:
        listing = browsing.listing(which, limit=limit, whole=as_json)
    if as_json:
        typer.echo(json.dumps([reading.as_table(entry) for entry in listing.entries], indent=2))
    elif listing.lines:
        typer.echo("\n".join(map(entry_line, listing.lines)))
    elif not listing.problems:
        typer.echo("No entry is like that." if which != EVERYTHING else NOTHING_YET, err=True)
    for problem in listing.problems:
        typer.echo(problem.line, err=True)


def show(
    reference: Annotated[
        str,
        typer.Argument(help="`last`, `-2`, or an id's begin or end; `/2` for one answer."),
    ] = "last",
    as_json: filters.AsJson = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what two transcripts, and you, wrote otherwise.")
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Mark no unsure words.")] = False,
) -> None:
    """Show an entry as it stands in its file, hand edits and all."""
    if diff:
        show_differences(reference, as_json=as_json)
        return
    found = recorded.meant(reference)
    if as_json:
        doubts = recorded.comparing().doubts(found.entry)
        typer.echo(json.dumps(reading.with_doubts(found.entry, doubts), indent=2))
    else:
        recorded.show_page(found.entry, found.answers, plain=plain)


def show_differences(reference: str, *, as_json: bool) -> None:
    """Print where transcripts of an answer, and the person's text, differ."""
    found = recorded.comparing().of(reference)
    if as_json:
        typer.echo(json.dumps([tables.comparison_table(each) for each in found], indent=2))
    else:
        recorded.show_differences(found)
