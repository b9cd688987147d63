"""A recording's frames, packet by packet, past whatever is damaged; knows PyAV's decoders."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from voicereflect.adapters.recordings.containers import translated
from voicereflect.errors import RecordingUnreadable

_MOST_IN_A_ROW = 1000
"""Failures to read on, after which nothing more is expected of a file."""


class Packets:
    """The frames of some tracks of one container, which can be read once."""

    def __init__(
        self, path: Path, container: InputContainer, tracks: Sequence[AudioStream]
    ) -> None:
        self._path = path
        self._container = container
        self._tracks = tracks
        self._broken, self._broken_s = 0, 0.0
        self.gaps, self.gaps_s = 0, 0.0
        """Packets that were damaged with sound behind them, and the length they tell."""

    @property
    def ends_in_damage(self) -> bool:
        """Whether a damaged packet has no sound behind it."""
        return self._broken > 0

    def frames(self) -> Iterator[tuple[AudioStream, av.AudioFrame]]:
        """Give all that can be decoded."""
        for packet in self._packets():
            try:
                with translated(self._path):
                    frames = packet.decode()
            except RecordingUnreadable:
                self._broken += 1
                if packet.duration and packet.time_base:
                    self._broken_s += float(packet.duration * packet.time_base)
                continue
            for frame in frames:
                self.gaps, self._broken = self.gaps + self._broken, 0
                self.gaps_s, self._broken_s = self.gaps_s + self._broken_s, 0.0
                yield packet.stream, frame

    def _packets(self) -> "Iterator[av.Packet[AudioStream]]":
        failures = 0
        while failures < _MOST_IN_A_ROW:
            try:
                with translated(self._path):
                    for packet in self._container.demux(tuple(self._tracks)):
                        failures = 0
                        yield packet
                    return
            except RecordingUnreadable:
                failures += 1
                self._broken += 1
