"""Claims about the calm line in a session: it never holds a question up, and keeps nothing."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.sittings import Sitting
from voicereflect.errors import ModelMissing
from voicereflect.flows.conversing import CALM_ON_SCREEN
from voicereflect.flows.inbox import Inbox, Looked
from voicereflect.flows.looking import Looking
from voicereflect.model import Answer, AnswerState

DANGER = "We had tea. I want to die."


@dataclass
class Sensing:
    """Says yes to some answers, by their place, once it is let."""

    yes: frozenset[int] = frozenset()
    may: threading.Event = field(default_factory=threading.Event)
    problem: ModelMissing | None = None
    asked: int = 0
    closed: bool = False

    def notices(self, text: str) -> bool:
        assert text
        self.asked += 1
        self.may.wait(20)
        if self.problem is not None:
            raise self.problem
        return self.asked in self.yes

    def close(self) -> None:
        self.closed = True


def missing() -> ModelMissing:
    return ModelMissing("There is no model.", hint="Install one.")


def answer(text: str) -> Answer:
    return Answer(
        number=1,
        speaker="me",
        prompt="stones/first",
        asked="The first?",
        duration_s=1.0,
        state=AnswerState.DONE,
        text=text,
    )


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    return Sitting(root=tmp_path / "vault")


def test_the_next_questions_are_asked_while_the_first_answer_is_looked_at(
    sitting: Sitting,
) -> None:
    sense = Sensing(frozenset({1}))
    sitting.sense = sense

    def last_one_asked(what: str, number: int) -> None:
        if (what, number) == ("asked", 3):
            sense.may.set()

    sitting.screen.react = last_one_asked
    entry = sitting.run()
    assert len(entry.answers) == 3
    assert sense.may.is_set()
    assert sitting.screen.notes.count(CALM_ON_SCREEN) == 1
    assert sense.closed


def test_the_line_comes_once_after_the_last_answer_too_and_nothing_keeps_it(
    sitting: Sitting,
) -> None:
    sense = Sensing(frozenset({3}))
    sense.may.set()
    sitting.sense = sense
    sitting.run()
    assert sitting.screen.notes.count(CALM_ON_SCREEN) == 1
    (folder,) = sitting.entries
    kept = "".join(file.read_text("utf-8") for file in folder.iterdir() if file.suffix == ".md")
    assert "danger" not in kept


def test_many_dangers_bring_one_line(sitting: Sitting) -> None:
    sitting.sense = sense = Sensing(frozenset({1, 2, 3}))
    sense.may.set()
    sitting.run()
    assert sitting.screen.notes.count(CALM_ON_SCREEN) == 1


@pytest.mark.parametrize(("text", "danger"), [(DANGER, True), ("We had tea.", False)])
def test_without_the_model_patterns_look_alone(text: str, *, danger: bool) -> None:
    sense = Sensing(problem=missing())
    sense.may.set()
    for given in (sense, None):
        inbox = Inbox()
        looking = Looking(given, inbox)
        for _ in range(2):
            looking.look(1, answer(text))
            assert inbox.next() == Looked(1, answer(text), danger)
        looking.close()
    assert sense.asked == 1
