"""Claims about faster and slower speech."""

import numpy as np
import pytest

from voicereflect.adapters.tempo import at_speed
from voicereflect.model import Clip

RATE_HZ = 22_050
PITCH_HZ = 440


def tone(duration_s: float) -> Clip:
    at = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    wave = (np.sin(2 * np.pi * PITCH_HZ * at) * 9000).astype(np.int16)
    return Clip(pcm=wave.tobytes(), rate_hz=RATE_HZ)


def pitch_hz(clip: Clip) -> float:
    wave = np.frombuffer(clip.pcm, dtype=np.int16)
    return float(np.argmax(np.abs(np.fft.rfft(wave))) * clip.rate_hz / len(wave))


@pytest.mark.parametrize("speed", [0.5, 0.85, 1.3, 2.0])
def test_speech_takes_less_or_more_time_at_the_same_pitch(speed: float) -> None:
    clip = at_speed(tone(5.0), speed)
    assert clip.duration_s == pytest.approx(5 / speed, rel=0.02)
    assert clip.rate_hz == RATE_HZ
    assert pitch_hz(clip) == pytest.approx(PITCH_HZ, rel=0.01)


def test_at_its_own_speed_not_a_sample_changes() -> None:
    assert at_speed(tone(0.3), 1.0) == tone(0.3)


@pytest.mark.parametrize("samples", [0, 1, 100])
def test_hardly_any_sound_does_no_harm(samples: int) -> None:
    clip = at_speed(Clip(pcm=b"\1\0" * samples, rate_hz=RATE_HZ), 1.5)
    assert clip.samples <= 2 * samples
