"""What an export says when it is done."""

from collections.abc import Iterator
from pathlib import Path

from voicereflect.core.exchange.values import Exported


def exported(told: Exported, folder: Path | None) -> Iterator[str]:
    """Say what went along and what stayed."""
    if folder is not None:
        files = _counted(told.files, "file", "files")
        yield f"Exported {_counted(told.entries, 'entry', 'entries')} to {folder}: {files}."
    for problem in told.problems:
        yield problem.line
    if told.closed:
        entries = _counted(told.closed, "entry", "entries")
        yield f"{entries} you closed or have yet to decide on stayed; name one to export it."
    if told.withheld:
        answers = _counted(told.withheld, "answer", "answers")
        yield f"{answers} by others stayed: they have not agreed to it."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
