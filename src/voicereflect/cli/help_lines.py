"""`voicereflect help-lines`: people to call; needs no vault and no settings."""

from typing import Annotated

import typer

from voicereflect.cli.shared import AsJson, print_json
from voicereflect.ui import help_lines as pages
from voicereflect.wiring import decks as wired


def help_lines(
    country: Annotated[
        str | None, typer.Option(help="Its code or name, as in IE or Ireland.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show whom to call: emergency, crisis, violence at home, older people, children."""
    lines = wired.help_lines()
    if country is None and not as_json and wired.person_is_there():
        typer.echo(pages.anywhere_page(lines))
        country = typer.prompt("Which country? ENTER leaves it at that", "", show_default=False)
    found = lines.of(country) if country else None
    if as_json:
        print_json(pages.help_table(lines, found), escaped=False)
    elif found:
        typer.echo(pages.country_page(lines, found))
    elif country or not wired.person_is_there():
        typer.echo(pages.anywhere_page(lines))
