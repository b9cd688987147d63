"""Which of several channels is heard; knows samples, neither devices nor files.

How strong a channel is, is measured by differences over half a millisecond, which let
the hum of the mains nearly vanish, at a few places of each block.
"""

_LAG_S = 0.0005
_EVERY = 31
_RISES = 1.05
"""How fast the noise that is always there may grow from block to block."""
_CLEARLY = 4.0
"""Times the power by which another channel must be stronger to be heard instead."""
_AUDIBLE = 16.0
"""Less power than this is the noise of rounding."""


def strength(samples: "memoryview[int]", channel: int, channels: int, rate_hz: int) -> float:
    """Give the mean power of one channel of interleaved 16-bit samples."""
    lag = max(1, round(rate_hz * _LAG_S)) * channels
    step = _EVERY * channels
    pairs = list(zip(samples[channel + lag :: step], samples[channel::step], strict=False))
    return sum((late - early) ** 2 for late, early in pairs) / len(pairs) if pairs else 0.0


class VoicedChannel:
    """Of a device's channels, the one on which something beyond steady noise is heard."""

    def __init__(self, channels: int, rate_hz: int) -> None:
        self._channels = channels
        self._rate_hz = rate_hz
        self._heard = 0
        self._floors = [1.0] * channels

    def again(self, channels: int, rate_hz: int) -> "VoicedChannel":
        """Give what goes on where this left off; anew where the device gives other channels."""
        same = (channels, rate_hz) == (self._channels, self._rate_hz)
        return self if same else VoicedChannel(channels, rate_hz)

    def heard(self, pcm: bytes) -> bytes:
        """Give the samples of that channel; another one is taken once it is clearly stronger."""
        if self._channels == 1:
            return pcm
        samples = memoryview(pcm).cast("h")
        strengths = [self._beyond_noise(samples, each) for each in range(self._channels)]
        best = max(range(self._channels), key=strengths.__getitem__)
        if strengths[best] > max(_AUDIBLE, _CLEARLY * strengths[self._heard]):
            self._heard = best  # at once, so that no beginning of a word is lost
        return samples[self._heard :: self._channels].tobytes()

    def _beyond_noise(self, samples: "memoryview[int]", channel: int) -> float:
        power = strength(samples, channel, self._channels, self._rate_hz)
        floor = max(1.0, min(power, self._floors[channel] * _RISES))
        self._floors[channel] = floor
        return power - 2 * floor


class Mixing:
    """Of a recording's channels, their mix, or the strongest alone where the mix would lose it.

    Channels of opposite polarity cancel each other; one voice among many silent channels fades.
    """

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self.is_alone = False
        """Whether one channel was ever taken alone."""

    def mixed(self, mix: bytes, interleaved: bytes, channels: int) -> bytes:
        """Give one channel of the same length; `mix` is all of them together."""
        samples = memoryview(interleaved).cast("h")
        found = [strength(samples, each, channels, self._rate_hz) for each in range(channels)]
        together = strength(memoryview(mix).cast("h"), 0, 1, self._rate_hz)
        best = max(range(channels), key=found.__getitem__)
        # a voice on one of two channels alone has a quarter of its power in the mix
        if found[best] < _AUDIBLE or together * 4 * channels > found[best]:
            return mix
        self.is_alone = True
        return samples[best::channels].tobytes()
