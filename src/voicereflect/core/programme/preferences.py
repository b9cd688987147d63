"""What a person said about decks and steps, apart from any answer; values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from voicereflect.core.programme.so_far import PickedChoice

HANDS_FREE: Final = "hands-free"
"""Among what was introduced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Only what entries cannot tell; a file keeps it."""

    known: Mapping[str, str] = field(default_factory=dict)
    started: Mapping[str, date] = field(default_factory=dict)
    """Programmes that are running, and since when."""
    never: tuple[str, ...] = ()
    """Decks and `deck/prompt`s put aside for good."""
    not_today: Mapping[str, date] = field(default_factory=dict)
    picks: tuple[PickedChoice, ...] = ()
    settled: tuple[str, ...] = ()
    """Steps (`entry/answer`) that are done or let go."""
    told: tuple[str, ...] = ()
    """What was introduced, and is not again unasked."""
