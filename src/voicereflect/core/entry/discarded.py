"""What lies in the trash, as values; knows no folder."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """One thing in the trash."""

    name: str
    """Of its folder: what `trash restore` accepts."""
    entry: str
    answer: int
    """0 is the whole entry."""
    reason: str
    discarded_at: datetime | None
    """None where that is not told."""
    speaker: str = ""
    """Who gave the answer; empty for a whole entry, and where that is not told."""
    prompt: str = ""
    asked: str = ""
    """The prompt of an answer and its words, where that is told."""
    problem: str = ""
    """Why it cannot be told what this is; names the file."""
