"""Claims about which of several channels is heard."""

import random
from array import array
from math import pi, sin

import pytest

from voicereflect.core.sound.channels import VoicedChannel

RATE_HZ = 48_000
BLOCK = RATE_HZ // 20


def tone(blocks: int, frequency_hz: float, loud: int = 3_000) -> list[int]:
    step = 2 * pi * frequency_hz / RATE_HZ
    return [round(loud * sin(step * n)) for n in range(blocks * BLOCK)]


def noise(blocks: int, loud: int) -> list[int]:
    dice = random.Random(1)
    return [dice.randint(-loud, loud) for _ in range(blocks * BLOCK)]


def heard(*channels: list[int]) -> list[int]:
    choice, found = VoicedChannel(len(channels), RATE_HZ), array("h")
    for at in range(0, len(channels[0]), BLOCK):
        parts = (each[at : at + BLOCK] for each in channels)
        together = array("h", (each for moment in zip(*parts, strict=True) for each in moment))
        found.frombytes(choice.heard(together.tobytes()))
    return list(found)


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_a_voice_is_heard_whole_on_whichever_channel_it_is(count: int) -> None:
    voice = tone(20, 500)
    for place in range(count):
        channels = [[0] * len(voice)] * count
        channels[place] = voice
        assert heard(*channels) == voice


def test_of_channels_alike_the_first_is_heard_throughout() -> None:
    voice = tone(20, 500)
    assert heard(voice, [each // 2 for each in voice]) == voice
    assert heard(voice, [-each for each in voice]) == voice


@pytest.mark.parametrize("other", [tone(40, 50, 6_000), noise(40, 500)], ids=["hum", "hiss"])
def test_a_voice_is_heard_beside_hum_and_hiss(other: list[int]) -> None:
    voice = [0] * (20 * BLOCK) + tone(20, 700)
    assert heard(other, voice)[20 * BLOCK :] == voice[20 * BLOCK :]


def test_two_people_who_take_turns_on_two_channels_are_both_heard() -> None:
    one = tone(20, 500) + [0] * (20 * BLOCK)
    other = [0] * (20 * BLOCK) + tone(20, 700)
    assert heard(one, other) == one[: 20 * BLOCK] + other[20 * BLOCK :]
