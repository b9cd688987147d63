"""`voicereflect import`: recordings made elsewhere become entries."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect.core.languages import asked_for
from voicereflect.wiring import recorded


def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="Voice memos, other recordings, or videos with sound.")
    ],
    date: Annotated[
        str | None,
        typer.Option(help="For files that do not tell: 2024-05-03 or 2024-05-03T10:22."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language spoken: a code like en or de; auto detects it.")
    ] = None,
    speaker: Annotated[str, typer.Option(help="Who speaks in them.")] = "me",
) -> None:
    """Keep recordings as entries, dated by what they tell, and write them down."""
    recorded.importing(date=date, language=asked_for(language), speaker=speaker).run(
        recorded.recordings(files)
    )
