"""A tone to be recorded, written or heard again."""

from array import array
from math import pi, sin


def tone(duration_s: float, rate_hz: int, frequency_hz: float = 440.0) -> "array[int]":
    """Samples of 16 bits, a quarter of full scale."""
    step = 2 * pi * frequency_hz / rate_hz
    return array("h", (round(9_000 * sin(step * n)) for n in range(round(duration_s * rate_hz))))
