"""Claims about the sound devices, on a card made of files; PortAudio runs in child processes."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from array import array
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.support.rigs import CARD_RATE_HZ, AlsaFileCard, Heard, PulseRig
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.portaudio import probe
from voicereflect.adapters.portaudio.library import HINTS, load, translated
from voicereflect.adapters.portaudio.microphone import settings_to_try
from voicereflect.adapters.portaudio.probe import DeviceTrouble, Survey, survey
from voicereflect.adapters.portaudio.resample import resampled
from voicereflect.adapters.voice.parent import Pyttsx3Voice
from voicereflect.errors import NoLoudspeaker, NoMicrophone
from voicereflect.model import Clip

pytestmark = pytest.mark.xdist_group("paced")

BEGIN = """
import json, os, sys, threading, time
from voicereflect.adapters.portaudio.loudspeaker import PortAudioLoudspeaker
from voicereflect.adapters.portaudio.microphone import Microphone
from voicereflect.errors import ReflectError
from voicereflect.model import Clip

class Ear:
    def __init__(self, room=True):
        self.blocks, self.problems, self.room = [], [], room
        self.over = threading.Event()
    def heard(self, pcm):
        self.blocks.append(pcm)
        return self.room
    def ended(self, problem):
        self.problems.append(problem)
        self.over.set()

def play(loudspeaker, clip):
    over, problems = threading.Event(), []
    loudspeaker.play(clip, lambda problem: (problems.append(problem), over.set()))
    return over, problems

def wait_for(what, timeout_s=60):
    deadline = time.monotonic() + timeout_s
    while not what():
        if time.monotonic() > deadline:
            raise SystemExit("waited in vain")
        time.sleep(0.002)

def tell(**found):
    sys.stdout.write(json.dumps(found))
"""


def run(card_env: Mapping[str, str], code: str, given: str = "") -> dict[str, Any]:
    """Run code that uses sound devices; give what it tells."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + textwrap.dedent(code)],
        env=card_env,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    found["stderr"] = done.stderr
    return found


def noise(duration_s: float, rate_hz: int = CARD_RATE_HZ, seed: int = 1) -> bytes:
    dice = np.random.default_rng(seed)
    samples = dice.integers(-9_000, 9_000, round(duration_s * rate_hz), dtype=np.int16)
    return samples.tobytes()


@pytest.fixture
def card(tmp_path: Path) -> AlsaFileCard:
    return AlsaFileCard(tmp_path)


def surveyed(env: dict[str, str]) -> dict[str, Any]:
    code = """
        from voicereflect.adapters.portaudio.probe import survey
        found = survey()
        tell(
            devices=[[d.name, d.inputs, d.outputs, d.rate_hz] for d in found.devices],
            input=found.default_input and found.default_input.name,
            output=found.default_output and found.default_output.name,
            no_input=found.no_input and found.no_input.what,
            no_output=found.no_output and found.no_output.what,
            unusable=found.trouble is not None,
        )
    """
    return run(env, code)


NO_DEVICES = 'pcm.!default { type pulse server "unix:/nowhere" }\n'
ABORTS = "defaults.something 1\n"


def conf(folder: Path, text: str) -> dict[str, str]:
    path = folder / "other.conf"
    path.write_text(text)
    pulse = dict.fromkeys(
        ("PULSE_RUNTIME_PATH", "PULSE_STATE_PATH", "XDG_CONFIG_HOME"), str(folder)
    )
    return os.environ | pulse | {"ALSA_CONFIG_PATH": str(path)}


# The survey


def test_a_survey_lists_devices_and_says_which_are_the_default(card: AlsaFileCard) -> None:
    found = surveyed(card.env)
    assert ["default", 128, 128, CARD_RATE_HZ] in found["devices"]
    assert (found["input"], found["output"]) == ("default", "default")
    assert (found["no_input"], found["no_output"]) == (None, None)


@pytest.mark.parametrize(
    "text",
    ["", "pcm.!default { type asym", ABORTS],
    ids=["empty", "unfinished", "without-cards"],
)
def test_a_configuration_that_breaks_portaudio_is_reported_by_a_living_process(
    tmp_path: Path, text: str
) -> None:
    found = surveyed(conf(tmp_path, text))
    assert found["unusable"]
    assert "sound" in found["no_input"]
    assert "sound" in found["no_output"]


def test_a_configuration_known_to_abort_portaudio_still_does(tmp_path: Path) -> None:
    """If this fails, the survey may no longer need a process of its own."""
    env = conf(tmp_path, ABORTS)
    done = subprocess.run(
        [sys.executable, "-c", "import sounddevice"], env=env, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGABRT


def test_without_devices_both_are_said_to_be_missing(tmp_path: Path) -> None:
    found = surveyed(conf(tmp_path, NO_DEVICES))
    assert found["devices"] == []
    assert not found["unusable"]
    assert found["no_input"] == probe.NO_INPUT.what
    assert found["no_output"] == probe.NO_OUTPUT.what


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os; os.abort()", probe.ABORTED),
        ("raise SystemExit(1)", probe.NOT_STARTED),
        ("print('noise instead of a report' * 9)", probe.NOT_STARTED),
    ],
)
def test_a_survey_that_fails_is_a_trouble_with_a_hint(code: str, expected: DeviceTrouble) -> None:
    assert survey(command=(sys.executable, "-c", code)).no_input == expected


def test_a_sound_system_that_hangs_is_given_up() -> None:
    found = survey(0.3, command=(sys.executable, "-c", "import time; time.sleep(600)"))
    assert found.trouble is not None
    assert "no answer within 0.3 s" in found.trouble.what


def test_a_missing_library_names_what_to_install() -> None:
    """As it is where PortAudio is not installed: the library's name leads to no library."""
    code = """
        import ctypes.util
        ctypes.util.find_library = lambda name: None
        import runpy
        runpy.run_module("voicereflect.adapters.portaudio.survey_child", run_name="__main__")
    """
    found = survey(command=(sys.executable, "-c", textwrap.dedent(code)))
    assert found.trouble == probe.NO_LIBRARY
    assert "libportaudio2" in found.trouble.hint


def test_portaudio_is_not_loaded_after_a_bad_survey() -> None:
    with pytest.raises(NoLoudspeaker, match="broken") as caught:
        load(NoLoudspeaker, "some device", lambda: Survey(trouble=probe.ABORTED))
    assert caught.value.hint == probe.ABORTED.hint


def test_without_a_default_device_portaudio_is_not_loaded_either() -> None:
    with pytest.raises(NoMicrophone, match=probe.NO_INPUT.what):
        load(NoMicrophone, None, Survey)
    with pytest.raises(NoLoudspeaker, match=probe.NO_OUTPUT.what):
        load(NoLoudspeaker, None, Survey)


def test_ctrl_c_while_portaudio_is_looked_for_ends_no_child_that_looks(card: AlsaFileCard) -> None:
    found = run(
        card.env,
        """
        import ctypes.util, signal, subprocess
        from voicereflect.adapters.portaudio.library import load
        from voicereflect.errors import NoMicrophone
        find, left = ctypes.util.find_library, []
        def finds(name):
            for signal_name in ("INT", "TERM", "HUP"):
                left.append(subprocess.run(["sh", "-c", f"kill -{signal_name} $$"]).returncode)
            return find(name)
        ctypes.util.find_library = finds
        load(NoMicrophone, None)
        tell(left=left, blocked=len(signal.pthread_sigmask(signal.SIG_BLOCK, ())))
        """,
    )
    assert found["left"] == [0, 0, 0]
    assert found["blocked"] == 0


# The loudspeaker


def test_what_is_played_leaves_the_card_bit_by_bit_however_slowly_that_opens(
    card: AlsaFileCard,
) -> None:
    found = run(
        card.env,
        """
        import random
        from voicereflect.adapters.portaudio import loudspeaker
        loudspeaker.LOST_AFTER_S = 1.0
        opened, block = loudspeaker._Playing._open, loudspeaker._Playing._block
        def late(playing, *given):
            time.sleep(0 if playing._at else 0.3)
            block(playing, *given)
        loudspeaker._Playing._open = lambda *given: [time.sleep(1.2), opened(*given)]
        loudspeaker._Playing._block = late
        rate_hz = 22_050
        clip = Clip(pcm=random.Random(1).randbytes(rate_hz * 2 + 2), rate_hz=rate_hz)
        over, problems = play(PortAudioLoudspeaker(None), clip)
        assert over.wait(60)
        time.sleep(0.1)
        tell(problems=problems, pcm=clip.pcm.hex())
        """,
    )
    assert found["problems"] == [None]
    assert bytes.fromhex(found["pcm"]) in card.heard()


def test_clips_at_any_rate_are_played_one_after_the_other(card: AlsaFileCard) -> None:
    run(
        card.env,
        """
        loudspeaker = PortAudioLoudspeaker(None)
        for rate_hz in (16_000, 22_050, 48_000):
            over, _ = play(loudspeaker, Clip(pcm=rate_hz.to_bytes(4, "big") * 500, rate_hz=rate_hz))
            assert over.wait(60)
        tell()
        """,
    )
    kept = card.played()
    assert len(kept) == 3
    for sound, rate_hz in zip(kept, (16_000, 22_050, 48_000), strict=True):
        assert rate_hz.to_bytes(4, "big") * 500 in sound


def test_an_empty_clip_ends_at_once(card: AlsaFileCard) -> None:
    found = run(
        card.env,
        """
        over, problems = play(PortAudioLoudspeaker(None), Clip(pcm=b"", rate_hz=16_000))
        tell(over=over.wait(60), problems=problems)
        """,
    )
    assert found["over"]
    assert found["problems"] == [None]


def test_stopping_when_nothing_plays_is_no_mistake(card: AlsaFileCard) -> None:
    found = run(
        card.env,
        """
        loudspeaker = PortAudioLoudspeaker(None)
        loudspeaker.stop()
        over, problems = play(loudspeaker, Clip(pcm=bytes(400), rate_hz=16_000))
        over.wait(60)
        loudspeaker.stop()
        loudspeaker.stop()
        time.sleep(0.1)
        tell(problems=problems)
        """,
    )
    assert found["problems"] == [None]


OPENING = {
    "NoLoudspeaker": "PortAudioLoudspeaker({}).play(Clip(pcm=bytes(400), rate_hz=16_000), print)",
    "NoMicrophone": "Microphone({}).prepare('deck/prompt')",
}


@pytest.mark.parametrize("kind", OPENING)
@pytest.mark.parametrize("device", ["'no such device'", "99", "-7"])
def test_a_device_that_is_not_there_is_one_clear_line(
    card: AlsaFileCard, kind: str, device: str
) -> None:
    assert_refused(card.env, kind, device)


@pytest.mark.parametrize("kind", OPENING)
@pytest.mark.parametrize("text", [NO_DEVICES, ABORTS], ids=["no-devices", "aborts"])
def test_no_device_or_no_sound_system_is_one_clear_line(
    tmp_path: Path, kind: str, text: str
) -> None:
    assert_refused(conf(tmp_path, text), kind, "None")


def test_a_microphone_that_fails_to_open_is_one_clear_line(
    card: AlsaFileCard, tmp_path: Path
) -> None:
    (tmp_path / "mic.raw").unlink()
    assert_refused(card.env, "NoMicrophone", "'mic'")


def assert_refused(env: dict[str, str], kind: str, device: str) -> None:
    found = run(
        env,
        f"""
        try:
            {OPENING[kind].format(device)}
        except ReflectError as error:
            tell(kind=type(error).__name__, what=error.what, hint=error.hint)
        """,
    )
    assert found["kind"] == kind
    assert found["what"]
    assert "\n" not in found["what"]
    assert found["hint"]
    assert found["stderr"] == ""


# The microphone


def test_what_the_microphone_hears_is_bit_by_bit_what_was_said(tmp_path: Path) -> None:
    said = noise(1.5)
    with AlsaFileCard(tmp_path, pace=4.0) as card, hearing(card) as child:
        assert child.stdout.readline() == "listening\n"
        card.load_mic(said)
        card.wait_until_said()
        heard, _ = child.communicate("enough\n", timeout=PATIENCE_S)
    found = json.loads(heard)
    assert said in bytes.fromhex(found["pcm"])
    assert found["rate_hz"] == CARD_RATE_HZ
    assert found["overflows"] == 0
    assert found["problems"] == []
    assert found["longest"] < CARD_RATE_HZ * 2
    assert found["late"] == 0


@pytest.mark.parametrize("place", [0, 1])
def test_of_a_card_with_two_inputs_the_one_with_the_voice_is_heard(
    tmp_path: Path, place: int
) -> None:
    said = noise(1.5)
    quiet = bytes(len(said))
    channels = [
        memoryview(each).cast("h") for each in ([said, quiet] if not place else [quiet, said])
    ]
    both = array("h", (each for moment in zip(*channels, strict=True) for each in moment))
    card = AlsaFileCard(tmp_path)
    card.load_mic(both.tobytes())
    found = run(
        card.env,
        """
        class TwoInputs(Microphone):
            # this card gives any number of channels; a bought one says how many it has
            def _open(self, info):
                return super()._open(info | {"max_input_channels": 2})

        microphone, ear = TwoInputs(None), Ear()
        microphone.start(ear)
        wait_for(lambda: len(ear.blocks) > 40)
        microphone.stop()
        tell(pcm=b"".join(ear.blocks).hex())
        """,
    )
    got = bytes.fromhex(found["pcm"])
    # the card runs ahead, and past its end it gives stretches of what was there anew
    stretches = [got[at : at + 100] for at in range(len(got) // 2, len(got) - 100, 4_800)]
    assert sum(each in said for each in stretches) > 0.9 * len(stretches)


def test_what_was_said_before_the_start_is_not_heard(tmp_path: Path) -> None:
    before, after = noise(0.5, seed=2), noise(0.5, seed=3)
    with AlsaFileCard(tmp_path, pace=4.0) as card, hearing(card, "wait") as child:
        assert child.stdout.readline() == "prepared\n"
        card.load_mic(before)
        card.wait_until_said()
        time.sleep(0.2)
        child.stdin.write("start\n")
        child.stdin.flush()
        assert child.stdout.readline() == "listening\n"
        card.load_mic(after)
        card.wait_until_said()
        heard, _ = child.communicate("enough\n", timeout=PATIENCE_S)
    pcm = bytes.fromhex(json.loads(heard)["pcm"])
    assert after in pcm
    assert before[-400:] not in pcm


def hearing(card: AlsaFileCard, *args: str) -> Any:
    """Start a process that hears until it is told that it is enough."""
    code = """
        microphone, ear = Microphone(None), Ear()
        microphone.prepare("deck/prompt")
        if sys.argv[1:]:
            sys.stdout.write("prepared\\n")
            sys.stdout.flush()
            sys.stdin.readline()
        microphone.start(ear)
        wait_for(lambda: ear.blocks)
        sys.stdout.write("listening\\n")
        sys.stdout.flush()
        sys.stdin.readline()
        time.sleep(0.3)
        microphone.stop()
        count = len(ear.blocks)
        time.sleep(0.2)
        tell(
            pcm=b"".join(ear.blocks).hex(),
            rate_hz=microphone.rate_hz,
            overflows=microphone.overflows,
            problems=[str(problem) for problem in ear.problems],
            longest=max(map(len, ear.blocks)),
            late=len(ear.blocks) - count,
        )
    """
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + textwrap.dedent(code), *args],
        env=card.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_blocks_the_listener_has_no_room_for_are_counted_anew_for_each_answer(
    card: AlsaFileCard,
) -> None:
    found = run(
        card.env,
        """
        microphone, counts = Microphone(None), []
        for ear in (Ear(room=False), Ear()):
            microphone.prepare("deck/prompt")
            microphone.start(ear)
            wait_for(lambda: len(ear.blocks) > 20)
            microphone.stop()
            counts.append([microphone.overflows, len(ear.blocks)])
        tell(counts=counts)
        """,
    )
    (full, offered), (roomy, _) = found["counts"]
    assert full == offered > 20
    assert roomy == 0


def test_a_microphone_that_falls_dead_is_reported_once_and_the_others_are_named(
    tmp_path: Path,
) -> None:
    with AlsaFileCard(tmp_path, pace=1.0) as card:
        code = """
            from voicereflect.adapters.portaudio.probe import Device, Survey
            def device(index, name, inputs):
                return Device(
                    index=index, name=name, inputs=inputs, outputs=1, rate_hz=1
                )
            def seen(timeout_s):
                names = [("default", 1), ("the blue one", 1), ("a horn", 0)]
                found = tuple(device(at, name, inputs) for at, (name, inputs) in enumerate(names))
                return Survey(devices=found)
            microphone, ear = Microphone(None, look_again=seen, lost_after_s=0.5), Ear()
            microphone.prepare("deck/prompt")
            microphone.start(ear)
            wait_for(lambda: ear.blocks)
            sys.stderr.write("pull\\n")
            over = ear.over.wait(60)
            time.sleep(1)
            microphone.stop()
            kinds = [type(problem).__name__ for problem in ear.problems]
            offered = ear.problems[0].hint.partition("--device: ")[2]
            tell(kinds=kinds, over=over, offered=offered)
            sys.stdout.flush()
            os._exit(0)  # its stream hangs in a read for ever, as on a dead device
        """
        with subprocess.Popen(
            [sys.executable, "-c", BEGIN + textwrap.dedent(code)],
            env=card.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stderr is not None
            assert child.stderr.readline() == "pull\n"
            card.unplug_mic()
            told, _ = child.communicate(timeout=PATIENCE_S)
    found = {"kinds": ["DeviceLost"], "over": True, "offered": "1 the blue one."}
    assert json.loads(told) == found


def test_nothing_is_written_over_the_screen(card: AlsaFileCard) -> None:
    found = run(
        card.env,
        """
        microphone, ear = Microphone(None), Ear()
        microphone.prepare("deck/prompt")
        microphone.start(ear)
        over, _ = play(PortAudioLoudspeaker(None), Clip(pcm=bytes(40_000), rate_hz=22_050))
        over.wait(60)
        microphone.close()
        tell()
        """,
    )
    assert found["stderr"] == ""


def test_only_what_portaudio_prints_is_kept_off_the_screen(card: AlsaFileCard) -> None:
    found = run(
        card.env,
        """
        from voicereflect.adapters.portaudio.library import hushed
        with hushed(), hushed():
            os.write(2, b"Expression 'r' failed in 'src/a.c', line: 1\\nours\\n")
        os.write(2, b"after\\n")
        tell()
        """,
    )
    assert found["stderr"] == "ours\nafter\n"


# Small parts


class PortAudioError(Exception):
    """Stands for the library's own: loading the library here would bind us to this machine."""


@pytest.mark.parametrize("kind", HINTS)
@pytest.mark.parametrize(
    "error",
    [
        PortAudioError("Error opening RawInputStream: Invalid device", -9996),
        PortAudioError("Error opening RawInputStream: Device unavailable", -9985),
        PortAudioError(),
        ValueError("No input device matching 'x'\nand more"),
        OSError("PortAudio library not found"),
    ],
    ids=["numbered", "busy", "bare", "unknown-name", "no-library"],
)
def test_everything_the_library_raises_is_translated(
    kind: type[NoMicrophone] | type[NoLoudspeaker], error: Exception
) -> None:
    library = SimpleNamespace(PortAudioError=PortAudioError)
    with pytest.raises(kind) as caught, translated(library, kind):
        raise error
    assert "\n" not in caught.value.what
    assert caught.value.__cause__ is error


def test_the_library_has_no_other_errors_than_those(card: AlsaFileCard) -> None:
    found = run(
        card.env,
        """
        import sounddevice
        kinds = [
            name for name, kind in vars(sounddevice).items()
            if isinstance(kind, type) and issubclass(kind, Exception)
        ]
        tell(kinds=sorted(kinds))
        """,
    )
    assert found["kinds"] == ["CallbackAbort", "CallbackStop", "PortAudioError"]


def test_a_device_is_first_asked_for_its_few_channels_or_mono_at_its_own_rate() -> None:
    tries = list(settings_to_try({"default_samplerate": 96_000.0, "max_input_channels": 4}))
    assert tries[:3] == [(96_000, 4), (96_000, 1), (96_000, 2)]
    assert tries[3:] == [(rate, count) for rate in (48_000, 44_100) for count in (4, 1, 2)]
    many = {"default_samplerate": 48_000.0, "max_input_channels": 128}
    assert list(settings_to_try(many))[:3] == [(48_000, 1), (48_000, 2), (48_000, 128)]
    own = {"default_samplerate": 48_000.0, "max_input_channels": 1}
    assert list(settings_to_try(own)) == [(48_000, 1), (44_100, 1)]


@pytest.mark.parametrize(("rate_hz", "other_hz"), [(22_050, 48_000), (22_050, 44_100)])
def test_a_resampled_clip_keeps_length_pitch_and_loudness(rate_hz: int, other_hz: int) -> None:
    wave = 10_000 * np.sin(2 * np.pi * 440 / rate_hz * np.arange(2 * rate_hz))
    clip = resampled(Clip(pcm=wave.astype(np.int16).tobytes(), rate_hz=rate_hz), other_hz)
    assert clip.rate_hz == other_hz
    assert clip.duration_s == pytest.approx(2.0, abs=0.01)
    expected = 10_000 * np.sin(2 * np.pi * 440 / other_hz * np.arange(clip.samples))
    middle = slice(other_hz // 2, other_hz)
    assert np.corrcoef(np.array(array("h", clip.pcm))[middle], expected[middle])[0, 1] > 0.999


# Spoken, paced and overheard

TRIES = 3
"""A busy machine is late now and then; what the code can do shows in the best of them."""


@pytest.mark.slow
def test_a_prompt_is_spoken_whole_and_ends_when_it_is_over() -> None:
    clip = Pyttsx3Voice(None, 170).render("What did you notice today?")
    assert -0.05 < min(over_after_s(clip) for _ in range(TRIES)) < 0.25


def over_after_s(clip: Clip) -> float:
    """Play a clip, and tell how long after its last sound it was said to be over."""
    with PulseRig() as rig, rig.record_speaker() as heard:
        found = run(
            rig.env,
            """
            clip = Clip(pcm=bytes.fromhex(sys.stdin.read()), rate_hz=22_050)
            over, problems = play(PortAudioLoudspeaker(None), clip)
            over.wait(60)
            tell(over=time.monotonic(), problems=problems)
            """,
            clip.pcm.hex(),
        )
    assert found["problems"] == [None]
    assert likeness(heard, clip) > 0.95
    assert found["stderr"] == ""
    _, last_heard_s = heard.loud_from_to()
    return float(found["over"]) - (last_heard_s + trailing_quiet_s(clip))


@pytest.mark.slow
def test_a_prompt_falls_silent_at_once_when_it_is_stopped() -> None:
    stopped = [stopped_after_s() for _ in range(TRIES)]
    assert min(returned_s for returned_s, _ in stopped) < 0.05
    assert min(silent_s for _, silent_s in stopped) < 0.15  # the rig holds back up to a tenth


def stopped_after_s() -> tuple[float, float]:
    """Stop a clip, and tell when that returned and when its last sound was heard."""
    with PulseRig() as rig, rig.record_speaker() as heard:
        found = run(
            rig.env,
            """
            loudspeaker = PortAudioLoudspeaker(None)
            clip = Clip(pcm=bytes([0, 32, 0, 32, 0, 224, 0, 224] * 16_500), rate_hz=22_050)
            over, problems = play(loudspeaker, clip)
            time.sleep(1)
            asked = time.monotonic()
            loudspeaker.stop()
            told = over.is_set()
            tell(asked=asked, stopped=time.monotonic(), told=told, problems=problems)
            time.sleep(0.5)
            """,
        )
    assert found["told"]
    assert found["problems"] == [None]
    first_heard_s, last_heard_s = heard.loud_from_to()
    assert last_heard_s - first_heard_s > 0.5
    return found["stopped"] - found["asked"], last_heard_s - found["asked"]


def likeness(heard: Heard, clip: Clip) -> float:
    """Correlate a clip with what was overheard, where they fit best."""
    at_rate = resampled(clip, heard.rate_hz)
    pattern = np.array(array("h", at_rate.pcm), dtype=float)
    sound = np.array(array("h", heard.pcm), dtype=float)
    size = len(sound) + len(pattern)
    product = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(pattern, size)), size)
    at = int(np.argmax(product[: len(sound) - len(pattern) + 1]))
    return float(np.corrcoef(sound[at : at + len(pattern)], pattern)[0, 1])


def trailing_quiet_s(clip: Clip) -> float:
    loud = np.flatnonzero(np.abs(np.array(array("h", clip.pcm), dtype=int)) > 500)
    return (clip.samples - int(loud[-1])) / clip.rate_hz
