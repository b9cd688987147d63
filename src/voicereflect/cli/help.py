"""`voicereflect help`: the same as `--help` behind a command."""

from typing import Annotated

import typer

from voicereflect.cli.app import NAME, application
from voicereflect.wiring import desktop


def show_help(
    command: Annotated[
        list[str] | None, typer.Argument(help="Which one, as in `decks list`; none: all of them.")
    ] = None,
) -> None:
    """Show what a command does and takes."""
    words = command or []
    with desktop.paged():
        application(words[:1])([*words, "--help"], prog_name=NAME)
