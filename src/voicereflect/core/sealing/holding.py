"""How long a key is held: until its time is over, or the machine slept; clocks are arguments."""

import re
from dataclasses import dataclass
from typing import Final

from voicereflect.errors import SettingsError

_SLEPT_S: Final = 2.0
"""Clocks that are read one after the other differ by less."""


@dataclass(frozen=True, slots=True)
class TwoClocks:
    """One moment, by a clock that stands still while the machine sleeps and one that does not."""

    awake_s: float
    all_s: float


@dataclass(frozen=True, slots=True)
class KeyHold:
    """Since when a key is held, and for how long."""

    since: TwoClocks
    for_s: float

    def left_s(self, now: TwoClocks) -> float:
        """Tell how long it is still held; nothing once the machine slept."""
        slept_s = (now.all_s - now.awake_s) - (self.since.all_s - self.since.awake_s)
        if slept_s > _SLEPT_S:
            return 0.0
        return max(0.0, self.since.all_s + self.for_s - now.all_s)


LONGEST_S: Final = 12 * 3600
_TIME: Final = re.compile(r"([0-9]{1,5})\s*(s|m|h)", re.ASCII)
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600}


def seconds_of(text: str) -> int:
    """Read a time such as 30m or 2h.

    Raises:
        SettingsError: it is none, or not between a second and twelve hours.
    """
    found = _TIME.fullmatch(text.strip().lower())
    seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
    if not 0 < seconds <= LONGEST_S:
        raise SettingsError(
            "A key is held for a time such as 30m or 2h, twelve hours at most.",
            hint="`voicereflect unlock --for 30m` is what it does alone.",
        )
    return seconds
