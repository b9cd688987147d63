"""Hands-free: how long a silence is waited for, and what it comes to; counts in samples of a take.

Silence is neither speech to the voice detector nor sound clearly above the room:
crying and breath are not silence. Before the first word nothing ends an answer.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

from voicereflect.core.sound.levels import level_dbfs
from voicereflect.model import samples_in

GRACE_S = 4.0
"""After the tone: time to go on."""
TAKE_YOUR_TIME_S = 45.0  # practices of the product's voice: once an answer
CLOSE_S = 300.0
ABOVE_ROOM_DB = 10.0
"""So much louder than the room is a sound; breath near the microphone passes it."""
FLOOR_DBFS = -55.0
"""Nothing quieter counts, however quiet the room is."""
LOUD_S = 0.15
"""A click is shorter."""
ROOM_BLOCKS = 200


class Sign(Enum):
    """What a silence comes to."""

    MOVING_ON = auto()
    """Time for the tone: the answer is about to end."""
    END = auto()
    TAKE_YOUR_TIME = auto()
    CLOSE = auto()
    """Nobody has spoken for minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SilencePolicy:
    """What has been heard of a take, as far as its end needs it."""

    rate_hz: int
    silence_s: float | None
    """Before the tone; None: silence never ends the answer."""
    samples: int = 0
    sound_upto: int = 0
    """Where the last sound ended; our own tones and prompts do not count."""
    begun: bool = False
    """A word has been heard."""
    tone_at: int | None = None
    """Where the tone ended that announces the end."""
    announced: bool = False
    """It was said that there is time."""
    levels: tuple[float, ...] = ()
    """Of the last seconds, for the room's own."""
    loud: int = 0
    """Samples in a row above the room."""
    by_loudness: bool = False
    """There is no voice detector: sound counts as words."""

    def heard(self, pcm: bytes, *, aside: bool) -> "tuple[SilencePolicy, Sign | None]":
        """Take the next block; `aside`: we speak ourselves, so it tells nothing."""
        count = samples_in(pcm)
        moved = replace(self, samples=self.samples + count)
        if aside:
            return replace(moved, loud=0), None
        level = level_dbfs(pcm)
        loud = self.loud + count if self._above_room(level) else 0
        moved = replace(moved, loud=loud, levels=(*self.levels, level)[-ROOM_BLOCKS:])
        if loud >= LOUD_S * self.rate_hz:
            moved = _sounded(moved, moved.samples, words=self.by_loudness)
        return _signed(moved)

    def spoken(self, upto: int) -> "SilencePolicy":
        """Take what the voice detector says: speech up to this sample."""
        return _sounded(self, upto, words=True) if upto > self.sound_upto else self

    def tone_over(self) -> "SilencePolicy":
        """Our tone or a word of ours has been heard; time to go on begins now."""
        return replace(self, tone_at=self.samples if self.tone_at is not None else None)

    def anew(self) -> "SilencePolicy":
        """Something was asked again: the silence begins anew."""
        return replace(self, sound_upto=self.samples, tone_at=None)

    def unbegun(self, *, always: bool) -> "SilencePolicy":
        """What was said was no answer; `always`: a silence replies all the same."""
        return replace(self, begun=always)

    def _above_room(self, level: float) -> bool:
        if len(self.levels) < 2:
            return False
        room = sorted(self.levels)[len(self.levels) // 10]
        return level > max(FLOOR_DBFS, room + ABOVE_ROOM_DB)


def _sounded(policy: SilencePolicy, upto: int, *, words: bool) -> SilencePolicy:
    tone_at = policy.tone_at
    return replace(
        policy,
        sound_upto=max(policy.sound_upto, upto),
        begun=policy.begun or words,
        tone_at=None if tone_at is not None and upto > tone_at else tone_at,
    )


def _signed(policy: SilencePolicy) -> tuple[SilencePolicy, Sign | None]:
    silent_s = (policy.samples - policy.sound_upto) / policy.rate_hz
    if policy.tone_at is not None:
        grace = policy.samples - policy.tone_at
        return policy, Sign.END if grace >= GRACE_S * policy.rate_hz else None
    if policy.begun and policy.silence_s is not None and silent_s >= policy.silence_s:
        return replace(policy, tone_at=policy.samples), Sign.MOVING_ON
    if silent_s >= CLOSE_S:
        return policy, Sign.CLOSE
    if silent_s >= TAKE_YOUR_TIME_S and not policy.announced:
        return replace(policy, announced=True), Sign.TAKE_YOUR_TIME
    return policy, None
