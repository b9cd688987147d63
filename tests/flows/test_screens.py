"""Claims about what a person sees of a session, moving and still."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from tests.support.sittings import plan
from voicereflect.model import Answer, AnswerState
from voicereflect.ports.screen import Screen
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.session.live import LiveScreen
from voicereflect.ui.session.still import StillScreen

LONG = "And then she told me, for the first time, about the winter of the great snow. " * 4
QUESTION = "What do you know of the day she was born, and who told you about it first of all?"
CODE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
MOVES = re.compile(r"\x1b\[[0-9;?]*[A-HJKhl]|\r")
WIDTH = 80


@pytest.fixture(autouse=True)
def a_terminal_that_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the terminal is from which the tests are run."""
    monkeypatch.setenv("TERM", "xterm-256color")


ANSWER = Answer(
    number=1, speaker="me", prompt="stones/first", asked=QUESTION, state=AnswerState.DONE, text=LONG
)
PENDING = replace(ANSWER, number=2, text="", state=AnswerState.PENDING)


class Still:
    def __init__(self, *, attended: bool = True) -> None:
        self.out, self.remarks = io.StringIO(), io.StringIO()
        self.screen: Screen = StillScreen(attended=attended, out=self.out, remarks=self.remarks)

    @property
    def raw(self) -> str:
        return self.out.getvalue() + self.remarks.getvalue()


class Live:
    def __init__(self, *, attended: bool = True) -> None:
        self.out = io.StringIO()
        console = PatientConsole(
            file=self.out, force_terminal=True, width=WIDTH, height=24, highlight=False
        )
        self.screen: Screen = LiveScreen(attended=attended, console=console)

    @property
    def raw(self) -> str:
        return self.out.getvalue()


def lines_of(raw: str) -> list[str]:
    """What stands on the lines, without colours; every redrawn line is one more."""
    plain = CODE.sub("", MOVES.sub("\n", raw))
    return [line.rstrip() for line in plain.split("\n")]


def words_of(raw: str) -> str:
    return " ".join(" ".join(lines_of(raw)).split())


def show_everything(screen: Screen) -> None:
    screen.note(LONG)
    screen.opened(replace(plan().deck, why=LONG), "a microphone of a very long name " * 4)
    screen.said(LONG)
    screen.asked(1, 3, QUESTION)
    screen.listening(1)
    for number in range(20):
        screen.level(-6.0 * number, 61.5 + number)
        screen.live(1, LONG[: 17 * number])
    screen.asked(2, 3, QUESTION)
    screen.read(ANSWER)
    screen.read(PENDING)
    screen.settling(done_s=0.0, total_s=0.0)
    for done in range(11):
        screen.settling(done_s=done * 6.0, total_s=60.0)
    screen.saved(replace(plan().entry, answers=(ANSWER, PENDING)))
    screen.close()
    screen.close()


@pytest.mark.parametrize("kind", [Still, Live])
@pytest.mark.parametrize("attended", [True, False])
def test_no_line_is_wider_than_a_terminal(kind: Any, *, attended: bool) -> None:
    shown = kind(attended=attended)
    show_everything(shown.screen)
    wide = [line for line in lines_of(shown.raw) if cell_len(line) > WIDTH]
    assert wide == []


@pytest.mark.parametrize("kind", [Still, Live])
def test_question_answer_and_end_are_shown(kind: Any) -> None:
    shown = kind()
    show_everything(shown.screen)
    words = words_of(shown.raw)
    assert QUESTION in words
    assert " ".join(LONG.split()) in words
    assert "Stones" in words
    assert "2 answers" in words
    assert "still to come" in words


@pytest.mark.parametrize("kind", [Still, Live])
def test_one_answer_is_not_called_answers(kind: Any) -> None:
    shown = kind()
    shown.screen.saved(replace(plan().entry, answers=(ANSWER,)))
    assert "1 answer." in words_of(shown.raw)


@pytest.mark.parametrize("kind", [Still, Live])
def test_keys_are_named_only_to_a_person(kind: Any) -> None:
    with_person, without = kind(attended=True), kind(attended=False)
    show_everything(with_person.screen)
    show_everything(without.screen)
    assert "ENTER" in with_person.raw
    assert "ny key leaves the rest for later" in words_of(with_person.raw)
    assert "ENTER" not in without.raw
    assert "ny key" not in words_of(without.raw)


@pytest.mark.parametrize("kind", [Still, Live])
def test_marks_of_a_layout_in_what_was_said_are_shown_as_they_are(kind: Any) -> None:
    shown = kind()
    shown.screen.read(replace(ANSWER, text="It is [bold]not[/bold] *that* [/] simple"))
    assert "It is [bold]not[/bold] *that* [/] simple" in words_of(shown.raw)


def test_a_still_screen_never_moves_and_has_no_colour() -> None:
    shown = Still()
    show_everything(shown.screen)
    assert "\x1b" not in shown.raw
    assert "\r" not in shown.raw


def test_a_still_screen_says_remarks_apart_from_what_was_asked_and_said() -> None:
    shown = Still()
    show_everything(shown.screen)
    assert QUESTION in " ".join(shown.out.getvalue().split())
    for remark in ("Listening to", "Recording.", "ENTER", "Writing down", "Saved"):
        assert remark not in shown.out.getvalue()
        assert remark in shown.remarks.getvalue()


def test_a_still_screen_tells_its_progress_in_quarters() -> None:
    shown = Still()
    for done in range(101):
        shown.screen.settling(done_s=done * 1.0, total_s=100.0)
    told = words_of(shown.raw)
    assert "100 s of sound" in told
    assert re.findall(r"[0-9]+%", told) == ["26%", "51%", "76%"]


def test_the_meter_rises_with_the_sound_and_shows_the_length_of_the_take() -> None:
    def full_cells(dbfs: float) -> int:
        shown = Live()
        shown.screen.opened(plan().deck, "a test")
        shown.screen.asked(1, 3, QUESTION)
        shown.screen.listening(1)
        shown.screen.level(dbfs, 125.9)
        shown.screen.live(1, "drawn again")
        shown.screen.close()
        assert "2:05" in shown.raw
        return max(line.count("█") for line in lines_of(shown.raw))

    cells = [full_cells(dbfs) for dbfs in (-96.0, -60.0, -40.0, -20.0, 0.0)]
    assert cells[0] == cells[1] == 0
    assert cells == sorted(cells)
    assert cells[2] < cells[3] < cells[4]


def test_live_text_of_another_answer_is_not_shown() -> None:
    shown = Live()
    shown.screen.opened(plan().deck, "a test")
    shown.screen.asked(2, 3, QUESTION)
    shown.screen.listening(2)
    shown.screen.live(1, "an answer before")
    shown.screen.live(2, "this very answer")
    shown.screen.close()
    assert "this very answer" in words_of(shown.raw)
    assert "an answer before" not in words_of(shown.raw)


def test_the_last_words_of_an_answer_stay_in_view_until_they_are_settled() -> None:
    shown = Live()
    shown.screen.opened(plan().deck, "a test")
    shown.screen.asked(1, 3, QUESTION)
    shown.screen.listening(1)
    shown.screen.live(1, "it began with the snow")
    shown.screen.asked(2, 3, "And then?")

    def region() -> str:
        """What is drawn when something changes."""
        already = len(shown.raw)
        shown.screen.offered([])
        return words_of(shown.raw[already:])

    assert "it began with the snow" in region()
    shown.screen.live(1, "it began with the snow and the wolves")
    shown.screen.listening(2)
    assert "and the wolves" in region()
    shown.screen.read(replace(ANSWER, text="It began with the snow, and the wolves."))
    assert "wolves" not in region()
    shown.screen.close()


def test_the_words_of_an_answer_that_was_left_give_way_to_those_of_the_next() -> None:
    shown = Live()
    shown.screen.opened(plan().deck, "a test")
    for number, words in ((1, "never mind"), (2, "it was the snow")):
        shown.screen.asked(number, 3, QUESTION)
        shown.screen.listening(number)
        shown.screen.live(number, words)
    already = len(shown.raw)
    shown.screen.offered([])
    assert "it was the snow" in words_of(shown.raw[already:])
    assert "never mind" not in words_of(shown.raw[already:])
    shown.screen.close()


def test_the_words_of_an_answer_that_was_set_aside_leave_the_view() -> None:
    shown = Live()
    shown.screen.opened(plan().deck, "a test")
    shown.screen.listening(1)
    shown.screen.live(1, "never mind")
    shown.screen.asked(2, 3, QUESTION)
    shown.screen.live(1, "")
    already = len(shown.raw)
    shown.screen.offered([])
    assert "never mind" not in words_of(shown.raw[already:])
    assert "…" not in shown.raw[already:]
    shown.screen.close()


def test_a_moving_screen_gives_the_cursor_back() -> None:
    shown = Live()
    shown.screen.opened(plan().deck, "a test")
    shown.screen.close()
    assert shown.raw.rfind("\x1b[?25h") > shown.raw.rfind("\x1b[?25l") >= 0


class Gone(io.StringIO):
    """The terminal was closed, or the pipe's reader has left."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


@pytest.mark.parametrize("kind", ["still", "live"])
def test_a_terminal_that_is_gone_disturbs_no_session(kind: str) -> None:
    screen: Screen = StillScreen(attended=True, out=Gone(), remarks=Gone())
    if kind == "live":
        screen = LiveScreen(attended=True, console=PatientConsole(file=Gone(), force_terminal=True))
    show_everything(screen)


def test_letters_of_two_columns_are_wrapped_in_time() -> None:
    shown = Still()
    shown.screen.read(replace(ANSWER, text="今日はとても静かな一日でした。" * 10))
    assert max(cell_len(line) for line in lines_of(shown.raw)) <= WIDTH
