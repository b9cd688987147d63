"""`voicereflect tag`, `keep`, `delete`, `trash` and `vault`: looking after what is kept."""

import json
from typing import Annotated

import typer

from voicereflect.cli.wanted import AsJson
from voicereflect.ui.library import listing
from voicereflect.ui.wording import clock, recovery
from voicereflect.wiring import library as wiring

SOMETHING_FOUND = 1

trash = typer.Typer(
    help="See what was thrown away, and take it back.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
vault = typer.Typer(
    help="Look after the folder that everything is kept in.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


Reference = Annotated[str, typer.Argument(help="`last`, `-2`, or an id's begin or end.")]
FOR_GOOD = (
    "Destroy it for good, words and sound?",
    "Every copy of it goes, and nothing brings it back. Really?",
)


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


def keep(
    reference: Reference,
    closed: Annotated[
        bool, typer.Option("--closed", help="Let it return only when it is asked for by name.")
    ] = False,
) -> None:
    """Keep what still waits for that choice; or close an entry, or open it again."""
    entry = wiring.tending().keep(reference, closed=closed)
    typer.echo(f"{entry.id} is kept{' closed' if closed else ''}.")


def delete(
    reference: Reference,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Destroy it, with every copy, at once.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Move an entry to the trash, where it can be taken back."""
    tending = wiring.tending()
    if not for_good:
        name = tending.delete(reference)
        typer.echo(f"{name} is in the trash.")
        typer.echo(f"`voicereflect trash restore {name}` takes it back.", err=True)
        return
    for question in () if yes else FOR_GOOD:
        typer.confirm(question, abort=True, err=True)
    typer.echo(f"{tending.destroy(reference)} is destroyed.")


@trash.command("list")
def list_trash(as_json: AsJson = False) -> None:
    """Show what is in the trash, the latest last."""
    things = wiring.tending().discarded()
    if as_json:
        typer.echo(json.dumps([listing.discarded_table(each) for each in things], indent=2))
        return
    for each in things:
        typer.echo(listing.discarded(each))
        if each.problem:
            typer.echo(each.problem, err=True)
    if not things:
        typer.echo("The trash is empty.", err=True)


@trash.command()
def restore(
    name: Annotated[str, typer.Argument(help="A name that `trash list` shows.")],
) -> None:
    """Put something back where it was."""
    found = wiring.tending().restore(name)
    if not found.answer:
        typer.echo(f"{found.entry} is back.")
        return
    for line in recovery(found.entry, 0, found.listed, None):
        typer.echo(line, err=True)
    name = f"{found.entry}/{found.answer}"
    typer.echo(f"{name} is back.")
    if found.problem:
        raise found.problem
    typer.echo(f"`voicereflect transcribe {name}` writes it down.", err=True)


@trash.command()
def empty(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Destroy all that is in the trash, for good."""
    tending = wiring.tending()
    count = len(tending.discarded())
    if count and not yes:
        things = "one thing" if count == 1 else f"{count} things"
        typer.confirm(f"Destroy {things} for good, words and sound?", abort=True, err=True)
    destroyed = tending.empty()
    typer.echo(f"Destroyed: {destroyed}." if destroyed else "The trash is empty.")


@vault.command()
def check(
    sound: Annotated[bool, typer.Option("--sound", help="Read every sound to its end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read all that is kept, compare the index with it, and say what was found."""
    report = wiring.check().run(whole_sound=sound)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "entries": report.entries,
                    "sounds": report.sounds,
                    "duration_s": round(report.seconds, 3),
                    "index": report.index,
                    "problems": [{"what": p.what, "hint": p.hint} for p in report.problems],
                },
                indent=2,
            )
        )
    else:
        typer.echo(f"entries: {report.entries} can be read")
        how = "to the end" if sound else "at their beginning"
        typer.echo(f"sounds:  {report.sounds} can be read {how}, {clock(report.seconds)} in all")
        typer.echo(f"index:   {report.index}")
        for problem in report.problems:
            typer.echo(f"{problem.what} {problem.hint}")
    if report.problems:
        raise typer.Exit(SOMETHING_FOUND)
