"""`voicereflect decks` and `echo`: which decks there are, and what was answered."""

import json
import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from voicereflect.core.decks.views import Filter
from voicereflect.errors import DeckError
from voicereflect.ui.decks import listing as pages
from voicereflect.wiring import decks as wired

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Name = Annotated[str, typer.Argument(help="A name from `decks list`.")]

app = typer.Typer(
    help="See which decks there are, check one, or begin your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command("list")
def list_decks(
    depth: Annotated[
        Literal["light", "middle", "heavy"] | None, typer.Option(help="Only this depth.")
    ] = None,
    minutes: Annotated[int | None, typer.Option(help="At most this long.")] = None,
    practice: Annotated[int | None, typer.Option(help="Its number in docs/practices.md.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those closed to you now.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the decks: depth, length, title, and when you last answered each."""
    wanted = Filter(depth=depth, minutes=minutes, practice=practice)
    found, problems = wired.book().rows(wanted, wired.person())
    rows = [row for row in found if every or not row.closed]
    if as_json:
        typer.echo(json.dumps([pages.row_table(row) for row in rows], indent=2))
    for row in () if as_json else rows:
        typer.echo(pages.row_line(row))
    for problem in problems:
        typer.echo(problem.what, err=True)


@app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """Show what a deck is for, what it asks, and when you answered."""
    row, asked = wired.book().show(name, wired.person())
    if as_json:
        typer.echo(json.dumps(pages.deck_table(row, asked), indent=2))
    else:
        typer.echo(pages.deck_page(row, asked))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A deck file.")], as_json: AsJson = False
) -> None:
    """Look over a deck file: everything that is wrong or too long, each with its line."""
    problems = wired.checked(file)
    if as_json:
        table = [{"line": p.line, "what": p.what, "instead": p.instead} for p in problems]
        typer.echo(json.dumps(table, indent=2))
    for problem in () if as_json else problems:
        typer.echo(pages.problem_line(str(file), problem))
    if problems:
        raise typer.Exit(DeckError.exit_code)
    typer.echo(f"{file} can be used as it is.", err=True)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Small letters and hyphens, as in my-walks.")],
) -> None:
    """Begin a deck of your own, with every common key explained."""
    if not NAME.fullmatch(name):
        raise DeckError(
            f'"{name}" cannot be a deck\'s name', hint="Use small letters, digits and hyphens."
        )
    typer.echo(str(wired.begun(name)))


def echo(
    prompt: Annotated[
        str, typer.Argument(help="Deck and prompt, as in everyday/week; or a deck of stages.")
    ],
    as_json: AsJson = False,
) -> None:
    """Show your answers to one prompt over time, oldest first."""
    echoes = wired.book().echo(prompt)
    if as_json:
        typer.echo(json.dumps([pages.echo_table(each) for each in echoes], indent=2))
    elif echoes:
        typer.echo(pages.echo_page(prompt, echoes))
    else:
        typer.echo(f"{prompt} has no answer yet.", err=True)
