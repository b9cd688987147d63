"""Claims about the paced sound rig that other tests stand on."""

import json
import subprocess
import sys
import time
from array import array
from pathlib import Path

import numpy as np
import pytest

from tests.support.rigs import CARD_RATE_HZ, PulseRig
from tests.support.tones import tone
from tests.support.waiting import PATIENCE_S

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("paced")]

HEARS = """
import json, sys, time
from voicereflect.adapters.portaudio.microphone import Microphone

class Ear:
    blocks, problems = [], []
    def heard(self, pcm):
        self.blocks.append(pcm)
        return True
    def ended(self, problem):
        self.problems.append(problem)

microphone = Microphone(None)
microphone.prepare("deck/prompt")
microphone.start(Ear())
sys.stdout.write("listening\\n")
sys.stdout.flush()
sys.stdin.readline()
microphone.stop()
found = {"pcm": b"".join(Ear.blocks).hex(), "overflows": microphone.overflows}
sys.stdout.write(json.dumps(found | {"problems": len(Ear.problems)}))
"""


def loud_s(pcm: bytes, rate_hz: int = CARD_RATE_HZ) -> float:
    """Time between the first and the last loud sample."""
    loud = np.flatnonzero(np.abs(np.array(array("h", pcm), dtype=int)) > 500)
    return float(loud[-1] - loud[0]) / rate_hz if len(loud) else 0.0


def test_what_is_fed_to_the_microphone_arrives_in_real_time_and_whole() -> None:
    with (
        PulseRig() as rig,
        subprocess.Popen(
            [sys.executable, "-c", HEARS],
            env=rig.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as child,
    ):
        assert child.stdout is not None
        assert child.stdout.readline() == "listening\n"
        started = time.monotonic()
        rig.speak(tone(2.0, 16_000).tobytes(), 16_000)
        took_s = time.monotonic() - started
        told, _ = child.communicate("enough\n", timeout=PATIENCE_S)
    found = json.loads(told)
    assert found["overflows"] == found["problems"] == 0
    assert took_s > 1.9
    assert loud_s(bytes.fromhex(found["pcm"])) == pytest.approx(2.0, abs=0.02)


def test_with_an_echo_the_speaker_reaches_the_microphone() -> None:
    with PulseRig(echo=True) as rig, rig.record_microphone() as heard:
        rig.play(tone(1.0, CARD_RATE_HZ).tobytes())
        time.sleep(0.5)
    assert loud_s(heard.pcm) > 0.8


def test_without_an_echo_the_microphone_does_not_hear_the_speaker() -> None:
    with PulseRig() as rig, rig.record_microphone() as heard, rig.record_speaker() as overheard:
        rig.play(tone(1.0, CARD_RATE_HZ).tobytes())
    assert loud_s(overheard.pcm) == pytest.approx(1.0, abs=0.05)
    assert loud_s(heard.pcm) == 0


def test_two_rigs_do_not_hear_each_other() -> None:
    with (
        PulseRig() as one,
        PulseRig() as other,
        one.record_speaker() as here,
        other.record_speaker() as there,
    ):
        one.play(tone(0.5, CARD_RATE_HZ).tobytes())
    assert loud_s(here.pcm) > 0.4
    assert loud_s(there.pcm) == 0


def test_a_rig_leaves_no_server_and_no_file() -> None:
    with PulseRig() as rig:
        folder = Path(rig.env["PULSE_RUNTIME_PATH"])
        pid = int((folder / "pid").read_text())
        assert Path(f"/proc/{pid}").exists()
    assert not Path(f"/proc/{pid}").exists()
    assert not folder.exists()
