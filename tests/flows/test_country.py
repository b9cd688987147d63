"""Claims about help lines that are wanted where no country is known: it is asked there and then."""

from pathlib import Path

import pytest

from tests.support.fakes import Said, StubRecorder
from tests.support.sittings import QUESTIONS, Sitting, blocks
from voicereflect.adapters.help_lines_file import shipped_help_lines
from voicereflect.core.session.speech.phrases import NO_HELP_LINES
from voicereflect.flows.session.asking.country import KEPT, TAKES, WHICH
from voicereflect.flows.session.loop import Session
from voicereflect.model import AnswerState


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    found = Sitting(root=tmp_path / "vault", countries=shipped_help_lines())
    found.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(9)])
    return found


def pressing(sitting: Sitting, keys: str) -> list[str]:
    """Press H in the first answer, then these keys; give what was noted."""
    asked = False

    def react(what: str, _number: int) -> None:
        nonlocal asked
        if what == "said":
            sitting.keyboard.press("enter")
        elif what == "listening" and not asked:
            asked = True
            for key in ("h", *keys, "\n"):
                sitting.keyboard.press("enter" if key == "\n" else key)
        elif what == "listening":
            sitting.keyboard.press("enter")

    sitting.attended = True
    sitting.screen.react = react
    entry = Session(sitting.parts(), sitting.plan).run()
    assert AnswerState.SKIPPED not in {each.state for each in entry.answers}
    assert len(sitting.texts) == len(QUESTIONS)
    return sitting.screen.notes


@pytest.mark.parametrize("typed", ["ireland", "ir", "ie"])
def test_the_country_is_asked_its_numbers_are_told_and_it_is_kept(
    sitting: Sitting, typed: str
) -> None:
    notes = pressing(sitting, f"{typed}\n")
    assert notes[0] == WHICH
    assert KEPT.format(name="Ireland") in notes
    assert any("116 123" in note for note in notes)
    assert sitting.remembered == ["IE"]


def test_letters_of_a_country_are_no_keys_of_the_session(sitting: Sitting) -> None:
    notes = pressing(sitting, "sweden\n")
    assert TAKES.format(name="Sweden") in notes


def test_enter_alone_leaves_it_open(sitting: Sitting) -> None:
    assert pressing(sitting, "\n") == [WHICH, NO_HELP_LINES]
    assert sitting.remembered == []


def test_a_country_that_is_not_known_is_asked_again(sitting: Sitting) -> None:
    notes = pressing(sitting, "atlantis\nnz\n")
    assert any("No numbers are known here for that." in note for note in notes)
    assert sitting.remembered == ["NZ"]


def test_asked_again_the_numbers_are_told_at_once(sitting: Sitting) -> None:
    notes = pressing(sitting, "ie\nh")
    assert notes.count(WHICH) == 1
    assert sum("116 123" in note for note in notes) == 2
