"""The natural voice where it is installed; where a build must have it, its absence is a fault."""

import os

import pytest

from voicereflect.adapters.voice.natural import NaturalVoice, is_installed


def natural_voice(rate_wpm: int = 150, *, pause_s: float = 0.0) -> NaturalVoice:
    """A voice with plenty of time, for a machine that is busy with other tests."""
    if not is_installed():
        reason = "the natural voice is not installed: `make voice`"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return NaturalVoice(rate_wpm, pause_s=pause_s, timeout_s=120)
