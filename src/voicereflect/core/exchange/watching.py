"""Which files of a watched folder are ready to be kept; knows names, sizes and times, no disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

LOOK_EVERY_S: Final = 5.0
SETTLED_S: Final = 10.0
"""So long a file must stay as it is."""
PATIENCE_S: Final = 600.0
"""So long a file that is not whole may still be on its way; then what is there is kept."""
SOUNDS: Final = frozenset(
    {
        *(".3ga", ".3gp", ".aac", ".aif", ".aiff", ".amr", ".caf", ".flac", ".m4a", ".m4b"),
        *(".mka", ".mkv", ".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".wav", ".weba"),
        *(".webm", ".wma"),
    }
)
_ON_ITS_WAY: Final = (".tmp", ".part", ".partial", ".crdownload", ".download", "~")


@dataclass(frozen=True, slots=True)
class FileLook:
    """How a file looked."""

    size: int
    changed_ns: int


@dataclass(slots=True)
class FolderMemory:
    """What was seen of a folder so far."""

    still: dict[str, tuple[FileLook, float]] = field(default_factory=dict)
    """How each file looks, and since when."""
    done: dict[str, FileLook] = field(default_factory=dict)
    """Files that were kept, or told of; one that changes afterwards is another."""


def is_recording(name: str) -> bool:
    """Tell a recording by its name from what is still on its way, hidden, or something else."""
    plain = PurePosixPath(name).name
    on_its_way = plain.startswith((".", "~")) or plain.lower().endswith(_ON_ITS_WAY)
    return not on_its_way and PurePosixPath(plain.lower()).suffix in SOUNDS


def settled(
    memory: FolderMemory, found: Mapping[str, FileLook], at_s: float
) -> list[tuple[str, float]]:
    """Note how files look now; name those that stayed so long enough, and for how long.

    What is done is not named again.
    """
    before, memory.still = memory.still, {}
    ready = []
    for name, looked in sorted(found.items()):
        known, since_s = before.get(name, (looked, at_s))
        since_s = since_s if known == looked else at_s
        memory.still[name] = looked, since_s
        still_s = at_s - since_s
        if looked.size and still_s >= SETTLED_S and memory.done.get(name) != looked:
            ready.append((name, still_s))
    memory.done = {name: looked for name, looked in memory.done.items() if name in found}
    return ready
