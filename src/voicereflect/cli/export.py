"""`voicereflect export`: copies of entries for other programs."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from voicereflect.cli import filters
from voicereflect.cli.shared import note
from voicereflect.core.exchange.values import Exported, ExportFormat, TextFile, ToExport
from voicereflect.core.search.filters import Wanted
from voicereflect.errors import EntryNotFound
from voicereflect.ui.library import exporting
from voicereflect.wiring import exchange, library


def export(
    reference: Annotated[
        list[str] | None,
        typer.Argument(
            help="Which entries, closed ones too; none: all that the options let through."
        ),
    ] = None,
    into: Annotated[
        ExportFormat, typer.Option("--format", help="What is to read it.")
    ] = ExportFormat.MARKDOWN,
    to: Annotated[
        Path | None, typer.Option("--to", help="A new folder; without it, standard output.")
    ] = None,
    sound: Annotated[
        bool, typer.Option("--sound", help="Take recordings and other files along.")
    ] = False,
    since: filters.Since = None,
    until: filters.Until = None,
    on: filters.On = None,
    deck: filters.Deck = "",
    prompt: filters.Prompt = "",
    tag: filters.Tags = None,
    speaker: filters.Speaker = "",
    state: filters.State = None,
    theme: filters.Theme = "",
) -> None:
    """Copy entries for other programs: text, JSON, subtitles, Obsidian, jrnl."""
    if sound and to is None:
        raise typer.BadParameter("recordings need a folder: --to FOLDER.", param_hint="--sound")
    which = Wanted(deck=deck, prompt=prompt, tags=tuple(tag or ()), speaker=speaker, state=state)
    which = filters.narrowed(which, library.today(), since=since, until=until, on=on, theme=theme)
    what = ToExport(into=into, named=tuple(reference or ()), wanted=which, with_sound=sound)
    try:
        told = _exported(what, to)
    except EntryNotFound:
        library.expect_known(which)  # a name that is spelt otherwise is told first
        raise
    note(*exporting.exported(told, to))


def _exported(what: ToExport, to: Path | None) -> Exported:
    with exchange.export() as flow:
        if to is not None:
            return flow.to_folder(what, to.name, library.copies(to.parent))
        texts, told = flow.as_texts(what)
        _print(texts)
        return told


def _print(texts: Iterable[TextFile]) -> None:
    """Print one text after the other, with a blank line between."""
    for number, text in enumerate(texts):
        if number:
            typer.echo()
        for part in text.parts:
            typer.echo(part, nl=False)
