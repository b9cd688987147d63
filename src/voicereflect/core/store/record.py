"""`record.jsonl`: a digest of every file as it was last seen, so that a change is noticed.

Paths and contents stand in it only as keyed digests: of what is destroyed it tells nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from voicereflect.core.store import bounds
from voicereflect.core.store.backups import StoredFile

PAGE: Final = "record.jsonl"
_SIZE: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What was seen when."""

    made: datetime | None = None
    state: str = ""
    """Whether the vault was sealed; in another state all bytes are others."""
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """Size and digest of the bytes, by the digest of the path."""


@dataclass(slots=True, kw_only=True)
class SinceRecord:
    """What is otherwise than it was."""

    since: datetime | None
    same: int = 0
    new: int = 0
    edited: int = 0
    """Pages and lists, which change as they are used."""
    gone: int = 0
    damaged: list[str] = field(default_factory=list)
    """Sounds that changed, and transcripts that became shorter: nothing of ours does that."""


def read(page: str) -> FileRecord:
    """Read a record; a line that cannot be read tells nothing."""
    made, state, files = None, "", {}
    for line in page.split("\n"):
        try:
            told = bounds.json_value(line)
            if "made" in told:
                made, state = bounds.moment(told["made"]), str(told.get("state", ""))
            else:
                size = bounds.whole(told["bytes"], 0, 1 << 50)
                files[str(told["path"])] = size, str(told["digest"])
        except (ValueError, KeyError, TypeError):
            continue
    return FileRecord(made=made, state=state, files=files)


def written(record: FileRecord) -> str:
    """Write a record."""
    made = record.made.isoformat() if record.made else ""
    lines = [json.dumps({"format": 1, "made": made, "state": record.state})]
    lines += (
        json.dumps({"path": path, "bytes": size, "digest": digest})
        for path, (size, digest) in sorted(record.files.items())
    )
    return "\n".join(lines) + "\n"


def compared(
    before: FileRecord, now: Mapping[str, StoredFile], secret: bytes, seen: FileRecord
) -> tuple[SinceRecord, FileRecord]:
    """Tell what changed, and give the record to keep: of what is damaged the old line stays."""
    if before.state != seen.state:
        before = FileRecord()
    told = SinceRecord(since=before.made)
    files: dict[str, tuple[int, str]] = {}
    for path, file in now.items():
        name = _keyed(path, secret)
        row = file.size, _keyed(file.sha256, secret)
        known = before.files.get(name)
        files[name] = row
        if known is None:
            told.new += 1
        elif known == row:
            told.same += 1
        elif _is_damage(path, known[0], file.size):
            told.damaged.append(path)
            files[name] = known
        else:
            told.edited += 1
    told.gone = len(before.files.keys() - files.keys())
    return told, replace(seen, files=files)


def _is_damage(path: str, before: int, now: int) -> bool:
    shrank = path.endswith(".jsonl") and now < before
    return path.startswith("entries/") and (shrank or path.endswith(".flac"))


def _keyed(text: str, secret: bytes) -> str:
    return hashlib.blake2b(text.encode(), key=secret[:64], digest_size=_SIZE).hexdigest()
