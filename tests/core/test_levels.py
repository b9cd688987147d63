"""Claims about how loud a block is."""

import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.sound.levels import SILENCE_DBFS, LevelTrouble, Watch, level_dbfs
from voicereflect.model import Span

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


RATE_HZ = 16_000
BLOCK = 800
NOTHING = bytes(2 * BLOCK)


def noise(dbfs: float, seconds: float, seed: int = 1) -> list[bytes]:
    """White noise of so many decibels, in blocks of a twentieth of a second."""
    rng = np.random.default_rng(seed)
    scale = 32768 * 10 ** (dbfs / 20)
    count = round(seconds * RATE_HZ / BLOCK)
    return [
        np.clip(np.round(rng.normal(0, scale, BLOCK)), -32768, 32767).astype(np.int16).tobytes()
        for _ in range(count)
    ]


def silence(seconds: float) -> list[bytes]:
    return [NOTHING] * round(seconds * RATE_HZ / BLOCK)


def told(
    blocks: list[bytes], speech: tuple[Span, ...] = (), watch: Watch | None = None
) -> tuple[list[LevelTrouble | None], Watch]:
    """What is shown, in turn, of blocks in which a voice was heard here and there."""
    watch = watch or Watch(rate_hz=RATE_HZ)
    shown: list[LevelTrouble | None] = [None]
    for number, block in enumerate(blocks, start=1):
        watch = watch.heard(block)
        upto = number * BLOCK
        watch = watch.spoken([Span(s.start, min(s.end, upto)) for s in speech if s.start < upto])
        if watch.trouble is not shown[-1]:
            shown.append(watch.trouble)
    return shown[1:], watch


def at(first_s: float, last_s: float) -> Span:
    return Span(round(first_s * RATE_HZ), round(last_s * RATE_HZ))


def test_a_quiet_room_and_a_pause_for_thought_are_no_trouble() -> None:
    blocks = [*noise(-60, 21), *noise(-25, 5), *noise(-60, 21)]
    assert told(blocks, (at(21, 26),))[0] == []


def test_a_gate_that_sends_zeros_between_words_is_no_trouble() -> None:
    blocks = [*noise(-60, 0.3), *silence(25), *noise(-25, 4), *silence(25)]
    assert told(blocks, (at(25.3, 29.3),))[0] == []


@pytest.mark.parametrize("value", [0, -1])
def test_a_microphone_that_gives_nothing_is_told_after_ten_seconds_until_sound_comes(
    value: int,
) -> None:
    dead = [pcm_of([value] * BLOCK)] * 199
    assert told(dead)[0] == []
    shown, watch = told([*dead, *dead[:1]])
    assert shown == [LevelTrouble.SILENT]
    assert watch.heard(noise(-60, 0.05)[0]).trouble is None


def test_speech_hardly_louder_than_the_room_is_told_once_in_a_sitting_and_goes() -> None:
    low = [*noise(-40, 2), *noise(-37, 4)]
    shown, watch = told(low, (at(2, 6),))
    assert shown == [LevelTrouble.QUIET]
    near = watch
    for number, block in enumerate(noise(-15, 4), start=1):
        end = round(6 * RATE_HZ) + number * BLOCK
        near = near.heard(block).spoken([Span(round(6 * RATE_HZ), end)])
    assert near.trouble is None
    assert told(low, (at(2, 6),), watch.next_take(RATE_HZ))[0] == []


def test_speech_too_low_to_be_read_is_told_in_a_silent_room_too() -> None:
    assert told([*silence(1), *noise(-75, 4)], (at(1, 5),))[0] == [LevelTrouble.QUIET]
    assert told([*silence(1), *noise(-55, 4)], (at(1, 5),))[0] == []


def test_a_room_is_measured_once_a_sitting() -> None:
    _, watch = told(noise(-60, 1))
    again = watch.next_take(RATE_HZ)
    assert told(noise(-20, 1), (), again)[1].room_dbfs == watch.room_dbfs


def test_what_is_ours_in_a_take_is_nobodys_voice() -> None:
    watch = Watch(rate_hz=RATE_HZ)
    for block in noise(-60, 1):
        watch = watch.heard(block)
    for number, block in enumerate(noise(-59, 5), start=1):
        watch = watch.heard(block, aside=True).spoken([Span(RATE_HZ, RATE_HZ + number * BLOCK)])
    assert watch.trouble is None


def test_sound_that_is_too_loud_is_told_for_a_while() -> None:
    shown, _ = told([*noise(0, 1), *noise(-30, 7)])
    assert shown == [LevelTrouble.CLIPPED, None]
