"""Claims about the natural voice: the real engine in the real child, as a session has it."""

import os
import subprocess
import sys
import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.natural import natural_voice
from tests.support.waiting import PATIENCE_S, is_gone
from voicereflect.adapters.child import frames
from voicereflect.adapters.voice.natural import CHILD, NaturalVoice, translated
from voicereflect.adapters.voice.natural_child import LOWEST, with_words
from voicereflect.adapters.voice.natural_child import translated as translated_in_child
from voicereflect.adapters.voice.problems import RenderingFailed, VoiceFault
from voicereflect.errors import VoiceError

CANARY = "marmalade heliotrope"
ANSWERS = """
import sys, time
from voicereflect.adapters.child import frames
while message := frames.read(sys.stdin.buffer):
    {}
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def voice() -> Iterator[NaturalVoice]:
    made = natural_voice()
    yield made
    made.close()


def answering(line: str) -> tuple[str, ...]:
    return (sys.executable, "-c", ANSWERS.format(line))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("If not, say no. Go on.", "If not, say no . Go on."),
        ("With Jan.", "With Jan ."),
        ("Dr. Moss has no. 7.5 of no.1", "Dr. Moss has no . 7.5 of no.1"),
        ("No. A casino. Yes or no?", "No. A casino. Yes or no?"),
    ],
)
def test_a_word_at_a_sentences_end_is_no_abbreviation(text: str, read: str) -> None:
    assert with_words(text) == read


def child_of(started: set[psutil.Process]) -> psutil.Process:
    (child,) = set(psutil.Process().children()) - started
    return child


def silences_s(pcm: bytes, rate_hz: int) -> list[float]:
    """Stretches of perfect zeros."""
    found, run = [], 0
    for sample in (*array("h", pcm), 1):
        run, ended = (run + 1, 0) if sample == 0 else (0, run)
        found += [ended / rate_hz] if ended else []
    return found


def test_a_prompt_becomes_audible_speech_of_a_plausible_length(voice: NaturalVoice) -> None:
    clip = voice.render("What did you notice today?")
    assert clip.rate_hz == 24_000
    assert 1.0 < clip.duration_s < 4.0
    assert max(array("h", clip.pcm)) > 3_000


def test_one_child_renders_all_and_gives_way_while_nobody_waits(voice: NaturalVoice) -> None:
    before = set(psutil.Process().children())
    voice.start()
    child = child_of(before)
    first = voice.render("And another one.")
    assert voice.render("And another one.", ahead=True) == first
    assert child_of(before) == child
    nices = {
        int(
            Path(f"/proc/{child.pid}/task/{thread.id}/stat")
            .read_text()
            .rsplit(")", 1)[1]
            .split()[16]
        )
        for thread in child.threads()
    }
    assert nices == {os.nice(0), LOWEST}


def test_another_process_gives_the_same_sound(voice: NaturalVoice) -> None:
    first = voice.render("Take your time. There is no hurry.")
    voice.render("Something else.")
    voice.close()
    assert voice.render("Take your time. There is no hurry.") == first


def test_the_rate_and_the_pace_both_count() -> None:
    text, lengths = "What did you notice today?", {}
    for rate_wpm, pace in ((150, 1.0), (120, 1.0), (120, 0.8), (400, 1.0)):
        voice = natural_voice(rate_wpm)
        lengths[rate_wpm, pace] = voice.render(text, pace=pace).duration_s
        voice.close()
    assert lengths[120, 0.8] > lengths[120, 1.0] > lengths[150, 1.0] > lengths[400, 1.0]


def test_a_breath_lies_between_sentences_and_nowhere_else() -> None:
    voice = natural_voice(pause_s=0.4)
    clip = voice.render("It was a long day. What was good?")
    voice.close()
    (breath_s,) = [each for each in silences_s(clip.pcm, clip.rate_hz) if each > 0.2]
    assert 0.4 <= breath_s < 0.55
    assert voice.key != natural_voice(pause_s=0.3).key


@pytest.mark.parametrize("text", ["", "  \n", "\0", "...", "?!"])
def test_a_text_without_sound_is_an_error_and_the_next_one_is_spoken(
    voice: NaturalVoice, text: str
) -> None:
    with pytest.raises(VoiceError, match="gave no sound"):
        voice.render(text)
    assert voice.render("Hello.").samples


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("raise SystemExit(3)", "natural voice failed"),
        ("import os; os.abort()", "natural voice failed"),
        ("print('no frame at all')", "natural voice failed"),
        ("sys.stdout.buffer.write(frames.encode({}, b'xx'))", "natural voice failed"),
        ("sys.stdout.buffer.write(frames.encode({'problem': 'made up'}))", "natural voice failed"),
        ("sys.stdout.buffer.write(frames.encode({'problem': 'not installed'}))", "not installed"),
        ("time.sleep(600)", "longer than it speaks"),
        (
            "sys.stdout.buffer.write(frames.encode({'rate_hz': 100, 'took_s': 1.6}, bytes(200)))",
            "longer than it speaks",
        ),
        (
            "sys.stdout.buffer.write(frames.encode({'rate_hz': 100, 'took_s': 0.1}))",
            "gave no sound",
        ),
    ],
)
def test_a_child_that_fails_in_any_way_is_one_clear_line_and_leaves_nothing(
    line: str, says: str
) -> None:
    before = set(psutil.Process().children())
    slow = 1.0 if "sleep" in line else 30.0
    voice = NaturalVoice(150, timeout_s=slow, command=answering(line))
    with pytest.raises(VoiceError, match=says) as caught:
        voice.render(CANARY)
    assert "marmalade" not in f"{caught.value.what} {caught.value.hint}"
    voice.close()
    assert set(psutil.Process().children()) == before


def test_a_close_lets_go_whoever_waits_for_a_text() -> None:
    voice = NaturalVoice(150, timeout_s=60, command=answering("time.sleep(600)"))
    problems: list[VoiceError] = []

    def wait() -> None:
        with pytest.raises(VoiceError) as caught:
            voice.render("Hello.")
        problems.append(caught.value)

    before = set(psutil.Process().children())
    waiting = threading.Thread(target=wait)
    waiting.start()
    while set(psutil.Process().children()) == before:
        pass  # it is closed at any moment from the first on: while the process is being started
    voice.close()
    waiting.join(PATIENCE_S)
    assert not waiting.is_alive()
    assert len(problems) == 1
    assert set(psutil.Process().children()) == before


@pytest.mark.parametrize("sentences", [0, 1, 3_000])
def test_no_child_outlives_a_parent_that_was_killed(sentences: int) -> None:
    """While it loads, while it waits, and in the middle of a text of an hour."""
    natural_voice()
    code = (
        "import sys, time\nfrom voicereflect.adapters.voice.natural import CHILD\n"
        "from voicereflect.adapters.child import frames\n"
        "from voicereflect.adapters.child.process import Child\n"
        "child = Child(CHILD)\n"
        "ask = lambda text: child.send(frames.encode({'speed': 1, 'pause_s': 0}, text))\n"
        f"sentences = {sentences}\n"
        "if sentences:\n    ask(b'One.')\n    child.read()\n"
        "if sentences > 1:\n    ask(b'One two three. ' * sentences)\n    time.sleep(1)\n"
        "print(child.pid, flush=True)\ntime.sleep(600)"
    )
    with subprocess.Popen((sys.executable, "-c", code), stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        parent.kill()
    assert is_gone(pid)


def test_it_opens_no_socket_writes_no_file_and_leaks_no_word(tmp_path: Path) -> None:
    """strace sees each call of the child, under the program's own network filter or not."""
    natural_voice()
    log = tmp_path / "log"
    calls = "trace=execve,open,openat,creat,rename,socket,connect,fork,vfork"
    strace = ("strace", "-f", "-v", "-s", "100000", "-e", calls, "-o", str(log), *CHILD)
    voice = NaturalVoice(150, timeout_s=120, command=strace)
    assert voice.render(CANARY).samples
    voice.close()
    lines = log.read_text(errors="replace").splitlines()
    assert any("hibari.onnx" in line for line in lines)
    assert not [line for line in lines if "marmalade" in line]
    assert not [line for line in lines if "socket(" in line or "connect(" in line]
    written = [line for line in lines if "O_CREAT" in line or "O_WRONLY" in line]
    allowed = ("/dev/null", "__pycache__")
    assert not [line for line in written if not any(name in line for name in allowed)]


def test_without_the_package_the_child_says_so_to_each_text(tmp_path: Path) -> None:
    (tmp_path / "hibari.py").write_text("raise ImportError")
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    request = frames.encode({"speed": 1.0, "pause_s": 0.0}, b"Hello.")
    command = [each for each in CHILD if each != "-I"]  # another module of that name counts then
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for _ in range(2):
            child.stdin.write(request)
            child.stdin.flush()
            assert frames.read(child.stdout) == ({"problem": "not installed"}, b"")
        child.stdin.close()
        assert child.wait(PATIENCE_S) == 0


@pytest.mark.parametrize(
    "error", [ImportError, OSError, RuntimeError, KeyError, IndexError, TypeError, ValueError]
)
def test_what_the_engine_may_raise_is_translated(error: type[Exception]) -> None:
    with pytest.raises(RenderingFailed), translated_in_child(VoiceFault.NATURAL_FAILED):
        raise error


@pytest.mark.parametrize("error", [TimeoutError, OSError, BrokenPipeError, ValueError, KeyError])
def test_what_a_child_can_do_to_us_is_translated(error: type[Exception]) -> None:
    with pytest.raises(VoiceError), translated():
        raise error
