"""`voicereflect two`: a session for two people in one room."""

from typing import Annotated

import typer

from voicereflect import wiring
from voicereflect.cli import completing
from voicereflect.cli.sessions import Answers, Device, Language
from voicereflect.cli.shared import note
from voicereflect.core.entry.languages import asked_for
from voicereflect.wiring import desktop, library
from voicereflect.wiring.sittings import two as two_parts
from voicereflect.wiring.sound import devices


def two(
    deck: Annotated[
        str,
        typer.Argument(
            help="Which deck for two to be asked from.", autocompletion=completing.decks
        ),
    ],
    names: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Who you are: first whose machine this is, then the other."),
    ] = None,
    answers: Answers = None,
    language: Language = None,
    device: Device = None,
) -> None:
    """Take turns with somebody; the other agrees first, and is asked first at the end."""
    wishes = devices.SessionWishes(answers=answers, language=asked_for(language), device=device)
    sitting = two_parts.two(deck, names, wishes)  # what refuses here has changed nothing to index
    try:
        with desktop.guarded():
            entry = sitting.run()
    finally:
        library.index_after_session(wiring.vault(wiring.settings()))
    if entry is None:
        note("Nothing is kept.")
        return
    other = entry.speakers[-1]
    note(f"{other} can take a copy: voicereflect consent copy last FOLDER")
    note(f"{other} can take all of it back: voicereflect consent withdraw last")
