"""Claims about the voice: what is asked is really heard from the loudspeaker."""

import re
from array import array
from pathlib import Path

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from tests.support.natural import natural_voice
from tests.support.product import ENTER, Person
from tests.support.rigs import AlsaFileCard, PulseRig
from tests.support.waiting import comes_true
from voicereflect.adapters.portaudio.resample import resampled
from voicereflect.adapters.voice.natural import NaturalVoice, is_installed
from voicereflect.adapters.voice.parent import Pyttsx3Voice
from voicereflect.model import Clip
from voicereflect.ports.voice import Voice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("no_model"),
    pytest.mark.xdist_group("paced"),
]

RATE_WPM = 150
PAUSE_S = 0.4


def rendered(words: str, *, pace: float = 1.0) -> Clip:
    """The clip a session plays for these words: by the natural voice, where it is installed."""
    voice: Voice = Pyttsx3Voice(None, RATE_WPM)
    if is_installed():
        voice = NaturalVoice(RATE_WPM, pause_s=PAUSE_S, timeout_s=60)
    try:
        return voice.render(words, pace=pace)
    finally:
        voice.close()


def asked(person: Person) -> str:
    found = re.search(r"1 of 5: (.+)", person.shown, re.DOTALL)
    assert found, person.shown
    words = re.split(r"ENTER|Recording\.|The speech model", found[1])[0]  # whichever comes first
    return " ".join(words.split())


def floats(pcm: bytes) -> NDArray[np.float64]:
    return np.array(array("h", pcm), dtype=np.float64)


def best_match(heard: NDArray[np.float64], clip: NDArray[np.float64]) -> tuple[float, int]:
    """The highest normalised correlation of a clip with any stretch, and where it begins."""
    size = 1 << (len(heard) + len(clip)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(clip, size))
    correlation = np.fft.irfft(product, size)[: len(heard) - len(clip) + 1]
    energy = np.concatenate([[0.0], np.cumsum(heard**2)])
    stretch = np.sqrt(np.maximum(energy[len(clip) :] - energy[: -len(clip)], 1.0))
    scores = correlation / (stretch * np.sqrt(np.sum(clip**2)))
    place = int(np.argmax(scores))
    return float(scores[place]), place


def test_opening_and_question_reach_the_loudspeaker_bit_by_bit(tmp_path: Path) -> None:
    with (
        AlsaFileCard(tmp_path, pace=1.0) as card,
        Person("reflect", "everyday", env=card.env) as person,
    ):
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(r"Recording\.")
        person.presses("r")
        person.presses("q")
        person.sees("Saved: 1 answer")
        assert person.leaves() == 0
        words = asked(person)
        played = card.played()
    assert any(rendered(words).pcm in each for each in played)


def test_slower_is_really_slower(tmp_path: Path) -> None:
    with (
        AlsaFileCard(tmp_path, pace=1.0) as card,
        Person("reflect", "everyday", env=card.env) as person,
    ):
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(r"Recording\.")
        words = asked(person)
        slow = rendered(words, pace=0.85).pcm
        assert len(slow) > len(rendered(words).pcm) * 1.05
        person.presses("l")
        again = comes_true(lambda: any(slow in each for each in card.played()), look_s=0.1)
        assert again, "it was not asked again, slower"


def test_the_whole_question_is_heard_before_the_recording_begins() -> None:
    """On a card that plays in real time, overheard at its monitor."""
    with (
        PulseRig() as rig,
        rig.record_speaker() as heard,
        Person("reflect", "everyday", env=rig.env) as person,
    ):
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(r"Recording\.")
        until_recording = heard.pcm
        words = asked(person)
        person.presses("q")
        person.sees("Saved: 1 answer")
        assert person.leaves() == 0
    clip = resampled(rendered(words), heard.rate_hz)
    speech = floats(clip.pcm)
    score, place = best_match(floats(until_recording), np.trim_zeros(speech))
    assert score > 0.9, f"the question was not found, best {score:.2f}"
    assert place > 0, "the opening comes first"


def test_a_natural_voice_that_dies_costs_one_line_and_no_process_is_left(tmp_path: Path) -> None:
    natural_voice()
    with (
        AlsaFileCard(tmp_path, pace=1.0) as card,
        Person("reflect", "everyday", env=card.env) as person,
    ):
        person.sees("ENTER begins")
        children = psutil.Process(person.process.pid).children(recursive=True)
        (voice,) = [each for each in children if each.cmdline()[-1].endswith("natural_child")]
        voice.kill()
        person.presses(ENTER)
        failed = r"The natural voice failed\. The system's own voice goes on\."
        if person.sees(f"{failed}|Recording", timeout_s=60) == "Recording":
            person.presses("l")  # the question was made ahead; said slower it is made anew
            person.sees(failed, timeout_s=60)
        person.presses("q")
        assert person.leaves() == 0
    assert not [each for each in children if each.is_running()]
