"""`voicereflect fix`: from one unsure word to the next."""

from typing import Annotated

import typer

from voicereflect.cli.shared import PlaceWords, print_json
from voicereflect.ui.library import for_programs
from voicereflect.wiring import recorded


def fix(
    reference: PlaceWords,
    as_json: Annotated[
        bool, typer.Option("--json", help="List the unsure words for programs, and ask nothing.")
    ] = False,
) -> None:
    """Hear the words the machine was unsure of, and say what they are."""
    fixer = recorded.fixer()
    if not as_json:
        fixer.run(reference[0])
        return
    print_json(
        [for_programs.doubt_json(doubt) for doubt in fixer.doubts(reference[0])], escaped=False
    )
