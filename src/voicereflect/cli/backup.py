"""`voicereflect backup`: one archive of everything that is kept."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.shared import Yes, expect_yes, group, note
from voicereflect.ui.library import backups
from voicereflect.wiring import exchange

app = group("Keep everything in one archive, or put it back.")


@app.command()
def make(
    file: Annotated[Path, typer.Argument(help="The archive, a tar file; nothing is replaced.")],
) -> None:
    """Write all that is kept into one archive, and read it again to compare."""
    made, passed_over = exchange.backup().make(exchange.archive(file))
    note(*backups.made(made, passed_over, file))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="An archive that `backup make` wrote.")],
) -> None:
    """Read an archive to its end and compare every file with its digest."""
    note(backups.whole(exchange.archive(file).verified(), file))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="An archive that `backup make` wrote.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="A new folder instead of the vault.")
    ] = None,
    destroyed: Annotated[
        bool, typer.Option("--destroyed", help="Bring back what was destroyed since as well.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Verify an archive, then put back what is missing; nothing that is there is replaced."""
    if destroyed and not yes:
        expect_yes("Bring back what was destroyed for good?")
    flow = exchange.backup(to, restoring=True)
    told = flow.restore(exchange.archive(file), also_destroyed=destroyed)
    note(*backups.restored(told))
