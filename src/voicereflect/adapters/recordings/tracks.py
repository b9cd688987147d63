"""Which of several tracks of a file carries the voice: the one where most stands out from noise."""

from array import array
from pathlib import Path

from voicereflect.adapters.recordings.containers import opened
from voicereflect.adapters.recordings.mono import ToMono
from voicereflect.adapters.recordings.packets import Packets
from voicereflect.core.sound.channels import strength

_RATE_HZ = 16_000
_LOOK_S = 0.25
_LOOK_BYTES = round(_RATE_HZ * _LOOK_S) * 2
_LEAST = 400.0
"""Power below which a stretch is silence: about 60 dB below the loudest."""
_TIMES = 4.0
"""Times the power of the quiet stretches from which on one stands out."""
_BETTER = 1.25
"""Times the stretches that another track must have to be taken instead of an earlier one."""


class _Measured:
    """The strength of a track, stretch by stretch."""

    def __init__(self) -> None:
        self.to_mono = ToMono(_RATE_HZ)
        self._waiting = bytearray()
        self._powers = array("d")

    def add(self, pcm: bytes) -> None:
        self._waiting += pcm
        while len(self._waiting) >= _LOOK_BYTES:
            stretch = bytes(self._waiting[:_LOOK_BYTES])
            del self._waiting[:_LOOK_BYTES]
            self._powers.append(strength(memoryview(stretch).cast("h"), 0, 1, _RATE_HZ))

    @property
    def sounding(self) -> int:
        """How many stretches are no silence."""
        return sum(power > _LEAST for power in self._powers)

    @property
    def voiced(self) -> int:
        """How many of them stand out."""
        quiet = sorted(self._powers)[len(self._powers) // 10] if self._powers else 0.0
        return sum(power > max(_LEAST, _TIMES * quiet) for power in self._powers)


def voiced_track(path: Path) -> tuple[int, int]:
    """Choose a track, counted from 0, and tell how many others hold any sound.

    A file of several tracks is decoded once for this.

    Raises:
        RecordingUnreadable: there is no sound in it.
    """
    container = opened(path)
    try:
        tracks = container.streams.audio
        if len(tracks) == 1:
            return 0, 0
        found = {track.index: _Measured() for track in tracks}
        for track, frame in Packets(path, container, tracks).frames():
            measured = found[track.index]
            for pcm in measured.to_mono.mono(frame):
                measured.add(pcm)
        chosen = _best([found[track.index] for track in tracks])
        others = [found[track.index] for track in tracks if track is not tracks[chosen]]
        return chosen, sum(1 for each in others if each.sounding)
    finally:
        container.close()


def _best(found: list[_Measured]) -> int:
    chosen = 0
    for position, each in enumerate(found):
        now, here = found[chosen], each
        if here.voiced > _BETTER * now.voiced or (not now.sounding and here.sounding):
            chosen = position
    return chosen
