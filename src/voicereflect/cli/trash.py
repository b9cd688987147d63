"""`voicereflect trash`: what was thrown away, and taking it back."""

from typing import Annotated

import typer

from voicereflect.cli.shared import AsJson, Yes, expect_yes, group, note, print_json
from voicereflect.core.entry.ids import short
from voicereflect.ui.library import listing
from voicereflect.ui.wording import recovery
from voicereflect.wiring import library

app = group("See what was thrown away, and take it back.")


@app.command("list")
def list_trash(as_json: AsJson = False) -> None:
    """Show what is in the trash, the latest last."""
    things = library.entry_admin().discarded()
    if as_json:
        print_json([listing.discarded_json(each) for each in things])
        return
    for each in things:
        typer.echo(listing.discarded(each))
        if each.problem:
            note(each.problem)
    if not things:
        note("The trash is empty.")


@app.command()
def restore(
    name: Annotated[
        str, typer.Argument(help="A name that `trash list` shows, the end of one, or `last`.")
    ],
) -> None:
    """Put something back where it was."""
    found = library.entry_admin().restore(name)
    if not found.answer:
        typer.echo(f"{short(found.entry)} is back.")
        return
    for line in recovery(found.entry, 0, found.listed, None):
        note(line)
    name = f"{short(found.entry)}/{found.answer}"
    typer.echo(f"{name} is back.")
    if found.problem:
        raise found.problem
    note(f"`voicereflect transcribe {name}` writes it down.")


@app.command()
def empty(
    yes: Yes = False,
) -> None:
    """Destroy all that is in the trash, for good."""
    admin = library.entry_admin()
    count = len(admin.discarded())
    if count and not yes:
        things = "one thing" if count == 1 else f"{count} things"
        expect_yes(f"Destroy {things} for good, words and sound?")
    destroyed = admin.empty()
    typer.echo(f"Destroyed: {destroyed}." if destroyed else "The trash is empty.")
