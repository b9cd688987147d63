"""`voicereflect config`: each setting, its value, and where that came from."""

import json
from pathlib import Path
from typing import Annotated

import typer

from voicereflect import wiring


def show_config(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
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
        typer.echo(json.dumps({"file": str(loaded.file), "settings": table}, indent=2))
        return
    for name, each in loaded.sources.items():
        typer.echo(f"{name} = {each.shown or '(none chosen)'}")
        typer.echo(f"    {each.source}")
    there = "" if loaded.file.exists() else " (not there yet)"
    typer.echo(f"\nSettings file: {loaded.file}{there}", err=True)
    typer.echo("Variables: VOICEREFLECT_ and the setting's name in capitals.", err=True)
