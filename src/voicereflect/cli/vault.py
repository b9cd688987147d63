"""`voicereflect vault`: looking after the folder that everything is kept in."""

from typing import Annotated

import typer

from voicereflect.cli.shared import SOMETHING_WRONG, AsJson, group, print_json
from voicereflect.ui.wording import clock
from voicereflect.wiring import library as wiring

app = group("Look after the folder that everything is kept in.")


@app.command()
def check(
    sound: Annotated[bool, typer.Option("--sound", help="Read every sound to its end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read all that is kept, compare the index with it, and say what was found."""
    report = wiring.check().run(whole_sound=sound)
    if as_json:
        print_json(
            {
                "entries": report.entries,
                "sounds": report.sounds,
                "duration_s": round(report.seconds, 3),
                "index": report.index,
                "problems": [{"what": p.what, "hint": p.hint} for p in report.problems],
            }
        )
    else:
        typer.echo(f"entries: {report.entries} can be read")
        how = "to the end" if sound else "at their beginning"
        typer.echo(f"sounds:  {report.sounds} can be read {how}, {clock(report.seconds)} in all")
        typer.echo(f"index:   {report.index}")
        for problem in report.problems:
            typer.echo(f"{problem.what} {problem.hint}")
    if report.problems:
        raise typer.Exit(SOMETHING_WRONG)
