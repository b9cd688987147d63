"""Claims about the calm line in a session: it never holds a question up, and keeps nothing."""

import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.fakes import Said, StubRecorder
from tests.support.sittings import Sitting, blocks
from tests.support.waiting import PATIENCE_S
from voicereflect.adapters.meaning.client import MeaningWorker
from voicereflect.errors import ModelMissing
from voicereflect.flows.session.asking.prompting import CALM_ON_SCREEN
from voicereflect.flows.session.looking import LOOK_S, DangerWatch
from voicereflect.flows.session.queue import Inbox, Looked
from voicereflect.model import Answer, AnswerState

DANGER = "We had tea. I want to die."


@dataclass
class Sensing:
    """Says yes to some answers, by their place, once it is let."""

    yes: frozenset[int] = frozenset()
    may: threading.Event = field(default_factory=threading.Event)
    problem: ModelMissing | None = None
    asked: int = 0
    started_before: int | None = None
    """So many answers had been asked about when it was told to start."""
    closed: bool = False

    def start(self) -> None:
        if self.started_before is None:
            self.started_before = self.asked

    def notices(self, text: str) -> bool:
        assert text
        self.asked += 1
        self.may.wait(PATIENCE_S)
        if self.problem is not None:
            raise self.problem
        return self.asked in self.yes

    def stop(self) -> None:
        self.may.set()

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


def test_the_sense_loads_while_the_first_answer_is_written_down(sitting: Sitting) -> None:
    sitting.sense = sense = Sensing()
    sense.may.set()
    sitting.run()
    assert sense.started_before == 0


def test_many_dangers_bring_one_line(sitting: Sitting) -> None:
    sitting.sense = sense = Sensing(frozenset({1, 2, 3}))
    sense.may.set()
    sitting.run()
    assert sitting.screen.notes.count(CALM_ON_SCREEN) == 1


def test_an_answer_that_was_set_aside_is_not_looked_at(sitting: Sitting) -> None:
    sitting.recorder = StubRecorder([Said(blocks(seed), ends=False) for seed in range(2)])
    keys = {("said", 0): "enter", ("listening", 1): "d", ("listening", 2): "q"}
    sitting.person(lambda what, number: keys.get((what, number)))
    sitting.sense = sense = Sensing(frozenset({2}))
    sense.may.set()
    sitting.run()
    assert sense.asked == 1
    assert CALM_ON_SCREEN not in sitting.screen.notes


@pytest.mark.parametrize(("text", "danger"), [(DANGER, True), ("We had tea.", False)])
def test_without_the_model_patterns_look_alone(text: str, *, danger: bool) -> None:
    sense = Sensing(problem=missing())
    sense.may.set()
    for given in (sense, None):
        inbox = Inbox()
        watch = DangerWatch(given, inbox)
        for _ in range(2):
            watch.look(answer(text))
            assert inbox.next() == Looked(answer(text), danger)
        watch.close()
    assert sense.asked == 1


@pytest.fixture
def stuck(tmp_path: Path) -> MeaningWorker:
    """A worker whose process never answers."""
    command = (sys.executable, "-c", "import time; time.sleep(600)")
    return MeaningWorker(lambda: tmp_path, command=command)


def test_a_worker_that_never_answers_delays_no_question_and_the_end_by_one_look(
    sitting: Sitting, stuck: MeaningWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No look is over before all are asked for, and each began when its answer was saved."""
    sitting.sense = stuck
    waits_s: list[float] = []
    looked: list[Looked] = []

    def post_later(inbox: Inbox, message: Looked, after_s: float) -> threading.Timer:
        waits_s.append(after_s)
        looked.append(message)
        if len(looked) == 3:
            for each in looked:
                inbox.post(each)
        return threading.Timer(after_s, print)  # never started

    monkeypatch.setattr(Inbox, "post_later", post_later)
    assert len(sitting.run().answers) == 3
    assert waits_s == [LOOK_S] * 3


def test_where_the_worker_never_answers_the_patterns_count_for_each_answer(
    stuck: MeaningWorker,
) -> None:
    inbox = Inbox()
    watch = DangerWatch(stuck, inbox)
    for text, danger in ((DANGER, True), ("We had tea.", False)):
        watch.look(answer(text))
        assert inbox.next() == Looked(answer(text), danger)
    watch.close()


def test_what_the_sense_says_late_still_counts() -> None:
    sense, inbox = Sensing(frozenset({1})), Inbox()
    watch = DangerWatch(sense, inbox)
    watch.look(answer("We had tea."))
    assert inbox.next() == Looked(answer("We had tea."), danger=False)
    sense.may.set()
    assert inbox.next() == Looked(answer("We had tea."), danger=True)
    watch.close()
