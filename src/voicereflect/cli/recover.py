"""`voicereflect recover`: what a crash or a power cut left behind."""

import typer

from voicereflect.wiring import library


def recover() -> None:
    """Finish what a crash or a power cut left behind; every session does this first."""
    lines, exit_code = library.recovered()
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("Nothing is left to finish.", err=True)
    raise typer.Exit(exit_code)
