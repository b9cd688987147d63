"""What a backup holds, and what a restore brought."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from voicereflect.core.entry.days import day_and_time, day_in_words
from voicereflect.core.entry.ids import day_of
from voicereflect.core.store.backups import Manifest, PutBack
from voicereflect.core.store.record import SinceRecord
from voicereflect.ui.counting import counted_or_no

_MOST: Final = 5


def made(told: Manifest, passed_over: Sequence[str], file: Path) -> Iterator[str]:
    """Say what was written."""
    size = sum(each.size for each in told.files.values()) / 1e6
    entries = counted_or_no(len(told.entries), "entry", "entries")
    yield f"{file}: {entries} in {len(told.files)} files, {size:.1f} MB; read again and compared."
    yield "It is as readable as the vault: keep it where only you can open it."
    for path in passed_over[:_MOST]:
        yield f"Not in it: {path}, which is a link or has a name that cannot be kept."
    if len(passed_over) > _MOST:
        yield f"And {len(passed_over) - _MOST} more."


def whole(told: Manifest, file: Path) -> str:
    """Say that an archive is whole."""
    entries = counted_or_no(len(told.entries), "entry", "entries")
    return f"{file} is whole: {entries} of {day_and_time(told.made)}."


def restored(told: PutBack) -> Iterator[str]:
    """Say what came back and what did not."""
    yield f"Restored: {counted_or_no(told.entries, 'entry', 'entries')}, {told.files} files in all."
    if told.mended:
        yield f"Lost sounds and transcripts that are back: {told.mended}."
    if told.there:
        yield f"There already, and left as they are: {told.there}."
    if told.trashed:
        yield f"In the trash now, and left there: {told.trashed}."
    if told.destroyed:
        yield f"Destroyed since, and not brought back: {told.destroyed}. `--destroyed` would."


def since_line(told: SinceRecord) -> str:
    """Say what is otherwise than when all files were last compared."""
    if told.since is None:
        return f"{told.new} noted; from now on a change is noticed"
    day = day_in_words(day_of(told.since))
    counts = ((told.edited, "edited"), (told.new, "new"), (told.gone, "gone"))
    more = "".join(f", {count} {what}" for count, what in counts if count)
    return f"{told.same} as they were on {day}{more}"


def damage_lines(told: SinceRecord) -> Iterator[str]:
    """Name what changed and never should."""
    for path in told.damaged:
        yield (
            f"{path} is not what it was, and nothing of ours changes it. "
            "Hear or read it; a backup may have it as it was."
        )
