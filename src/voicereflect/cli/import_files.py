"""`voicereflect import`: recordings, and what other programs wrote, become entries."""

from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli.shared import AsJson, Yes, expect_yes, note, print_json
from voicereflect.core.entry.languages import asked_for
from voicereflect.core.journals.values import Program
from voicereflect.ui.library import journals
from voicereflect.ui.library.importing import ImportAsJson, ImportLines
from voicereflect.wiring import exchange, recorded

Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Voice memos, other recordings, videos with sound; or an export."),
]
WrittenBy = Annotated[
    Program | None,
    typer.Option("--from", help="What wrote it: a file, folder or zip archive of its texts."),
]
Date = Annotated[
    str | None, typer.Option(help="When they were recorded: 2024-05-03 or 2024-05-03T10:22.")
]
Spoken = Annotated[
    str | None, typer.Option(help="The language spoken: a code like en or de; auto detects it.")
]
Undo = Annotated[
    bool, typer.Option("--undo", help="Move what the last import with --from brought to trash.")
]


Watch = Annotated[
    Path | None,
    typer.Option("--watch", help="Keep what arrives in a folder, until Ctrl-C; files stay there."),
]
Then = Annotated[
    str,
    typer.Option("--then", help="With --watch: `trash` moves what is kept to the trash."),
]
Unit = Annotated[
    bool, typer.Option("--unit", help="With --watch: write a systemd user unit, and watch nothing.")
]


def import_files(
    files: Files = None,
    program: WrittenBy = None,
    date: Date = None,
    language: Spoken = None,
    speaker: Annotated[str, typer.Option(help="Who speaks in them.")] = "me",
    undo: Undo = False,
    watch: Watch = None,
    then: Then = "",
    unit: Unit = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Keep recordings as entries, dated by what they tell, and write them down."""
    if undo:
        note(*journals.taken_back(exchange.take_back()))
        return
    if watch is not None:
        _watch(watch, then, asked_for(language), speaker, unit=unit)
        return
    if not files:
        raise typer.BadParameter("name a file or a folder.", param_hint="FILES")
    told = asked_for(language)
    if program is None:
        _keep_recordings(files, date, told, speaker, as_json=as_json)
        return
    if date:
        raise typer.BadParameter("each text has its own.", param_hint="--date")
    for file in files:
        _take_in(file, program, told, speaker, yes=yes, as_json=as_json)


def _keep_recordings(
    files: list[Path], date: str | None, language: str | None, speaker: str, *, as_json: bool
) -> None:
    """Keep recordings, and write them down."""
    screen = ImportAsJson() if as_json else ImportLines()
    flow = recorded.importing(screen, date=date, language=language, speaker=speaker)
    try:
        if flow.run(recorded.recordings(files)) and (line := recorded.cannot_tell()):
            screen.note(line)
    finally:
        screen.end()


def _watch(folder: Path, then: str, language: str | None, speaker: str, *, unit: bool) -> None:
    """Watch a folder, or write the unit that does."""
    if then not in ("", "trash"):
        raise typer.BadParameter("only `trash` is known.", param_hint="--then")
    trash = then == "trash"
    if unit:
        path = exchange.write_unit(folder, then_trash=trash)
        note(f"{path} is written. `systemctl --user enable --now {path.name}` begins to watch.")
        return
    watching = exchange.watching(folder, language=language, speaker=speaker, then_trash=trash)
    note(f"Watching {folder}. Ctrl-C ends it; what was kept stays.")
    watching.run(exchange.rest)


def _take_in(
    file: Path, program: Program, language: str | None, speaker: str, *, yes: bool, as_json: bool
) -> None:
    """Look through an export, say what it would bring, and keep that after a yes."""
    screen = ImportLines()
    export = exchange.foreign(file)
    flow = exchange.journal_import(screen, language=language, speaker=speaker)
    plan = flow.plan(export, program)
    note(*journals.planned(plan))
    if as_json and not yes:
        print_json(journals.plan_json(plan, None))
        return
    if not plan.new:
        return
    if not yes:
        expect_yes("Keep them?")
    told = flow.carry_out(plan, export)
    note(*journals.brought(told))
    exchange.write_down(screen, told.pending)
    if as_json:
        print_json(journals.plan_json(plan, told))
