"""Frames of any kind to one channel at one rate; knows PyAV's resampler, no file."""

from collections.abc import Iterator

import av
from av.audio.resampler import AudioResampler

from voicereflect.core.sound.channels import Mixing
from voicereflect.model import BYTES_PER_SAMPLE


class ToMono:
    """Rate, layout and format may change from frame to frame."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._mixing = Mixing(rate_hz)
        self._kind: tuple[str, str, int] | None = None
        self._channels = 1
        self._mix: AudioResampler | None = None
        self._each: AudioResampler | None = None

    @property
    def left_channels_out(self) -> bool:
        """Whether one channel was taken alone somewhere."""
        return self._mixing.is_alone

    def mono(self, frame: av.AudioFrame) -> Iterator[bytes]:
        """Give the samples of a frame; what is still on its way comes with a later one."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            yield from self.rest()
            self._kind, self._channels = kind, frame.layout.nb_channels
            self._mix = AudioResampler(format="s16", layout="mono", rate=self._rate_hz)
            self._each = AudioResampler(format="s16", layout=frame.layout.name, rate=self._rate_hz)
        yield self._resampled(frame)

    def rest(self) -> Iterator[bytes]:
        """Give what is still on its way."""
        if self._kind is not None:
            yield self._resampled(None)
        self._kind = None

    def _resampled(self, frame: av.AudioFrame | None) -> bytes:
        if self._mix is None or self._each is None:
            return b""
        mix = _pcm(self._mix, frame, 1)
        if self._channels == 1:
            return mix
        each = _pcm(self._each, frame, self._channels)
        return self._mixing.mixed(mix, each, self._channels)


def _pcm(resampler: AudioResampler, frame: av.AudioFrame | None, channels: int) -> bytes:
    pieces = resampler.resample(frame)
    return b"".join(
        bytes(piece.planes[0])[: piece.samples * channels * BYTES_PER_SAMPLE] for piece in pieces
    )
