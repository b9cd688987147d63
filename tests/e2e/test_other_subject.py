"""The engine is for anybody: a musician's practice diary, from the deck to what is read back."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.product import entries, run, vault_folder
from tests.support.rigs import required
from voicereflect.model import AnswerState

Env = dict[str, str]

DECK = """\
format = 1
edition = 1
title = "Practice"
why = "What an hour with the instrument was like."
minutes = 4
depth = "light"
needs = ["instrument"]
opening = ["A little about {instrument}."]
closing = ["That was the practice. What comes next for you today?"]

[[prompts]]
id = "heard"
heading = "What a microphone would have heard"
words = ["What did {instrument} sound like today?"]

[[prompts]]
id = "felt"
heading = "What the fingers knew"
beside = "heard"
words = ["And what did your fingers know?"]

[[prompts]]
id = "reed"
when = { instrument = "the oboe" }
words = ["How was the reed?"]

[[prompts]]
id = "bow"
when = { instrument = "the cello" }
words = ["How was the bow?"]
"""
PROGRAMME = """\
format = 1
edition = 1
title = "A musician's year"
why = "Short sittings after practice."
order = ["practice"]

[[facts]]
id = "instrument"
ask = "What do you play?"
unknown = "the instrument"
"""
SAID = {
    "heard": "The low notes were warm and the high notes were thin.",
    "felt": "My left hand was slow in the second movement.",
    "bow": "The bow was heavy at the frog.",
    "closing": "I will make some soup.",
}


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Answers to the deck, spoken by a machine."""
    required("espeak-ng")
    folder = tmp_path / "answers" / "practice"
    folder.mkdir(parents=True)
    for name, text in SAID.items():
        subprocess.run(["espeak-ng", "-s", "150", "-w", folder / f"{name}.wav", text], check=True)
    return folder.parent


@pytest.mark.slow
@pytest.mark.usefixtures("fast")
def test_a_musicians_diary_is_begun_asked_kept_and_read_back(no_devices: Env, told: Path) -> None:
    decks = vault_folder() / "decks"
    (decks / "programmes").mkdir(parents=True)
    (decks / "practice.toml").write_text(DECK, "utf-8")
    (decks / "programmes/year.toml").write_text(PROGRAMME, "utf-8")
    assert run("decks", "check", str(decks / "practice.toml")).returncode == 0
    begun = run("programme", "start", "year", "--know", "instrument=the cello")
    assert begun.returncode == 0, begun.stderr
    assert "Practice" in run("programme", "next", "year").stdout

    done = run("reflect", "practice", "--answers", str(told), env=no_devices)
    assert done.returncode == 0, done.stderr
    (entry,) = entries()
    assert [answer.prompt for answer in entry.answers] == [f"practice/{name}" for name in SAID]
    assert entry.answers[0].asked == "What did the cello sound like today?"
    assert all(answer.state is AnswerState.DONE for answer in entry.answers)
    assert "movement" in entry.answers[1].text

    shown = run("show", "last").stdout
    assert "What a microphone would have heard\n1. What did the cello sound like" in shown
    (heard,) = json.loads(run("echo", "practice/bow", "--json").stdout)
    assert "bow" in heard["text"].casefold()
    for output in (begun.stdout, done.stdout, done.stderr, shown):
        assert not {"mother", "daughter"} & {word.casefold() for word in output.split()}
