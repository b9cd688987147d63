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
    """None where that is unknown."""
    speaker: str = ""
    """Who gave the answer; empty for a whole entry, and where that is unknown."""
    prompt: str = ""
    asked: str = ""
    """The prompt of an answer and its words, where they are known."""
    title: str = ""
    """Of a whole entry, where its page can be read."""
    problem: str = ""
    """Why it is unknown what this is; names the file."""
