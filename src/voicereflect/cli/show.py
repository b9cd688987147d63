"""`voicereflect show`: an entry read back, and how its transcripts differ."""

from typing import Annotated

import typer

from voicereflect.cli.shared import AnswerWords, AsJson, print_json
from voicereflect.ui.library import for_programs, reading
from voicereflect.wiring import desktop, recorded


def show(
    reference: AnswerWords,
    as_json: AsJson = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Show where two transcripts differ, and where you changed words."
        ),
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Mark no unsure words.")] = False,
) -> None:
    """Show an entry as it stands in its file, hand edits and all."""
    if diff:
        show_differences(reference[0], as_json=as_json)
        return
    found = recorded.meant(reference[0])
    if as_json:
        doubts = recorded.comparing().doubts(found.entry)
        print_json(reading.with_doubts(found.entry, doubts))
    else:
        with desktop.paged():
            recorded.show_page(found.entry, found.answers, plain=plain)


def show_differences(reference: str, *, as_json: bool) -> None:
    """Print where transcripts of an answer, and the person's text, differ."""
    found = recorded.comparing().of(reference)
    if as_json:
        print_json([for_programs.comparison_json(each) for each in found])
    else:
        with desktop.paged():
            recorded.show_differences(found)
