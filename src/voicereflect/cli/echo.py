"""`voicereflect echo`: the answers to one prompt over time."""

from typing import Annotated

import typer

from voicereflect.cli import completing
from voicereflect.cli.shared import AsJson, note, print_json, show_text
from voicereflect.ui.decks import listing
from voicereflect.wiring import decks


def echo(
    prompt: Annotated[
        str,
        typer.Argument(
            help="Deck and prompt, as in everyday/week; or a deck of stages.",
            autocompletion=completing.prompts,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Show your answers to one prompt over time, oldest first."""
    echoes = decks.deck_book().echo(prompt)
    if as_json:
        print_json([listing.echo_json(each) for each in echoes])
    elif echoes:
        show_text(listing.echo_page(prompt, echoes))
    else:
        note(f"{prompt} has no answer yet.")
