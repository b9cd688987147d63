"""`voicereflect vault`: looking after the folder that everything is kept in."""

import sys
from typing import Annotated

import typer

from voicereflect.cli.shared import SOMETHING_WRONG, AsJson, group, print_json
from voicereflect.core.store.bounds import readable
from voicereflect.ui.wording import clock
from voicereflect.ui.wrapping import fitted
from voicereflect.wiring import library as wiring

app = group("Look after the folder that everything is kept in.")


@app.command()
def check(
    sound: Annotated[bool, typer.Option("--sound", help="Read every sound to its end.")] = False,
    mend: Annotated[
        bool, typer.Option("--mend", help="Close to others what is open to them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read all that is kept, compare the index with it, and say what was found."""
    report = wiring.check().run(whole_sound=sound, mend=mend)
    if as_json:
        print_json(
            {
                "entries": report.entries,
                "sounds": report.sounds,
                "duration_s": round(report.seconds, 3),
                "index": report.index,
                "problems": [{"what": p.what, "hint": p.hint} for p in report.problems],
                "unread": [each.path for each in report.others],
            }
        )
    else:
        typer.echo(f"entries: {report.entries} can be read")
        how = "to the end" if sound else "at their beginning"
        typer.echo(f"sounds:  {report.sounds} can be read {how}, {clock(report.seconds)} in all")
        typer.echo(f"index:   {report.index}")
        told = [f"{each.what} {each.hint}" for each in report.problems]
        told += (f"{each.what} {each.hint}" for each in report.others)
        for line in told:
            typer.echo(fitted(line, sys.stdout))
    if report.problems:
        raise typer.Exit(SOMETHING_WRONG)


@app.command()
def begin() -> None:
    """Begin an empty vault where the settings say, also where another one was."""
    folder, new = wiring.begin_vault()
    told = "is a vault now" if new else "is a vault already, and is left as it was"
    typer.echo(fitted(f"{readable(str(folder))} {told}.", sys.stdout))
