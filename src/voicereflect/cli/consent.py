"""`voicereflect consent`: what other speakers agreed to, and how they take it back."""

import json
from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.wanted import AsJson
from voicereflect.ui.two import consent as pages
from voicereflect.wiring import library as wiring

LOOSE = {"ignore_unknown_options": True}
Reference = Annotated[str, typer.Argument(help="`last`, `-2`, or an id's begin or end.")]
Speaker = Annotated[str, typer.Option("--speaker", help="Whose words, where several spoke.")]

app = typer.Typer(
    help="See what other speakers agreed to; copy their words, or destroy them.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_consents(as_json: AsJson = False) -> None:
    """Show every other speaker, and what was agreed to."""
    rows = wiring.consents().rows()
    if as_json:
        typer.echo(json.dumps([pages.table(row) for row in rows], indent=2))
        return
    for row in rows:
        typer.echo(pages.line(row))
    if not rows:
        typer.echo("Nobody else speaks in any entry.", err=True)


@app.command(context_settings=LOOSE)
def withdraw(
    reference: Reference,
    speaker: Speaker = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Destroy another speaker's sound and words of one entry, for good."""
    consents = wiring.consents()
    row = consents.meant(reference, speaker)
    if not yes:
        what = f"every sound and word of {row.speaker} in {row.entry.id}"
        typer.confirm(f"Destroy {what}, for good?", abort=True, err=True)
        typer.confirm("Nothing can bring it back. Destroy it?", abort=True, err=True)
    gone = consents.withdraw(row)
    if as_json:
        table = {"entry": gone.entry, "speaker": gone.speaker, "answers": gone.answers}
        typer.echo(json.dumps(table, indent=2))
        return
    typer.echo(f"Withdrawn: {gone.speaker}, {gone.entry}. The answers of others are as they were.")
    typer.echo("Copies and backups made elsewhere are not reached from here.", err=True)


@app.command(context_settings=LOOSE)
def copy(
    reference: Reference,
    folder: Annotated[Path, typer.Argument(help="Where the copy goes, in a folder of its own.")],
    speaker: Speaker = "",
    as_json: AsJson = False,
) -> None:
    """Copy another speaker's own answers, as Markdown and FLAC, to take along."""
    consents = wiring.consents()
    where = consents.copy(consents.meant(reference, speaker), wiring.copies(folder))
    typer.echo(json.dumps({"folder": where}, indent=2) if as_json else f"Copied to {where}.")
