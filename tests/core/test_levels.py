"""Claims about how loud a block is."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.sound.levels import SILENCE_DBFS, LevelTrouble, Watch, level_dbfs

blocks = st.lists(st.integers(-32768, 32767), min_size=1, max_size=200)


def pcm_of(samples: list[int]) -> bytes:
    return struct.pack(f"<{len(samples)}h", *samples)


def test_the_loudest_square_wave_is_full_scale() -> None:
    assert level_dbfs(pcm_of([-32768] * 64)) == 0.0


def test_a_full_sine_lies_three_decibels_under_full_scale() -> None:
    sine = [round(32767 * math.sin(2 * math.pi * n / 64)) for n in range(640)]
    assert level_dbfs(pcm_of(sine)) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("pcm", [b"", bytes(2), bytes(2000)])
def test_silence_and_nothing_at_all_have_the_floor_of_sixteen_bits(pcm: bytes) -> None:
    assert level_dbfs(pcm) == SILENCE_DBFS


def test_the_faintest_sample_in_a_long_block_is_not_under_the_floor() -> None:
    assert level_dbfs(pcm_of([1] + [0] * 9999)) == SILENCE_DBFS


@given(blocks)
def test_a_level_lies_between_the_floor_and_full_scale(samples: list[int]) -> None:
    assert SILENCE_DBFS <= level_dbfs(pcm_of(samples)) <= 0.0


@given(st.lists(st.integers(-16384, 16383).filter(lambda n: abs(n) > 100), min_size=1))
def test_twice_as_large_is_six_decibels_louder(samples: list[int]) -> None:
    louder = level_dbfs(pcm_of([2 * sample for sample in samples]))
    assert louder - level_dbfs(pcm_of(samples)) == pytest.approx(6.02, abs=0.01)


@given(blocks)
def test_the_order_of_the_samples_does_not_matter(samples: list[int]) -> None:
    assert level_dbfs(pcm_of(samples)) == pytest.approx(level_dbfs(pcm_of(samples[::-1])))


@pytest.mark.parametrize("loud_first", [True, False])
def test_one_note_is_enough_of_a_microphone_that_gives_nothing(*, loud_first: bool) -> None:
    """Also where a click of a few samples comes before the silence, or in it."""
    click, nothing = pcm_of([1, -1] * 5 + [0] * 790), bytes(1600)
    blocks = [nothing] * 120
    blocks[0 if loud_first else 60] = click
    assert told(blocks) == [LevelTrouble.SILENT]


def test_a_quiet_voice_is_told_once_and_a_microphone_that_is_muted_later_too() -> None:
    quiet = pcm_of([9, -9] * 400)
    assert told([quiet] * 120) == [LevelTrouble.QUIET]
    assert told([quiet] * 120 + [bytes(1600)] * 120) == [LevelTrouble.QUIET, LevelTrouble.SILENT]


def told(blocks: list[bytes]) -> list[LevelTrouble]:
    """What is said of blocks of a twentieth of a second."""
    watch, troubles = Watch(rate_hz=16_000), []
    for block in blocks:
        watch, trouble = watch.heard(block)
        troubles.append(trouble)
    return [each for each in troubles if each]
