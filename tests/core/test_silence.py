"""Claims about the silence that ends an answer, in samples; block sizes change nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vaults import noise
from voicereflect.core.session.speech.silence import CLOSE_S, GRACE_S, Sign, SilencePolicy

RATE_HZ = 1000
BLOCK = 50
QUIET = bytes(2 * BLOCK)
LOUD = noise(BLOCK, 7)
NEW = SilencePolicy(rate_hz=RATE_HZ, silence_s=8.0)
BEGUN = replace(NEW, begun=True)


def heard(
    policy: SilencePolicy, pcm: bytes, seconds: float, *, aside: bool = False
) -> tuple[SilencePolicy, list[tuple[float, Sign]]]:
    """The same block for so long; signs with the second at which they came."""
    signs = []
    for _ in range(round(seconds * RATE_HZ / BLOCK)):
        policy, sign = policy.heard(pcm, aside=aside)
        if sign is not None:
            signs.append((policy.samples / RATE_HZ, sign))
    return policy, signs


def test_a_tone_comes_after_the_silence_and_the_end_after_time_to_go_on() -> None:
    policy, signs = heard(BEGUN, QUIET, 8.0)
    assert signs == [(8.0, Sign.MOVING_ON)]
    policy, signs = heard(policy, LOUD, 0.5, aside=True)
    assert signs == []
    _, signs = heard(policy.tone_over(), QUIET, GRACE_S)
    assert signs == [(8.5 + GRACE_S, Sign.END)]


def test_whoever_goes_on_after_the_tone_is_not_cut_off() -> None:
    policy, _ = heard(BEGUN, QUIET, 8.0)
    policy = policy.tone_over()
    policy, _ = heard(policy, QUIET, GRACE_S - 1)
    policy, signs = heard(policy, LOUD, 3)
    assert signs == []
    _, signs = heard(policy, QUIET, 8.0)
    assert [sign for _, sign in signs] == [Sign.MOVING_ON]


def test_before_the_first_word_silence_ends_nothing_for_minutes() -> None:
    policy, signs = heard(NEW, QUIET, 46)
    assert signs == [(45.0, Sign.TAKE_YOUR_TIME)]
    _, signs = heard(policy, QUIET, CLOSE_S)
    assert signs[0] == (CLOSE_S, Sign.CLOSE)


def test_crying_is_not_silence() -> None:
    policy, _ = heard(BEGUN, QUIET, 7)
    policy, _ = heard(policy, LOUD, 0.5)  # no word to the voice detector
    _, signs = heard(policy, QUIET, 7.5)
    assert signs == []


def test_a_click_is_silence() -> None:
    policy, _ = heard(BEGUN, QUIET, 7)
    policy, _ = heard(policy, LOUD, 0.05)
    _, signs = heard(policy, QUIET, 1)
    assert [sign for _, sign in signs] == [Sign.MOVING_ON]


def test_a_noisy_room_is_silence() -> None:
    _, signs = heard(BEGUN, LOUD, 8.2)
    assert [sign for _, sign in signs] == [Sign.MOVING_ON]


def test_speech_heard_by_the_detector_counts_however_quiet() -> None:
    policy, _ = heard(NEW, QUIET, 5)
    policy = policy.spoken(5 * RATE_HZ)
    _, signs = heard(policy, QUIET, 8)
    assert signs == [(13.0, Sign.MOVING_ON)]


def test_without_an_end_by_silence_only_the_close_comes() -> None:
    never = replace(BEGUN, silence_s=None)
    _, signs = heard(never, QUIET, CLOSE_S)
    assert [sign for _, sign in signs] == [Sign.TAKE_YOUR_TIME, Sign.CLOSE]


def test_without_a_detector_loudness_begins_an_answer() -> None:
    deaf = replace(NEW, by_loudness=True)
    deaf, _ = heard(deaf, QUIET, 1)
    deaf, _ = heard(deaf, LOUD, 1)
    _, signs = heard(deaf, QUIET, 8)
    assert [sign for _, sign in signs] == [Sign.MOVING_ON]


def test_a_question_asked_again_begins_the_silence_anew() -> None:
    policy, _ = heard(BEGUN, QUIET, 7)
    _, signs = heard(policy.anew(), QUIET, 7)
    assert signs == []


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 60)), max_size=12))
def test_an_end_never_comes_without_a_tone_before_it(course: list[tuple[bool, int]]) -> None:
    policy = BEGUN
    toned = False
    for loud, tenths in course:
        policy, signs = heard(policy, LOUD if loud else QUIET, tenths / 10)
        for _, sign in signs:
            assert sign is not Sign.END or toned
            toned = toned or sign is Sign.MOVING_ON


@pytest.mark.parametrize("silence_s", [8.0, 15.0, 30.0])
def test_each_depth_waits_as_long_as_it_says(silence_s: float) -> None:
    _, signs = heard(replace(BEGUN, silence_s=silence_s), QUIET, silence_s + 1)
    assert signs == [(silence_s, Sign.MOVING_ON)]
