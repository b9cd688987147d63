"""Two people at one terminal, with the installed command and recordings of what they say."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.product import (
    ENTER,
    Person,
    entries,
    entry_folders,
    run,
    vault_folder,
)
from tests.support.rigs import required
from voicereflect.core.safety.consent import consent_of
from voicereflect.model import AnswerState, Consent

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("paced")]

DECK = "line-together"
STEPS = (
    *("first-expects", "second-expects", "first-gives", "second-gives"),
    *("line", "read-back"),
)
SAID_ALONE = """\
format = 1

[known]
speaker = "daughter"
her = "living"
path = "together"
adults = "yes"

[[picks]]
prompt = "ready-or-not/ready"
choice = "ready"
on = 2026-11-20

[[picks]]
prompt = "ready-or-not/room"
choice = "{room}"
on = 2026-11-20
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """What both say: a yes, again and again."""
    folder = tmp_path / "answers" / DECK
    folder.mkdir(parents=True)
    required("espeak-ng")
    words = ["espeak-ng", "-w", str(folder / "yes.wav"), "Yes, I agree."]
    subprocess.run(words, check=True, timeout=60)
    for step in STEPS:
        shutil.copy(folder / "yes.wav", folder / f"{step}.wav")
    return folder.parent


def said_alone(room: str = "yes") -> None:
    vault_folder().mkdir(parents=True, exist_ok=True)
    (vault_folder() / "programme.toml").write_text(SAID_ALONE.format(room=room), "utf-8")


def sit_down(answers: Path) -> Person:
    return Person("two", DECK, "--names", "Ida", "Ruth", "--answers", str(answers))


@pytest.mark.usefixtures("no_model")
def test_two_take_turns_by_keys_and_she_takes_her_words_back_later(answers: Path) -> None:
    said_alone()
    with sit_down(answers) as two:
        two.sees("ENTER begins")
        two.presses(ENTER)
        two.sees("2  no, record nothing")
        two.presses("1")
        two.sees("Which of you begins")
        two.presses("2")
        two.sees("first: Ruth")
        two.sees("asked first")
        two.presses("1")
        two.sees("turn up when Ida searches")
        two.presses("2")
        two.sees("What becomes of this")
        two.presses("1")
        assert two.leaves() == 0
    (entry,) = entries()
    assert [each.speaker for each in entry.answers] == ["Ruth", *("Ruth", "Ida") * 3]
    assert consent_of(entry, "Ruth") == Consent(kept=True)
    with Person("consent", "withdraw", "last") as she:
        she.sees("for good")
        she.presses("y", ENTER)
        she.sees("Nothing can bring it back")
        she.presses("y", ENTER)
        she.sees("Withdrawn: Ruth")
        assert she.leaves() == 0
    (entry,) = entries()
    assert {each.state for each in entry.answers if each.speaker == "Ruth"} == {
        AnswerState.WITHDRAWN
    }
    left = sorted(path.name for path in entry_folders()[0].iterdir() if path.suffix != ".lock")
    assert left == ["3.flac", "3.jsonl", "5.flac", "5.jsonl", "7.flac", "7.jsonl", "entry.md"]


def test_a_no_leaves_nothing_on_the_disk(answers: Path) -> None:
    said_alone()
    with sit_down(answers) as two:
        two.sees("ENTER begins")
        two.presses(ENTER)
        two.sees("2  no, record nothing")
        two.presses("2")
        two.sees("Which of you begins")
        two.presses("1")
        for number in range(1, len(STEPS) + 1):
            two.sees(f"{number} of {len(STEPS)}: ")
            two.presses(ENTER)
        two.sees("Nothing is kept")
        assert two.leaves() == 0
    assert entry_folders() == []
    assert list(vault_folder().rglob("*.flac")) == []


@pytest.mark.usefixtures("fast")
def test_her_yes_is_understood_and_written_down(answers: Path) -> None:
    said_alone()
    done = run("two", DECK, "--names", "Ida", "Ruth", "--answers", str(answers))
    assert done.returncode == 0, done.stderr
    (entry,) = entries()
    assert "yes" in entry.answers[0].text.casefold()
    assert len(entry.answers) == 1 + len(STEPS)
    copied = run("consent", "copy", "last", str(answers / "copy"))
    assert copied.returncode == 0, copied.stderr
    assert len(list((answers / "copy").rglob("*.flac"))) == 4


@pytest.mark.parametrize("room", ["no", "unsure"])
def test_what_one_said_alone_keeps_it_shut_and_is_not_told(answers: Path, room: str) -> None:
    said_alone(room)
    done = run("two", DECK, "--answers", str(answers))
    assert done.returncode == 3
    assert room not in done.stderr.split()
    assert "Some decks open after a few questions" in " ".join(done.stderr.split())
