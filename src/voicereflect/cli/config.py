"""`voicereflect config`: each setting, its value, and where that came from; and changing one."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect import wiring
from voicereflect.cli.shared import AsJson, group, note, print_json
from voicereflect.config import names

app = group(
    "Show every setting and where it comes from; change one.",
    no_args_is_help=False,
    invoke_without_command=True,
)


def _settings_alike(incomplete: str) -> list[str]:
    return [name for name in names() if name.startswith(incomplete)]


Name = Annotated[
    str, typer.Argument(help="Its name, as `config` shows it.", autocompletion=_settings_alike)
]


@app.callback()
def show_config(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every setting, its value and its source; and where the settings file is."""
    if context.invoked_subcommand is not None:
        return
    loaded = wiring.loaded()
    if as_json:
        shown = {
            name: {
                "value": str(each.value) if isinstance(each.value, Path) else each.value,
                "source": each.source,
            }
            for name, each in loaded.sources.items()
        }
        print_json({"file": str(loaded.file), "settings": shown})
        return
    for name, each in loaded.sources.items():
        typer.echo(f"{name} = {each.shown or '(none chosen)'}")
        typer.echo(f"    {each.source}")
    there = "" if loaded.file.exists() else " (not there yet)"
    typer.echo(f"\nSettings file: {loaded.file}{there}", err=True)
    note("`voicereflect config set NAME VALUE` changes one, `config unset NAME` takes it back.")
    note("Variables: VOICEREFLECT_ and the setting's name in capitals.")


@app.command("set")
def set_one(
    name: Name, value: Annotated[str, typer.Argument(help="What it is to be, as in country IE.")]
) -> None:
    """Keep a setting in the settings file; all else in it stays as it is."""
    wiring.set_setting(name, value)
    _tell(name)


@app.command("unset")
def unset(name: Name) -> None:
    """Take a setting out of the settings file, so that its default counts again."""
    wiring.set_setting(name, None)
    _tell(name)


def _tell(name: str) -> None:
    """Say what a setting is now; a variable may still decide it."""
    now = wiring.loaded().sources[name]
    typer.echo(f"{name} = {now.shown or '(none chosen)'}")
    typer.echo(f"    {now.source}", err=True)
