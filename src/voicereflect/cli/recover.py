"""`voicereflect recover`: what a crash or a power cut left behind."""

import typer

from voicereflect.cli.shared import note
from voicereflect.wiring import library


def recover() -> None:
    """Finish what a crash or a power cut left behind; every session does this first."""
    lines, exit_code = library.recovered()
    for line in lines:
        typer.echo(line)
    if not lines:
        note("Nothing is left to finish.")
    raise typer.Exit(exit_code)
