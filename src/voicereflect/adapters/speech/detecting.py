"""Where a voice is heard, and how loud; knows the voice detector, and no speech model."""

import numpy as np
from faster_whisper.vad import VadOptions, get_speech_timestamps

from voicereflect.adapters.speech.sound import MODEL_RATE_HZ, Samples
from voicereflect.core.sound.endpoint import BREATH_S, SEGMENT_MAX_S
from voicereflect.model import Span

FRAME = MODEL_RATE_HZ * 30 // 1000
RAISED_DBFS = -20.0
RAISED_BY_DB = 45.0
NOTHING_DBFS = -90.0
"""Below this there are only zeros, and a flipped bit now and then."""


def speech(samples: Samples) -> tuple[Span, ...]:
    """Where a voice is heard; spans lie `BREATH_S` apart."""
    options = VadOptions(
        min_silence_duration_ms=int(BREATH_S * 1000),
        max_speech_duration_s=SEGMENT_MAX_S,
        speech_pad_ms=0,
    )
    found = get_speech_timestamps(raised(samples), options)
    return tuple(Span(each["start"], each["end"]) for each in found)


def level_dbfs(samples: Samples) -> float:
    """How loud the louder parts are: the 95th percentile of 30 ms frames."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    if not len(frames):
        return NOTHING_DBFS - 1
    power = (frames**2).mean(axis=1) + 1e-12
    return float(10 * np.log10(np.percentile(power, 95)))


def raised(samples: Samples) -> Samples:
    """Quiet speech raised to an ordinary level; everything else as it is.

    The detector hears levels, the model hardly does. At -30 dB it lost 89 of
    1129 words, raised 11, without any detector 9; on the noise set both give none.
    """
    level = level_dbfs(samples)
    if level < NOTHING_DBFS or level >= RAISED_DBFS:
        return samples
    gain = 10 ** (min(RAISED_DBFS - level, RAISED_BY_DB) / 20)
    louder: Samples = np.clip(samples * gain, -1.0, 1.0).astype(np.float32)
    return louder
