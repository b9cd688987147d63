"""`voicereflect decks`: which decks there are, and making one."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from voicereflect.cli import completing
from voicereflect.cli.shared import AsJson, group, note, print_json, print_rows, show_text
from voicereflect.core.decks.views import Filter
from voicereflect.errors import DeckError
from voicereflect.ui.decks import listing
from voicereflect.wiring import decks
from voicereflect.wiring.sound import voices

Name = Annotated[
    str, typer.Argument(help="A name from `decks list`.", autocompletion=completing.decks)
]

app = group("See which decks there are, check one, or begin your own.")


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
    """List the decks by what they are for, and when you last answered each."""
    wanted = Filter(depth=depth, minutes=minutes, practice=practice)
    found, problems = decks.deck_book().rows(wanted, decks.person())
    rows = [row for row in found if every or not row.closed]
    if as_json:
        print_json([listing.row_json(row) for row in rows])
    elif rows:
        show_text(listing.rows_page(rows))
    if len(rows) < len(found):
        note(listing.closed_now(len(found) - len(rows)))
    for problem in (*problems, *decks.programmes().problems):
        note(problem.what)


@app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """Show what a deck is for, what it asks, and when you answered."""
    row, asked = decks.deck_book().show(name, decks.person())
    if as_json:
        print_json(listing.deck_json(row, asked))
    else:
        show_text(listing.deck_page(row, asked))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A deck file; with --aloud a deck's name.")],
    aloud: Annotated[
        bool,
        typer.Option("--aloud", help="Say each sentence, and show what is heard otherwise."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look over a deck file: everything that is wrong or too long, each with its line."""
    if aloud:
        _listen(str(file), as_json=as_json)
        return
    problems = decks.checked(file)
    print_rows(problems, partial(listing.problem_line, str(file)), asdict, as_json=as_json)
    if problems:
        raise typer.Exit(DeckError.exit_code)
    note(f"{file} can be used as it is.")


def _listen(name: str, *, as_json: bool) -> None:
    """Show what does not come back as it was said, as it is heard; then how much that is."""
    heard = []
    for each in voices.heard(name):
        heard.append(each)
        if each.wrong and not as_json:
            typer.echo(listing.heard_lines(each))
    if as_json:
        print_json([{"said": h.said, "heard": h.heard, "wrong": h.wrong} for h in heard])
    note(listing.heard_sum(heard))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Small letters and hyphens, as in my-walks.")],
) -> None:
    """Begin a deck of your own, with every common key explained."""
    typer.echo(str(decks.begin(name)))
