"""Soft tones for closed eyes: listening, about to go on, saved; arithmetic, no sound device."""

import math
from array import array
from enum import Enum
from typing import Final

from voicereflect.model import Clip

RATE_HZ: Final = 22_050
LOUDNESS: Final = 0.12
"""Of full scale: clearly softer than the voice."""
GAP_S: Final = 0.12
"""Silence before a tone, so that it does not stick to a word."""


class Tone(Enum):
    """Each as notes of a frequency in hertz and a length in seconds."""

    LISTENING = ((523.25, 0.14), (659.25, 0.22))
    MOVING_ON = ((392.0, 0.5),)
    FEEDBACK = ((784.0, 0.1),)
    """A key was heard, and its line comes later."""
    SAVED = ((659.25, 0.14), (523.25, 0.26))


def clip_of(tone: Tone) -> Clip:
    """Make a tone's sound; every note swells and fades, so that none clicks."""
    samples = array("h", bytes(2 * int(GAP_S * RATE_HZ)))
    for frequency_hz, length_s in tone.value:
        count = int(length_s * RATE_HZ)
        samples.extend(
            round(
                32_767
                * LOUDNESS
                * math.sin(math.pi * number / count)
                * math.sin(2 * math.pi * frequency_hz * number / RATE_HZ)
            )
            for number in range(count)
        )
    return Clip(pcm=samples.tobytes(), rate_hz=RATE_HZ)


def silence(seconds: float) -> Clip:
    """Make a stillness that is cut off like any sound."""
    return Clip(pcm=bytes(2 * int(seconds * RATE_HZ)), rate_hz=RATE_HZ)
