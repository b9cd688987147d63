"""Claims about the spoken voice: real espeak-ng through real pyttsx3, each time in a child."""

import io
import subprocess
import sys
from array import array
from pathlib import Path

import pytest
import soundfile

from tests.support.waiting import PATIENCE_S, is_gone
from voicereflect.adapters.child import frames
from voicereflect.adapters.voice.child import decode
from voicereflect.adapters.voice.child import translated as translated_in_child
from voicereflect.adapters.voice.parent import CHILD, Pyttsx3Voice, translated
from voicereflect.adapters.voice.problems import SENTENCES, RenderingFailed, VoiceFault
from voicereflect.errors import VoiceError
from voicereflect.ports.voice import Voice

CANARY = "marmalade heliotrope"


@pytest.fixture
def voice() -> Pyttsx3Voice:
    return Pyttsx3Voice(None, 170)


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_a_prompt_becomes_audible_speech_of_a_plausible_length(voice: Voice) -> None:
    clip = voice.render("What did you notice today?")
    assert clip.rate_hz == 22_050
    assert 1.0 < clip.duration_s < 4.0
    assert max(array("h", clip.pcm)) > 3_000


def test_a_long_text_is_rendered_to_its_end(voice: Voice) -> None:
    once = voice.render("What did you notice today?").duration_s
    assert voice.render("What did you notice today? " * 40).duration_s > 35 * once


def test_a_named_voice_sounds_different_from_the_default(voice: Voice) -> None:
    other = Pyttsx3Voice("gmw/en-us", 170)
    assert other.render("Take your bath.") != voice.render("Take your bath.")


def test_an_unknown_voice_is_named_as_the_problem() -> None:
    with pytest.raises(VoiceError, match="no voice of the configured name"):
        Pyttsx3Voice("no such voice", 170).render("Hello.")
    with pytest.raises(VoiceError, match="no voice of the configured name"):
        Pyttsx3Voice("no such voice", 170).describe()


def test_a_voice_describes_itself(voice: Pyttsx3Voice) -> None:
    assert voice.describe() == "pyttsx3: espeak, gmw/en, 170 words a minute"


@pytest.mark.parametrize("text", ["", "  \n", "\0", "..."])
def test_a_text_without_sound_is_an_error(voice: Voice, text: str) -> None:
    with pytest.raises(VoiceError, match="gave no sound"):
        voice.render(text)


def test_a_nul_does_not_cut_the_text(voice: Voice) -> None:
    # the engine's own dice: the same text differs a little from one time to the next
    whole = voice.render("one two three four").duration_s
    assert voice.render("one\0two three four").duration_s == pytest.approx(whole, rel=0.1)


def test_a_missing_engine_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, voice: Voice
) -> None:
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (tmp_path / name).write_bytes(b"no library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with pytest.raises(VoiceError, match="no speech engine") as caught:
        voice.render("Hello.")
    assert "espeak-ng" in caught.value.hint


def test_a_hang_ends_at_the_time_limit_with_everything_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    script = f"sleep 600 & echo $! >> {pids}; echo $$ >> {pids}; wait"
    voice = Pyttsx3Voice(None, 170, 0.5, command=("/bin/sh", "-c", script))
    with pytest.raises(VoiceError, match=r"within 0\.5 s"):
        voice.render("x" * 200_000)  # more than a pipe holds: the write must not block either
    for pid in pids.read_text().split():
        assert is_gone(int(pid))


@pytest.mark.parametrize(
    "command",
    [
        python("raise SystemExit(3)"),
        python("import os; os.abort()"),
        python("print('Audio saved to somewhere, and no frame')"),
        python("import sys; sys.stdout.buffer.write(bytes([9, 0, 0, 0]))"),
        ("/no/such/program",),
    ],
)
def test_a_child_that_fails_in_any_way_is_one_clear_line(command: tuple[str, ...]) -> None:
    with pytest.raises(VoiceError, match="speech engine failed") as caught:
        Pyttsx3Voice(None, 170, command=command).render(CANARY)
    assert "\n" not in str(caught.value)


def test_the_text_is_in_no_argument_variable_or_file(tmp_path: Path) -> None:
    """strace sees every file the child opens, and what each program is started with."""
    log = tmp_path / "log"
    calls = "trace=execve,open,openat,creat,rename,write"
    strace = ("strace", "-f", "-v", "-s", "100000", "-e", calls, "-o", str(log), *CHILD)
    assert Pyttsx3Voice(None, 170, 60, command=strace).render(CANARY).samples
    lines = log.read_text(errors="replace").splitlines()
    assert any("execve" in line for line in lines)
    assert not [line for line in lines if "marmalade" in line]
    nameless = ('"/dev/null"', '"/proc/self/fd/', "__pycache__")
    created = [line for line in lines if "O_CREAT" in line]
    assert not [line for line in created if not any(name in line for name in nameless)]


def test_the_child_leaves_when_its_parent_is_gone() -> None:
    # no text is finished here: the request's end never comes, nor does any word after it
    child = subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child:
        child.stdin.close()  # type: ignore[union-attr]
        assert child.wait(PATIENCE_S) == 0


def test_a_child_in_the_middle_of_its_work_leaves_too() -> None:
    request = frames.encode({"voice": None, "rate_wpm": 100}, b"one two three. " * 20_000)
    with subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        assert child.stdin is not None
        child.stdin.write(request)
        child.stdin.close()
        assert child.wait(PATIENCE_S) == 1


def test_what_the_engine_prints_stays_out_of_the_answer() -> None:
    request = frames.encode({"voice": None, "rate_wpm": 170}, b"Hello.")
    with subprocess.Popen(CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(request)
        child.stdin.flush()
        message = frames.read(child.stdout)
        assert child.stdout.read() == b""
    assert message is not None
    assert message[0] == {"rate_hz": 22_050}
    assert message[1]


def test_where_memory_has_no_name_a_private_file_is_used_and_removed(tmp_path: Path) -> None:
    code = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from voicereflect.adapters.voice.child import Pyttsx3Engine, decode, save_in_file
rate_hz, pcm = decode(save_in_file(Pyttsx3Engine(), "Hello."))
sys.stdout.write(f"\\n{rate_hz} {len(pcm)}\\n")
sys.stdout.flush()
import os
os._exit(0)
"""
    done = subprocess.run(
        [*python(code), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    rate_hz, size = done.stdout.split("\n")[-2].split()
    assert rate_hz == "22050"
    assert int(size) > 10_000
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("kind", "subtype"), [("AIFF", "PCM_16"), ("WAV", "PCM_24")])
def test_other_kinds_of_file_an_engine_may_write_are_read(kind: str, subtype: str) -> None:
    file = io.BytesIO()
    soundfile.write(file, [0.0, 0.5, -0.5], 16_000, format=kind, subtype=subtype)
    rate_hz, pcm = decode(file.getvalue())
    assert rate_hz == 16_000
    assert [round(sample / 32_768, 2) for sample in array("h", pcm)] == [0.0, 0.5, -0.5]


@pytest.mark.parametrize("sound", [b"", b"RIFF", b"RIFFxxxxWAVE", b"nothing that is a sound"])
def test_a_file_that_is_no_sound_is_no_sound(sound: bytes) -> None:
    with pytest.raises(RenderingFailed) as caught:
        decode(sound)
    assert caught.value.problem is VoiceFault.NO_SOUND


@pytest.mark.parametrize(
    "error",
    [ImportError, OSError, RuntimeError, KeyError, AttributeError, NameError, ReferenceError],
)
def test_everything_pyttsx3_is_known_to_raise_is_translated(error: type[Exception]) -> None:
    with pytest.raises(RenderingFailed), translated_in_child(VoiceFault.NO_ENGINE):
        raise error


@pytest.mark.parametrize("error", [TimeoutError, OSError, BrokenPipeError, ValueError])
def test_everything_a_child_process_can_do_to_us_is_translated(error: type[Exception]) -> None:
    with pytest.raises(VoiceError), translated(1.0):
        raise error


def test_every_problem_has_its_sentences() -> None:
    assert set(SENTENCES) == set(VoiceFault)
