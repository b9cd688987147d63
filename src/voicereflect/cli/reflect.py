"""`voicereflect reflect`: one spoken session."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect import wiring


def reflect(
    deck: Annotated[str, typer.Argument(help="Which deck to be asked from.")] = "everyday",
    answers: Annotated[
        Path | None,
        typer.Option(help="Hear recordings from this folder instead of a microphone."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="The language you speak, as a code like en or de.")
    ] = None,
) -> None:
    """Hear each prompt, answer aloud, and keep sound and words."""
    entry = wiring.session(deck, answers=answers, language=language).run()
    wiring.catch_up(entry.id)
