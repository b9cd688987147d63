"""`voicereflect import`: recordings made elsewhere become entries."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.shared import AsJson
from voicereflect.core.entry.languages import asked_for
from voicereflect.ui.library.importing import ImportLines, ImportTable
from voicereflect.wiring import recorded


def import_files(
    files: Annotated[
        list[Path], typer.Argument(help="Voice memos, other recordings, or videos with sound.")
    ],
    date: Annotated[
        str | None,
        typer.Option(help="When they were recorded: 2024-05-03 or 2024-05-03T10:22."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language spoken: a code like en or de; auto detects it.")
    ] = None,
    speaker: Annotated[str, typer.Option(help="Who speaks in them.")] = "me",
    as_json: AsJson = False,
) -> None:
    """Keep recordings as entries, dated by what they tell, and write them down."""
    screen = ImportTable() if as_json else ImportLines()
    flow = recorded.importing(screen, date=date, language=asked_for(language), speaker=speaker)
    try:
        if flow.run(recorded.recordings(files)) and (line := recorded.cannot_tell()):
            screen.note(line)
    finally:
        screen.end()
