"""What a backup says of itself: which files it holds, and the digest of each; knows no archive."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from voicereflect.core.store import bounds

FORMAT: Final = 1
KIND: Final = "voicereflect backup"
MANIFEST: Final = "manifest.jsonl"
DESTROYED: Final = "destroyed.txt"
"""The vault's page of what was destroyed for good, as digests; so that no backup brings it back."""
_LONGEST: Final = 1_000
_LONGEST_PART: Final = 255
"""Bytes that a file's name may have everywhere."""
_MOST_FILES: Final = 5_000_000
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One file, as it lies in the vault."""

    path: str
    """Below the vault."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    vault: str
    """The id of the vault it is of."""
    made: datetime
    files: dict[str, StoredFile]
    """By path."""
    entries: dict[str, str]
    """Ids of entries, by their folders below the vault; only those whose id could be read."""


@dataclass(slots=True, kw_only=True)
class PutBack:
    """What a restore brought."""

    files: int = 0
    entries: int = 0
    """Entries that were not there."""
    mended: int = 0
    """Lost sounds and transcripts of entries that are there."""
    there: int = 0
    """Entries that are there and stay as they are."""
    destroyed: int = 0
    """Entries destroyed since, which stay destroyed."""
    trashed: int = 0
    """Entries in the trash now, which stay there."""


def is_safe(path: str) -> bool:
    """Tell whether a path leads to a plain place below a vault."""
    plain = path.isprintable() and len(path) <= _LONGEST and "\\" not in path
    parts = path.split("/")
    short = all(len(part.encode("utf-8", "replace")) <= _LONGEST_PART for part in parts)
    return plain and short and all(part and not part.startswith(".") for part in parts)


def written(manifest: Manifest) -> Iterator[str]:
    """Write a manifest, a JSON object a line."""
    head = {
        "format": FORMAT,
        "kind": KIND,
        "vault": manifest.vault,
        "made": manifest.made.isoformat(),
        "files": len(manifest.files),
    }
    yield json.dumps(head) + "\n"
    for each in manifest.files.values():
        yield json.dumps({"path": each.path, "bytes": each.size, "sha256": each.sha256}) + "\n"
    for folder, entry_id in manifest.entries.items():
        yield json.dumps({"folder": folder, "entry": entry_id}) + "\n"


def read(lines: Iterable[str]) -> Manifest:
    """Read a manifest.

    Raises:
        ValueError: it is none, or names a place that no vault has.
    """
    rows = (bounds.json_value(line) for line in lines if line.strip())
    head = _table(next(rows, None))
    if head.get("kind") != KIND or head.get("format") != FORMAT:
        raise ValueError("it is no backup of this program, or of a newer version")
    count = bounds.whole(head.get("files"), 0, _MOST_FILES)
    files: dict[str, StoredFile] = {}
    entries: dict[str, str] = {}
    for row in rows:
        told = _table(row)
        if "entry" in told:
            entries[_path(told.get("folder"))] = str(told["entry"])
        else:
            file = _file(told)
            files[file.path] = file
    if len(files) != count:
        raise ValueError("its list of files is not whole")
    moment = bounds.moment(head.get("made"))
    return Manifest(vault=str(head.get("vault")), made=moment, files=files, entries=entries)


def digest_of(entry_id: str, secret: bytes) -> str:
    """Give what stands for a destroyed entry, and tells nothing to whom has no secret."""
    return hashlib.blake2b(entry_id.encode(), key=secret[:64], digest_size=32).hexdigest()


def _file(told: dict[str, Any]) -> StoredFile:
    digest = told.get("sha256")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise ValueError("it has a file without a digest")
    size = bounds.whole(told.get("bytes"), 0, 1 << 50)
    return StoredFile(path=_path(told.get("path")), size=size, sha256=digest)


def _path(value: object) -> str:
    if not isinstance(value, str) or not is_safe(value):
        raise ValueError("it names a place that no vault has")
    return value


def _table(row: object) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ValueError("it is no list of files")  # noqa: TRY004 - one error for every reader
    return row
