"""`voicereflect consent`: what other speakers agreed to, and how they take it back."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.options import LOOSE
from voicereflect.cli.pages import tell_pages_of
from voicereflect.cli.shared import (
    AsJson,
    Reference,
    Yes,
    expect_yes,
    group,
    note,
    print_json,
    print_rows,
)
from voicereflect.ui.two import consent
from voicereflect.wiring import library

Speaker = Annotated[str, typer.Option("--speaker", help="Whose words, where several spoke.")]

app = group("See what other speakers agreed to; copy their words, or destroy them.")


@app.command("list")
def list_consents(as_json: AsJson = False) -> None:
    """Show every other speaker, and what was agreed to."""
    rows = library.consents().rows()
    print_rows(rows, consent.line, consent.as_json, as_json=as_json)
    if not rows and not as_json:
        note("Nobody else speaks in any entry.")


@app.command(context_settings=LOOSE)
def withdraw(
    reference: Reference,
    speaker: Speaker = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Destroy another speaker's sound and words of one entry, for good."""
    consents = library.consents()
    row = consents.meant(reference, speaker)
    if not yes:
        what = f"every sound and word of {row.speaker} in {row.entry.id}"
        expect_yes(f"Destroy {what}, for good?")
        expect_yes("Nothing can bring it back. Destroy it?")
    gone = consents.withdraw(row)
    tell_pages_of(gone.entry)
    if as_json:
        print_json({"entry": gone.entry, "speaker": gone.speaker, "answers": gone.answers})
        return
    typer.echo(f"Withdrawn: {gone.speaker}, {gone.entry}. The answers of others are as they were.")
    note("Copies and backups made elsewhere are not reached from here.")


@app.command(context_settings=LOOSE)
def copy(
    reference: Reference,
    folder: Annotated[Path, typer.Argument(help="Where the copy goes, in a folder of its own.")],
    speaker: Speaker = "",
    as_json: AsJson = False,
) -> None:
    """Copy another speaker's own answers, as Markdown and FLAC, to take along."""
    consents = library.consents()
    where = consents.copy(consents.meant(reference, speaker), library.copies(folder))
    if as_json:
        print_json({"folder": where})
    else:
        typer.echo(f"Copied to {where}.")
