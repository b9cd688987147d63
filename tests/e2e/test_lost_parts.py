"""Claims about parts that go away in the middle of an answer: nothing of it is lost."""

import os
import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.support.product import (
    COMMAND,
    ENTER,
    SAMPLES,
    Person,
    card_sound,
    entries,
    entry_folders,
    flac,
    leftovers,
    run,
    vault,
    vault_folder,
)
from tests.support.rigs import PulseRig
from tests.support.waiting import comes_true
from tests.support.words import word_error
from voicereflect.model import AnswerState

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("paced")]

"""To notice, to look what else there is, to say so."""
PARTS = ("moment", "ahead")
RECORDING = r"Recording\."

Words = dict[str, dict[str, str]]


def speech_worker(of: int) -> psutil.Process:
    """The process that reads for a session."""
    children = psutil.Process(of).children(recursive=True)
    return next(each for each in children if "voicereflect.adapters.speech" in each.cmdline())


@pytest.mark.usefixtures("fast")
def test_a_killed_worker_and_a_dead_microphone_cost_no_word(sample_words: Words) -> None:
    """The worker in the first part, the device at its end; the answer goes on as a second."""
    with PulseRig() as rig, Person("reflect", "everyday", env=rig.env) as person:
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(RECORDING)
        speech_worker(person.process.pid).send_signal(signal.SIGKILL)
        rig.speak(card_sound(SAMPLES / "everyday" / f"{PARTS[0]}.flac"))
        rig.unplug_microphone()
        person.sees("stopped giving sound")
        person.sees("What you said is kept")
        rig.unplug_microphone(back=True)
        person.presses(ENTER)
        person.sees(RECORDING)
        rig.speak(card_sound(SAMPLES / "everyday" / f"{PARTS[1]}.flac"))
        person.presses("q")
        person.sees("Saved: 1 answer")
        assert person.leaves() == 0
    (entry,) = entries()
    assert entry.answers[0].asked == entry.answers[1].asked
    assert [answer.state for answer in entry.answers] == [AnswerState.DONE] * 2
    said = [sample_words["everyday"][name] for name in PARTS]
    assert word_error(said, [answer.text for answer in entry.answers]) < 0.2
    assert leftovers() == []


@pytest.mark.usefixtures("no_model")
def test_after_a_dead_microphone_the_answer_goes_on_with_another_by_its_number() -> None:
    said = [card_sound(SAMPLES / "everyday" / f"{name}.flac", 3.0) for name in PARTS]
    with PulseRig(spare=True) as rig, Person("reflect", "everyday", env=rig.env) as person:
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(RECORDING)
        rig.speak(said[0])
        rig.unplug_microphone()
        person.sees("What you said is kept")
        person.sees("1  spare")
        person.presses("1")
        person.sees("Going on with: spare")
        person.sees(RECORDING)
        rig.speak(said[1], spare=True)
        person.presses("q")
        person.sees("Saved: 1 answer")
        assert person.leaves() == 0
    (entry,) = entries()
    assert entry.answers[0].asked == entry.answers[1].asked
    for number, sound in enumerate(said, start=1):
        heard = memoryview(flac(entry_folders()[0], number)).cast("h")
        assert sum(abs(sample) > 100 for sample in heard) > len(sound) / 2 * 0.2
    assert leftovers() == []


@pytest.mark.usefixtures("no_model")
def test_hands_free_a_dead_microphone_is_told_and_whoever_leaves_then_keeps_what_was_said() -> None:
    said = card_sound(SAMPLES / "everyday" / "moment.flac", 3.0)
    with (
        PulseRig() as rig,
        subprocess.Popen(
            [COMMAND, "talk", "--hands-free"],
            env=os.environ | dict(rig.env),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as session,
    ):
        assert comes_true(lambda: any(each.glob("*.blocks") for each in entry_folders()))
        rig.speak(said)
        rig.unplug_microphone()
        assert session.stderr
        told = next(line for line in session.stderr if "stopped giving sound" in line)
        session.send_signal(signal.SIGINT)  # or it is waited for, for five minutes
        told += session.communicate(timeout=60)[1]
    assert session.returncode == 0, told
    assert "Traceback" not in told
    (entry,) = entries()
    assert vault().take_info(entry.id, 1).samples * 2 > len(said) * 0.9
    assert len(flac(entry_folders()[0], 1)) > len(said) * 0.9
    assert leftovers() == []


@pytest.mark.usefixtures("no_model")
def test_a_vault_that_is_moved_under_an_answer_holds_all_of_it_and_is_told_of(
    tmp_path: Path,
) -> None:
    said = [card_sound(SAMPLES / "everyday" / f"{name}.flac", 1.5) for name in PARTS]
    elsewhere = tmp_path / "elsewhere"
    with PulseRig() as rig, Person("reflect", "everyday", env=rig.env) as person:
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(RECORDING)
        rig.speak(said[0])
        vault_folder().rename(elsewhere)
        vault_folder().mkdir()  # the empty mount point
        rig.speak(said[1])
        person.presses(ENTER)
        person.sees("The vault was moved")
        person.sees(r"\s*".join(elsewhere.name))  # a long path may be broken anywhere
        person.presses(ENTER)
        person.sees("The vault is not where it was")
        assert person.leaves() == 56
        assert "Saved" not in person.shown
    assert list(vault_folder().iterdir()) == []
    moved = {"VOICEREFLECT_VAULT": os.fspath(elsewhere)}
    assert "Recovered 0:03 of sound" in run("recover", env=moved).stdout
    vault_folder().rmdir()
    elsewhere.rename(vault_folder())
    (entry,) = entries()
    assert [answer.state for answer in entry.answers] == [AnswerState.PENDING]
    assert len(flac(entry_folders()[0], 1)) > sum(map(len, said)) * 0.9
    assert leftovers() == []


@pytest.mark.usefixtures("no_model")
def test_a_vault_that_comes_back_before_the_next_answer_costs_nothing(tmp_path: Path) -> None:
    said = card_sound(SAMPLES / "everyday" / "moment.flac", 1.5)
    elsewhere = tmp_path / "elsewhere"
    with PulseRig() as rig, Person("reflect", "everyday", env=rig.env) as person:
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees(RECORDING)
        vault_folder().rename(elsewhere)
        rig.speak(said)
        person.presses(ENTER)
        person.sees("The vault was moved")
        elsewhere.rename(vault_folder())
        person.presses(ENTER)
        person.sees(RECORDING)
        rig.speak(said)
        person.presses("q")
        person.sees("Saved: 2 answers")
        assert person.leaves() == 0
    assert run("recover").returncode == 0
    for number in (1, 2):
        assert len(flac(entry_folders()[0], number)) > len(said) * 0.9
    assert leftovers() == []
