"""`voicereflect help-lines`: people to call; needs no vault, and no settings that can be read."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from voicereflect import wiring
from voicereflect.cli.shared import AsJson, note, print_json, say
from voicereflect.core.safety.help_lines import unknown
from voicereflect.errors import SettingsError
from voicereflect.ui import help_lines as help_pages
from voicereflect.wiring import help_lines as help_lines_parts

if TYPE_CHECKING:
    from voicereflect.core.safety.help_lines import Country, HelpLines


KEPT: Final = "It is kept in the settings: sessions know it too. `voicereflect config` shows it."


def _countries(incomplete: str) -> list[tuple[str, str]]:
    return [
        (each.code, each.name)
        for each in help_lines_parts.shipped().countries
        if each.code.lower().startswith(incomplete.lower())
    ]


def help_lines(
    country: Annotated[
        str | None,
        typer.Option(help="Its code or name, as in IE or Ireland.", autocompletion=_countries),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show whom to call: emergency, crisis, violence at home, older people, children."""
    lines = help_lines_parts.shipped()
    wanted = country or help_lines_parts.country()
    found = lines.of(wanted) if wanted else None
    if country and found is None:
        if not as_json:
            say(help_pages.anywhere(lines))
        raise unknown(lines, country)
    if as_json:
        print_json(help_pages.help_json(lines, found), escaped=False)
    elif found is not None:
        say(help_pages.country_page(lines, found), indent=4)
        if country is None:
            note("`--country` shows another; `voicereflect config set country` keeps another.")
    else:
        say(help_pages.anywhere_page(lines))
        if wiring.person_is_there():
            _ask(lines)


def _ask(lines: "HelpLines") -> None:
    """Ask for the country until it is known or left open; keep it."""
    found: Country | None = None
    while found is None:
        said = typer.prompt("Which country? ENTER leaves it open", "", show_default=False)
        if not said.strip():
            return
        if (found := lines.of(said)) is None:
            note(unknown(lines, said).line)
    say(help_pages.country_page(lines, found), indent=4)
    try:
        wiring.set_setting("country", found.code)
    except SettingsError as error:  # the lines are shown all the same
        note(error.line)
    else:
        note(KEPT)
