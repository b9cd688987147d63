"""`voicereflect transcribe`: words for sound that is kept already."""

from typing import Annotated

import typer

from voicereflect.cli.shared import AnswerReference, note
from voicereflect.core.entry.languages import asked_for
from voicereflect.wiring import recorded


def transcribe(
    reference: AnswerReference = "",
    pending: Annotated[
        bool, typer.Option("--pending", help="All answers that still wait for their text.")
    ] = False,
    model: Annotated[
        str | None, typer.Option(help="Another speech model than the one in the settings.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Another language than the entry's; auto detects it.")
    ] = None,
) -> None:
    """Write down what was said: later, again, or with a better model; your edits stay."""
    if pending == bool(reference):
        raise typer.BadParameter("name an entry, or say --pending")
    flow = recorded.transcribing(model, asked_for(language))
    jobs = flow.pending() if pending else flow.of(reference)
    done = flow.run(jobs) if jobs else ()
    if not jobs:
        note("No answer waits for its text." if pending else "There is no sound to write down.")
        return
    typer.echo(f"{len(done)} of {len(jobs)} answers written down.")
    for line in flow.languages:
        typer.echo(line)
    note(*filter(None, (*flow.unheard, recorded.cannot_tell(model) if done else "")))
