"""How loud sound is, and what is plainly wrong with it; arithmetic over samples only."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from voicereflect.model import BYTES_PER_SAMPLE

FULL_SCALE = 32768.0
SILENCE_DBFS = -96.0
"""What digital silence is called: the floor of 16 bits."""
LOOK_S = 2.0
STUCK_S = LOOK_S / 2
QUIET_DBFS = -50.0
QUIET_PERCENTILE = 95
CLIPPED_SAMPLES = 10
"""Full-scale samples in a second that make a warning."""


class LevelTrouble(StrEnum):
    """What a person should know about the sound at once."""

    SILENT = (
        "Nothing reaches the microphone: it sends perfect silence. "
        "Is it muted, or not allowed for this terminal?"
    )
    QUIET = "This is very quiet. Is the microphone near enough?"
    CLIPPED = "This is too loud for the microphone; a little more distance helps."


def level_dbfs(pcm: bytes) -> float:
    """Root mean square of a block in dB below full scale, never under `SILENCE_DBFS`."""
    samples = np.frombuffer(pcm, dtype=np.int16).astype(np.float64)
    if not len(samples):
        return SILENCE_DBFS
    power = float(np.mean(samples * samples)) / (FULL_SCALE * FULL_SCALE)
    return max(SILENCE_DBFS, 10 * float(np.log10(power))) if power else SILENCE_DBFS


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What warnings need to know of a take so far."""

    rate_hz: int
    samples: int = 0
    last: int = 0
    """The last sample's value."""
    equal: int = 0
    """How many samples in a row have had that value."""
    levels: tuple[float, ...] = ()
    """Of the blocks so far, until one was loud enough."""
    loud_enough: bool = False
    clipped: tuple[tuple[int, int], ...] = ()
    """Position and number of full-scale samples, over the last second."""
    reported: frozenset[LevelTrouble] = frozenset()

    def heard(self, pcm: bytes) -> "tuple[Watch, LevelTrouble | None]":
        """Look at the next block; each trouble is reported once."""
        samples = np.frombuffer(pcm, dtype=np.int16)
        if not len(samples):
            return self, None
        watch = self._counted(samples, level_dbfs(pcm))
        for trouble in watch._troubles():  # noqa: SLF001 - its own class
            if trouble not in watch.reported:
                return replace(watch, reported=watch.reported | {trouble}), trouble
        return watch, None

    def _counted(self, samples: "np.typing.NDArray[np.int16]", level: float) -> "Watch":
        last = int(samples[-1])
        same = bool((samples == last).all())
        if same:
            run = (self.equal if last == self.last else 0) + len(samples)
        else:
            run = len(samples) - 1 - int(np.flatnonzero(samples != last)[-1])
        end = self.samples + len(samples)
        full = int(np.count_nonzero(np.abs(samples.astype(np.int32)) >= FULL_SCALE - 1))
        recent = [each for each in self.clipped if each[0] > end - self.rate_hz]
        return replace(
            self,
            samples=end,
            last=last,
            equal=run,
            levels=() if self.loud_enough else (*self.levels, level)[-200:],
            loud_enough=self.loud_enough or level >= QUIET_DBFS,
            clipped=(*recent, (end, full)) if full else tuple(recent),
        )

    def _troubles(self) -> list[LevelTrouble]:
        found = []
        if self.equal >= LOOK_S * self.rate_hz:
            found.append(LevelTrouble.SILENT)
        elif self._quiet():
            found.append(LevelTrouble.QUIET)
        if sum(count for _, count in self.clipped) >= CLIPPED_SAMPLES:
            found.append(LevelTrouble.CLIPPED)
        return found

    def _quiet(self) -> bool:
        looked = self.samples >= LOOK_S * self.rate_hz
        # digital silence will be reported soon, and one note is enough
        stuck = self.equal >= STUCK_S * self.rate_hz
        if self.loud_enough or not looked or stuck or LevelTrouble.SILENT in self.reported:
            return False
        return bool(np.percentile(self.levels, QUIET_PERCENTILE) < QUIET_DBFS)


def samples_in(pcm: bytes) -> int:
    """How many samples a block holds."""
    return len(pcm) // BYTES_PER_SAMPLE
