"""`voicereflect play`: one's own voice, from any word on."""

from typing import Annotated

import typer

from voicereflect.wiring import recorded


def play(
    reference: Annotated[
        str,
        typer.Argument(help="An entry, ENTRY/ANSWER or ENTRY/ANSWER:WORD, as `search` gives it."),
    ] = "last",
) -> None:
    """Hear answers again in your own voice, from any word on."""
    recorded.player().run(reference)
