"""Claims about the keys of a session, pressed at a real terminal."""

import signal
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.product import (
    CTRL_C,
    ENTER,
    SAMPLES,
    SPACE,
    Person,
    card_sound,
    entries,
    entry_folders,
    flac,
    leftovers,
    vault_folder,
)
from tests.support.rigs import CARD_RATE_HZ, AlsaFileCard
from tests.support.vaults import noise
from tests.support.waiting import comes_true
from voicereflect.model import AnswerState

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("no_model"),
    pytest.mark.xdist_group("paced"),
]

RECORDING = r"Recording\."
MOMENT_S = 0.5
NO_RESTS = {"VOICEREFLECT_VOICE_PAUSE_MS": "0"}
FIRST, SECOND, THIRD = (noise(CARD_RATE_HZ, seed) for seed in (1, 2, 3))


class Sitting:
    """A person at a terminal with a microphone in front of them."""

    def __init__(self, person: Person, card: AlsaFileCard) -> None:
        self.person = person
        self.card = card

    def begins(self) -> None:
        """To where the first answer is recorded."""
        self.person.sees("ENTER begins")
        self.person.presses(ENTER)
        self.person.sees(RECORDING)

    def says(self, pcm: bytes) -> None:
        """Speak, and let it arrive."""
        self.card.load_mic(pcm)
        self.card.wait_until_said()
        time.sleep(MOMENT_S)

    def is_asked_again(self, key: str) -> None:
        """Press a key, and wait until the loudspeaker was opened once more and is done."""
        played = len(self.card.played())
        self.person.presses(key)
        again = comes_true(lambda: len(self.card.played()) > played, look_s=0.05)
        assert again, f"{played} times, and never again"
        time.sleep(2 * MOMENT_S)

    def ends(self, *keys: str, saved: str = "Saved: ") -> None:
        """Press keys, and see that all was saved."""
        self.person.presses(*keys)
        self.person.sees(saved)
        assert self.person.leaves() == 0
        assert leftovers() == []


@contextmanager
def sitting(folder: Path, *, still: bool = True) -> Iterator[Sitting]:
    with (
        AlsaFileCard(folder, pace=1.0) as card,
        Person("reflect", "small-steps", env=card.env | NO_RESTS, still=still) as person,
    ):
        yield Sitting(person, card)


def trash() -> list[Path]:
    return sorted((vault_folder() / "trash").glob("*"))


def states() -> list[tuple[str, AnswerState]]:
    (entry,) = entries()
    return [(answer.prompt.partition("/")[2], answer.state) for answer in entry.answers]


def test_enter_ends_an_answer_and_q_the_session(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        at.person.presses(ENTER)
        at.person.sees(RECORDING)
        at.says(SECOND)
        at.ends("q", saved="Saved: 2 answers")
    assert states() == [("own-step", AnswerState.PENDING), ("own-when", AnswerState.PENDING)]
    (folder,) = entry_folders()
    assert FIRST in flac(folder, 1)
    assert SECOND in flac(folder, 2)


def test_what_is_said_while_paused_is_not_kept_and_all_else_is(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        at.person.presses(SPACE)
        at.person.sees("Paused")
        at.says(SECOND)
        at.person.presses(SPACE)
        at.person.sees("Recording again")
        at.says(THIRD)
        at.ends("q")
    kept = flac(entry_folders()[0], 1)
    assert FIRST in kept
    assert THIRD in kept
    assert SECOND[2000:6000] not in kept


def test_a_redone_take_goes_to_the_trash_with_its_sound(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        at.person.presses("d")
        at.person.sees(RECORDING)
        at.says(SECOND)
        at.ends("q", saved="Saved: 1 answer")
    (answer,) = entries()[0].answers
    assert SECOND in flac(entry_folders()[0], answer.number)
    (thrown,) = trash()
    assert FIRST in flac(thrown, 1)
    assert tomllib.loads((thrown / "reason.toml").read_text())["reason"]


def test_undo_brings_a_redone_take_back_and_asks_no_other_question(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        at.person.presses("d")
        at.person.sees("Begun anew")
        at.says(SECOND)
        at.person.presses("u")
        at.person.sees("Your earlier answer is back, and the newer one is set aside")
        at.person.presses(SPACE)
        at.person.sees(RECORDING)
        at.says(THIRD)
        at.ends("q", saved="Saved: 1 answer")
    assert "2 of 5" not in at.person.shown
    (entry,) = entries()
    (folder,) = entry_folders()
    kept = [flac(folder, answer.number) for answer in entry.answers]
    assert [FIRST in kept[0], THIRD in kept[1], len(kept)] == [True, True, 2]
    assert SECOND in flac(trash()[0], 2)


@pytest.mark.parametrize(
    ("key", "place", "prompt"),
    [("s", 2, "own-when"), ("n", 5, "closing"), ("x", 2, "own-when")],
)
def test_a_refused_question_is_noted_and_its_sound_is_in_the_trash(
    tmp_path: Path, key: str, place: int, prompt: str
) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        at.person.presses(key)
        at.person.sees(f"{place} of 5")
        at.person.sees(RECORDING)
        at.says(SECOND)
        at.ends("q")
    assert sorted(states()) == sorted(
        [("own-step", AnswerState.SKIPPED), (prompt, AnswerState.PENDING)]
    )
    assert FIRST in flac(trash()[0], 1)


def test_undo_takes_a_skip_back(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        at.person.presses("s")
        at.person.sees(RECORDING)
        at.person.presses("u")
        at.person.sees("1 of 5")
        at.person.sees(RECORDING)
        at.says(SECOND)
        at.ends("q")
    (entry,) = entries()
    assert {answer.state for answer in entry.answers} == {AnswerState.PENDING}
    sounds = [flac(entry_folders()[0], answer.number) for answer in entry.answers]
    assert any(FIRST in each for each in sounds)
    assert any(SECOND in each for each in sounds)
    assert trash() == []


def test_g_asks_the_gentler_question_and_then_the_closing(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.person.presses("g")
        at.person.sees(r"1 of 5: What did you do for yourself in the last few days")
        at.person.sees(RECORDING)
        at.says(FIRST)
        at.person.presses("g")
        at.person.sees("5 of 5")
        at.person.sees(RECORDING)
        at.ends("q")


def test_r_and_l_ask_again_and_that_stretch_is_marked(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        for key in ("r", "l"):
            at.is_asked_again(key)
        at.says(SECOND)
        at.ends("q")
    kept = flac(entry_folders()[0], 1)
    assert FIRST in kept
    assert SECOND in kept
    lines = (entry_folders()[0] / "1.jsonl").read_text()
    assert '"aside": [[' in lines


def test_the_keys_do_the_same_on_a_moving_screen(tmp_path: Path) -> None:
    with sitting(tmp_path, still=False) as at:
        at.person.sees("ENTER begins")
        at.person.presses(ENTER)
        at.person.sees("SPACE pause")
        at.says(FIRST)
        at.person.presses(SPACE)
        at.person.sees("paused, SPACE goes on")
        at.person.presses(SPACE)
        at.person.sees("0:0[0-9]")
        at.ends("Q", saved="Saved: 1 answer")
    assert FIRST in flac(entry_folders()[0], 1)


@pytest.mark.parametrize("where", ["opening", "question"])
@pytest.mark.parametrize("key", [CTRL_C, "q"], ids=["Ctrl-C", "Q"])
def test_leaving_before_the_first_answer_leaves_no_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, key: str
) -> None:
    if where == "question":
        # asked for a long while: the card is slow to play, so that the key comes in time
        monkeypatch.setenv("VOICEREFLECT_VOICE_RATE", "80")
    with sitting(tmp_path) as at:
        at.person.sees("ENTER begins")
        if where == "question":
            at.person.presses(ENTER)
        at.person.presses(key)
        assert at.person.leaves() == 0
    assert "Traceback" not in at.person.shown
    recorded = "Recording." in at.person.shown
    assert len(entries()) == recorded
    assert leftovers() == []


def test_ctrl_c_during_an_answer_keeps_it(tmp_path: Path) -> None:
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST)
        at.ends(CTRL_C, saved="Saved: 1 answer")
    assert FIRST in flac(entry_folders()[0], 1)


@pytest.mark.parametrize("how", ["Ctrl-C twice", "closed terminal"])
def test_a_hasty_end_is_quick_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models_dir: Path, how: str
) -> None:
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(models_dir))
    with sitting(tmp_path) as at:
        at.begins()
        at.says(FIRST * 4)
        if how == "Ctrl-C twice":
            at.person.presses(CTRL_C, CTRL_C)
            assert at.person.leaves() == 0
        else:
            at.person.process.send_signal(signal.SIGHUP)
            assert at.person.leaves() == 0
    assert FIRST * 4 in flac(entry_folders()[0], 1)
    assert states() == [("own-step", AnswerState.PENDING)]
    assert leftovers() == []


def test_only_q_leaves_while_the_last_words_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models_dir: Path
) -> None:
    monkeypatch.setenv("VOICEREFLECT_MODELS_DIR", str(models_dir))
    with sitting(tmp_path) as at:
        at.begins()
        said = card_sound(SAMPLES / "small-steps" / "own-step.flac") * 3
        at.says(said)
        at.person.presses("q", "z")
        at.person.sees("Your words are still being written down")
        at.ends("q", saved="Saved: 1 answer")
    assert "1 answer still waits for text" in at.person.shown
    assert said in flac(entry_folders()[0], 1)
    assert states() == [("own-step", AnswerState.PENDING)]
