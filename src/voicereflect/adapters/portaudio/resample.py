"""Brings a clip to another sample rate, for devices that accept only their own.

Knows PyAV's resampler; must not know devices.
"""

from voicereflect.model import BYTES_PER_SAMPLE, Clip


def resampled(clip: Clip, rate_hz: int) -> Clip:
    """Give the same sound at `rate_hz`, filtered as well as FFmpeg can."""
    import av  # noqa: PLC0415 - slow to load, and most devices never need it

    frame = av.AudioFrame(format="s16", layout="mono", samples=clip.samples)
    frame.sample_rate = clip.rate_hz
    frame.planes[0].update(clip.pcm.ljust(frame.planes[0].buffer_size, b"\0"))
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
    pieces = [*resampler.resample(frame), *resampler.resample(None)]
    pcm = b"".join(bytes(piece.planes[0])[: piece.samples * BYTES_PER_SAMPLE] for piece in pieces)
    return Clip(pcm=pcm, rate_hz=rate_hz)
