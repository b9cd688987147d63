"""What an export says when it is done."""

from collections.abc import Iterator
from pathlib import Path

from voicereflect.core.exchange.values import Exported
from voicereflect.ui.counting import counted_or_no


def exported(told: Exported, folder: Path | None) -> Iterator[str]:
    """Say what went along and what stayed."""
    if folder is not None:
        files = counted_or_no(told.files, "file")
        yield f"Exported {counted_or_no(told.entries, 'entry', 'entries')} to {folder}: {files}."
    for problem in told.problems:
        yield problem.line
    if told.closed:
        entries = counted_or_no(told.closed, "entry", "entries")
        yield f"{entries} you closed or have yet to decide on stayed; name one to export it."
    if told.withheld:
        answers = counted_or_no(told.withheld, "answer")
        yield f"{answers} by others stayed: they have not agreed to it."
