"""`voicereflect sheet`: quotes that were picked, to be taken into a room with somebody."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli import pages
from voicereflect.cli.options import LOOSE
from voicereflect.cli.shared import AsJson, Yes, expect_yes, group, note, print_json
from voicereflect.ui.review import sheet as sheets
from voicereflect.wiring import review

app = group(
    "Pick quotes, and write them on a sheet to take along.",
    no_args_is_help=False,
    invoke_without_command=True,
)
NOTHING = "Nothing is picked. `voicereflect sheet add ENTRY/ANSWER:WORD` picks a sentence."


@app.callback()
def sheet(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what was picked, line by line."""
    if context.invoked_subcommand is not None:
        return
    lines = review.sheet().lines()
    if as_json:
        print_json(sheets.as_json(lines), escaped=False)
    elif lines:
        typer.echo(sheets.listed(lines))
    else:
        note(NOTHING)


@app.command("add", context_settings=LOOSE)
def add(
    references: Annotated[
        list[str], typer.Argument(help="ENTRY/ANSWER:WORD for a sentence, ENTRY/ANSWER for all.")
    ],
) -> None:
    """Pick sentences or whole answers."""
    picking = review.sheet()
    for each in references:
        typer.echo(f"Picked: “{picking.add(each).text}”")


@app.command("remove")
def remove(line: Annotated[int, typer.Argument(min=1, help="The number of a line.")]) -> None:
    """Take a line off the sheet; the words stay where they were said."""
    picking = review.sheet()
    gone = picking.lines()[line - 1 : line]
    picking.remove(line)
    note("Taken off the sheet." + "".join(f" `voicereflect sheet add {e.reference}`" for e in gone))


@app.command("write")
def write(
    file: Annotated[Path, typer.Argument(help="NAME.html or NAME.md; nothing is replaced.")],
    yes: Yes = False,
) -> None:
    """Write the sheet, after one last look at it."""
    pages.refuse_existing(file)
    lines = review.sheet().lines()
    quotes = [each.quote for each in lines if each.quote is not None]
    if not quotes:
        note(NOTHING)
        raise typer.Exit(1)
    if not yes:
        typer.echo(sheets.listed(lines), err=True)
        expect_yes(f"Write these lines to {file}?")
    text = sheets.markdown(quotes) if file.suffix == ".md" else sheets.html(quotes)
    entries = sorted({each.entry for each in quotes})
    review.laying(file).page(file.name, text, entries, str(file.resolve()))
    typer.echo(f"Written: {file}")
