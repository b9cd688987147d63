"""What lies in a vault and nothing reads: which names are read, and what to do with others.

Knows names and paths below the vault, not what the files hold.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

PAGES: Final = (
    *("vault.toml", "themes.toml", "programme.toml", "vocabulary.txt"),
    *("pages.jsonl", "imports.jsonl", "destroyed.txt", "record.jsonl", "sheet.txt"),
)
"""Files of the vault's own folder."""
FOLDERS: Final = ("entries", "decks", "trash")
KEY: Final = "key"
"""Where the wrapped key of a sealed vault lies."""
_NUMBERED: Final = re.compile(r"([1-9][0-9]{0,5})\.(?:flac|jsonl|blocks|take\.json)", re.ASCII)
_STEM: Final = re.compile(r"[.#~_]*(entry|[1-9][0-9]{0,5}|vault|themes|programme|vocabulary)\b")
_COPIED: Final = re.compile(
    r"sync-conflict|conflict|konflikt|conflit|\bcopy\b|\bkopie\b|\bcopie\b|\bcopia\b"
    r"|\(\d{1,3}\)|[.](?:orig|bak|old|sw[a-p])$|~$",
    re.IGNORECASE,
)
_SYSTEM: Final = re.compile(r"\.DS_Store|\._.*|\.directory|desktop\.ini|Thumbs\.db", re.IGNORECASE)


class StrayKind(Enum):
    """Why it is told."""

    COPY = "copy"
    """A file that a cloud, a sync or an editor made of one that is read."""
    ENTRY = "entry"
    """An entry where none is looked for."""
    SOUND = "sound"
    """Sound or transcripts with the number of no answer."""
    OTHER = "other"
    """Something of the person's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """Something that nothing reads."""

    path: str
    """Below the vault."""
    kind: StrayKind

    @property
    def holds_words(self) -> bool:
        """Whether something said may be in it and nowhere else."""
        return self.kind is not StrayKind.OTHER

    @property
    def what(self) -> str:
        """What it is, in a sentence."""
        return {
            StrayKind.COPY: f"{self.path} is a copy, and nothing reads it.",
            StrayKind.ENTRY: f"{self.path} holds an entry where nothing reads it.",
            StrayKind.SOUND: f"{self.path} belongs to no answer of its entry.",
            StrayKind.OTHER: f"{self.path} is read by nothing.",
        }[self.kind]

    @property
    def hint(self) -> str:
        """What to do now."""
        return {
            StrayKind.COPY: "`voicereflect vault merge` lays copies of pages beside them; compare "
            "any other with its file, then move it out of the vault.",
            StrayKind.ENTRY: "Move the entry's folder to entries/YEAR/MONTH/ in the vault.",
            StrayKind.SOUND: "Hear or read it; `voicereflect import` keeps a sound as an entry. "
            "Then move it out of the vault.",
            StrayKind.OTHER: "It may stay; no list and no search knows it.",
        }[self.kind]


def in_root(name: str, *, is_folder: bool) -> StrayKind | None:
    """Tell why something in the vault's own folder is told; None where it is read or hidden."""
    if name in ((*FOLDERS, KEY) if is_folder else PAGES):
        return None
    return _kind(name, is_folder=is_folder)


def in_shelf(name: str, *, is_folder: bool) -> StrayKind | None:
    """Tell the same of something in `entries/` or a folder of a year or a month."""
    if is_folder and not name.startswith("."):
        return None
    return StrayKind.ENTRY if name == "entry.md" else _kind(name, is_folder=is_folder)


def in_entry(
    name: str, *, is_folder: bool, answers: frozenset[int] | None = None
) -> StrayKind | None:
    """Tell the same of something in an entry's folder; `answers` are its numbers, if known."""
    if not is_folder and name == "entry.md":
        return None
    if not is_folder and (numbered := _NUMBERED.fullmatch(name)):
        lost = answers is not None and int(numbered[1]) not in answers
        return StrayKind.SOUND if lost else None
    return _kind(name, is_folder=is_folder)


def in_decks(name: str, *, is_folder: bool) -> StrayKind | None:
    """Tell the same of something in `decks/` or `decks/programmes/`."""
    if is_folder and name == "programmes":
        return None
    kind = _kind(name, is_folder=is_folder)
    is_read = not is_folder and name.endswith(".toml")
    return None if is_read and kind is StrayKind.OTHER else kind


def _kind(name: str, *, is_folder: bool) -> StrayKind | None:
    """Tell copies from others by name; what is hidden only as a copy, half a save never."""
    if _SYSTEM.fullmatch(name) or name.endswith(".tmp") or name in (".lock", ".probe"):
        return None
    if not is_folder and (_STEM.match(name) or _COPIED.search(name)):
        return StrayKind.COPY
    return None if name.startswith(".") else StrayKind.OTHER
