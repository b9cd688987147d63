"""How loud sound is, and what is plainly wrong with it; arithmetic over samples only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from voicereflect.model import Span

FULL_SCALE = 32768.0
SILENCE_DBFS = -96.0
"""What digital silence is called: the floor of 16 bits."""
ROOM_S: Final = 1.0
"""The room is measured once, so long."""
NOTHING_S: Final = 10.0
"""A microphone that gives nothing at all for so long, from the first block on, is mute."""
LOW_DBFS: Final = -65.0
"""Speech whose loudest parts are below that is not read well."""
ABOVE_ROOM_DB: Final = 6.0
"""Nor is speech that is hardly louder than the room."""
SPEECH_BLOCKS: Final = 60
"""So many blocks of speech are looked at: three seconds."""
LOUD_PERCENTILE: Final = 90
CLIPPED_SAMPLES: Final = 10
"""Full-scale samples in a second that make a warning."""
CLIPPED_S: Final = 5.0
"""So long that warning stays."""
_KEPT_BLOCKS: Final = 400


class LevelTrouble(StrEnum):
    """What a person should know about the sound at once."""

    SILENT = (
        "Nothing reaches the microphone: it sends perfect silence. "
        "Is it muted, or not allowed for this terminal?"
    )
    QUIET = "Your voice is hardly louder than the room. Can the microphone come nearer?"
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
    """What warnings need to know of a sitting's takes so far; each comes up once a sitting."""

    rate_hz: int
    samples: int = 0
    """Of the take."""
    first: int | None = None
    """The take's first sample, as long as all others were equal to it."""
    levels: tuple[tuple[int, float], ...] = ()
    """Where the last blocks ended, and how loud each was."""
    room_dbfs: float | None = None
    judged: int = 0
    """Speech was looked at up to here."""
    speech: tuple[float, ...] = ()
    """How loud its last blocks were."""
    clipped: tuple[tuple[int, int], ...] = ()
    """Position and number of full-scale samples, over the last second."""
    loud_upto: int = 0
    """So long it counts as too loud."""
    trouble: LevelTrouble | None = None
    """What is wrong just now."""
    told: frozenset[LevelTrouble] = frozenset()

    def next_take(self, rate_hz: int) -> "Watch":
        """Begin with another take, in the same room."""
        return Watch(rate_hz=rate_hz, room_dbfs=self.room_dbfs, told=self.told)

    def heard(self, pcm: bytes, *, aside: bool = False) -> "Watch":
        """Look at the next block; `aside`: it holds something of ours."""
        samples = np.frombuffer(pcm, dtype=np.int16)
        if not len(samples):
            return self
        first = int(samples[0]) if self.samples == 0 else self.first
        first = first if first is not None and bool((samples == first).all()) else None
        end = self.samples + len(samples)
        if aside:
            return _judged(replace(self, samples=end, first=first))
        full = int(np.count_nonzero(np.abs(samples.astype(np.int32)) >= FULL_SCALE - 1))
        recent = tuple(each for each in self.clipped if each[0] > end - self.rate_hz)
        recent = (*recent, (end, full)) if full else recent
        too_loud = sum(count for _, count in recent) >= CLIPPED_SAMPLES
        seen = replace(
            self,
            samples=end,
            first=first,
            levels=(*self.levels, (end, level_dbfs(pcm)))[-_KEPT_BLOCKS:],
            clipped=recent,
            loud_upto=end + int(CLIPPED_S * self.rate_hz) if too_loud else self.loud_upto,
        )
        return _judged(_measured(seen))

    def spoken(self, spans: Sequence[Span]) -> "Watch":
        """Take what the voice detector says: how loud is what was speech?"""
        loud = [
            level
            for end, level in self.levels
            if end > self.judged and any(each.start < end <= each.end for each in spans)
        ]
        judged = max([self.judged, *(each.end for each in spans)])
        speech = (*self.speech, *loud)[-SPEECH_BLOCKS:]
        return _judged(replace(self, speech=speech, judged=judged))


def _measured(watch: Watch) -> Watch:
    """Take the quieter part of the first second for the room's own sound."""
    if watch.room_dbfs is not None or watch.samples < ROOM_S * watch.rate_hz:
        return watch
    quiet = sorted(level for _, level in watch.levels)[len(watch.levels) // 10]
    return replace(watch, room_dbfs=quiet)


def _judged(watch: Watch) -> Watch:
    now = next(_troubles(watch), None)
    if now is watch.trouble or now in watch.told:
        return watch if now is watch.trouble else replace(watch, trouble=None)
    return replace(watch, trouble=now, told=watch.told | {now} if now else watch.told)


def _troubles(watch: Watch) -> Iterator[LevelTrouble]:
    if watch.first is not None and watch.samples >= NOTHING_S * watch.rate_hz:
        yield LevelTrouble.SILENT
    if watch.loud_upto > watch.samples:
        yield LevelTrouble.CLIPPED
    if len(watch.speech) == SPEECH_BLOCKS:
        loud = float(np.percentile(watch.speech, LOUD_PERCENTILE))
        room = SILENCE_DBFS if watch.room_dbfs is None else watch.room_dbfs
        if loud < max(LOW_DBFS, room + ABOVE_ROOM_DB):
            yield LevelTrouble.QUIET
