"""`voicereflect config`: each setting, its value, and where that came from."""

from pathlib import Path

import typer

from voicereflect import wiring
from voicereflect.cli.shared import AsJson, print_json


def show_config(
    as_json: AsJson = False,
) -> None:
    """Show every setting, its value and its source; and where the settings file is."""
    loaded = wiring.loaded()
    if as_json:
        table = {
            name: {
                "value": str(each.value) if isinstance(each.value, Path) else each.value,
                "source": each.source,
            }
            for name, each in loaded.sources.items()
        }
        print_json({"file": str(loaded.file), "settings": table})
        return
    for name, each in loaded.sources.items():
        typer.echo(f"{name} = {each.shown or '(none chosen)'}")
        typer.echo(f"    {each.source}")
    there = "" if loaded.file.exists() else " (not there yet)"
    typer.echo(f"\nSettings file: {loaded.file}{there}", err=True)
    typer.echo("Variables: VOICEREFLECT_ and the setting's name in capitals.", err=True)
