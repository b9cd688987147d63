"""Claims about what a person sees of a session, moving and still."""

import io
import os
import re
import signal
import time
from dataclasses import replace
from typing import Any

import pyte
import pytest
from rich.cells import cell_len

from tests.support.sittings import plan
from voicereflect.core.session.offers import ShownKey
from voicereflect.core.sound.levels import LevelTrouble
from voicereflect.model import Answer, AnswerState, Picked
from voicereflect.ports.screen import Screen
from voicereflect.ui.console import PatientConsole
from voicereflect.ui.session.live import SAME_KEY_S, LiveScreen
from voicereflect.ui.session.rows import last_words
from voicereflect.ui.session.still import SOUND_AGAIN, StillScreen
from voicereflect.ui.session.words import saved_lines

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
    def __init__(self, *, attended: bool = True, quiet: bool = False) -> None:
        self.out, self.remarks = io.StringIO(), io.StringIO()
        self.screen: Screen = StillScreen(
            attended=attended, quiet=quiet, out=self.out, remarks=self.remarks
        )

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


KEYS = (ShownKey("ENTER", "done", main=True), ShownKey("?", "all keys", main=True))
LEAVING = (ShownKey("Q", "leaves the rest for later", main=True),)


def show_everything(screen: Screen) -> None:
    screen.note(LONG)
    screen.opened(replace(plan().deck, why=LONG), "a microphone of a very long name " * 4)
    screen.said(LONG)
    screen.asked(1, 3, QUESTION)
    screen.keyed(KEYS)
    screen.listening(1)
    for number in range(20):
        screen.level(-6.0 * number, 61.5 + number)
        screen.live(1, LONG[: 17 * number])
    screen.asked(2, 3, QUESTION)
    screen.read(ANSWER)
    screen.read(PENDING)
    screen.awaiting_texts(done_s=0.0, total_s=0.0, saved=False)
    screen.keyed(LEAVING)
    for done in range(11):
        screen.awaiting_texts(done_s=done * 6.0, total_s=60.0, saved=True)
    screen.saved(replace(plan().entry, answers=(ANSWER, PENDING)), 1)
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
    assert "Saved: 1 answer." in words  # both are to one question
    assert "1 answer still waits for text" in words
    assert "1 take was set aside" in words
    assert "still to come" in words


def test_questions_that_wait_for_text_are_counted_and_not_their_takes() -> None:
    twice = (PENDING, replace(PENDING, number=PENDING.number + 1))
    lines = saved_lines(replace(plan().entry, answers=twice), 0)
    assert [line.partition(":")[0] for line in lines] == ["Saved", "1 answer still waits for text"]


@pytest.mark.parametrize("kind", [Still, Live])
def test_one_answer_is_not_called_answers(kind: Any) -> None:
    shown = kind()
    shown.screen.saved(replace(plan().entry, answers=(ANSWER,)), 0)
    assert "1 answer." in words_of(shown.raw)


@pytest.mark.parametrize("kind", [Still, Live])
def test_keys_are_named_only_to_a_person(kind: Any) -> None:
    with_person, without = kind(attended=True), kind(attended=False)
    show_everything(with_person.screen)
    show_everything(without.screen)
    assert "ENTER" in with_person.raw
    assert "Q leaves the rest for later" in words_of(with_person.raw)
    assert "ENTER" not in without.raw
    assert "Q leaves" not in words_of(without.raw)


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
        shown.screen.awaiting_texts(done_s=done * 1.0, total_s=100.0, saved=True)
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


class Terminal:
    """A terminal with a scrollback, and a session on it."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.out = io.StringIO()
        self.term = pyte.HistoryScreen(columns, rows, history=10_000)
        self.stream = pyte.Stream(self.term)
        self.console = PatientConsole(
            file=self.out, force_terminal=True, width=columns, height=rows, highlight=False
        )
        self.screen = LiveScreen(attended=True, console=self.console)
        self.taken = 0

    def rows(self) -> list[str]:
        """What stands in the window."""
        raw = self.out.getvalue().replace("\n", "\r\n")
        self.stream.feed(raw[self.taken :])
        self.taken = len(raw)
        return [row.rstrip() for row in self.term.display]

    def words(self) -> str:
        return " ".join(" ".join(self.rows()).split())

    def scrollback(self) -> list[str]:
        self.rows()
        return [
            "".join(row[place].data for place in range(self.term.columns)).rstrip()
            for row in self.term.history.top
        ]

    def resize(self, columns: int, rows: int) -> None:
        self.rows()
        self.term.resize(rows, columns)
        self.console.size = (columns, rows)
        os.kill(os.getpid(), signal.SIGWINCH)

    def begins(self) -> None:
        self.screen.opened(plan().deck, "a test")
        self.screen.said("Welcome.")

    def is_asked(self, number: int) -> None:
        self.screen.asked(number, 5, f"Question {number}: {QUESTION}")
        self.screen.keyed(KEYS)

    def speaks(self, number: int, words: str = LONG) -> None:
        self.screen.listening(number)
        for upto in range(0, len(words) + 40, 40):
            self.screen.level(-20.0, upto / 15)
            self.screen.live(number, words[:upto])

    def is_read(self, number: int) -> None:
        self.screen.read(
            replace(ANSWER, number=number, asked=f"Question {number}: {QUESTION}", text=LONG * 2)
        )


SIZES = [(80, 24), (40, 24), (40, 15), (30, 10)]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_question_is_on_the_screen_however_long_the_answer(columns: int, rows: int) -> None:
    """Five answers of a minute, each settled in the middle of the next one."""
    at = Terminal(columns, rows)
    at.begins()
    for number in range(1, 6):
        at.is_asked(number)
        assert f"Question {number}: {QUESTION}" in at.words()
        at.speaks(number, LONG * 3)
        if number > 1:
            at.is_read(number - 1)
        at.screen.did("Once more.")
        at.screen.level(-20.0, 60.0)
        at.screen.live(number, LONG * 3)
        shown = at.words()
        assert f"Question {number}: {QUESTION}" in shown  # at the moment of ENTER
        assert "●" in shown
        assert "Once more." in shown
        assert at.scrollback() == []
    at.screen.close()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 24)])
def test_what_was_said_stands_under_its_own_question_alone(columns: int, rows: int) -> None:
    at = Terminal(columns, rows)
    at.begins()
    at.is_asked(1)
    at.speaks(1, "it began with the snow")
    at.is_asked(2)
    words = at.words()
    assert words.index("1 of 5 · it began with the snow") < words.index("Question 2")
    at.screen.live(1, "it began with the snow and the wolves")
    at.speaks(2, "and this is the second")
    words = at.words()
    assert words.index("1 of 5 ·") < words.index("and the wolves") < words.index("Question 2")
    assert words.index("Question 2") < words.index("and this is the second")
    at.screen.read(replace(ANSWER, text="It began with the snow, and the wolves."))
    words = at.words()
    assert words.index("1 of 5 · What do you know") < words.index("It began with the snow, and")
    assert words.index("It began with the snow, and") < words.index("Question 2")
    assert "it began" not in words
    at.screen.close()


def test_a_window_that_changes_its_size_shows_the_question_and_no_broken_line() -> None:
    at = Terminal()
    at.begins()
    for number in (1, 2):
        at.is_asked(number)
        at.speaks(number, LONG * 3)
    at.is_read(1)
    for columns, rows in [*SIZES, (100, 30), (30, 10), (80, 24)]:
        at.resize(columns, rows)
        assert f"Question 2: {QUESTION}" in at.words()
        assert at.words().count("Question 2") == 1
        assert at.words().count("●") == 1
    assert at.scrollback() == []
    at.screen.close()


def test_what_stays_on_the_terminal_is_all_that_was_asked_and_said_and_nothing_else() -> None:
    at = Terminal(80, 10)
    at.begins()
    for number in range(1, 6):
        at.is_asked(number)
        at.speaks(number)
        at.is_read(number)
    at.screen.did("Once more.")
    at.screen.all_keys(KEYS)
    at.screen.saved(replace(plan().entry, answers=(ANSWER,)), 0)
    lines = [*at.scrollback(), *at.rows()]
    text = " ".join(" ".join(lines).split())
    assert [text.count(f"Question {number}: {QUESTION}") for number in range(1, 6)] == [1] * 5
    assert text.count(" ".join((LONG * 2).split())) == 5
    for gone in ("●", "░", "all keys", "Once more.", "…"):
        assert gone not in text
    assert "Saved: 1 answer." in text


def test_nothing_stays_of_a_session_that_was_deleted() -> None:
    at = Terminal()
    at.begins()
    at.is_asked(1)
    at.speaks(1)
    at.is_read(1)
    at.screen.forget()
    at.screen.note("It is deleted.")
    at.screen.close()
    text = " ".join([*at.scrollback(), *at.rows()])
    assert "snow" not in text
    assert "Question" not in text
    assert "It is deleted." in text


def test_the_words_of_an_answer_that_was_set_aside_leave_the_view() -> None:
    at = Terminal()
    at.begins()
    at.is_asked(1)
    at.speaks(1, "never mind")
    at.is_asked(2)
    assert "never mind" in at.words()
    at.screen.live(1, "")
    assert "never mind" not in at.words()
    at.screen.close()


def test_a_key_is_answered_on_the_screen_until_the_question_after_the_next() -> None:
    at = Terminal()
    at.begins()
    at.is_asked(1)
    at.screen.did("Skipped. U takes it back.")
    at.is_asked(2)
    at.speaks(2)
    assert "Skipped. U takes it back." in at.words()
    time.sleep(SAME_KEY_S)
    at.is_asked(3)
    assert "Skipped" not in at.words()
    at.screen.close()


def test_a_choice_is_shown_at_once_and_until_it_is_taken_back() -> None:
    at = Terminal()
    at.begins()
    at.is_asked(1)
    at.screen.offered(["ready", "not ready"])
    at.screen.picked("ready")
    at.is_asked(2)
    words = at.words()
    assert "You picked: ready. U takes it back." in words
    assert words.index("Question 1") < words.index("Picked: ready") < words.index("Question 2")
    at.screen.unpicked()
    assert "Picked: ready" not in at.words()
    at.screen.close()


def test_saved_is_said_only_once_it_is_true_and_late_blocks_bring_no_meter_back() -> None:
    at = Terminal()
    at.begins()
    at.is_asked(5)
    at.speaks(5)
    at.screen.awaiting_texts(done_s=0.0, total_s=60.0, saved=False)
    assert "Saving what you said." in at.words()
    assert "Saved" not in at.words()
    at.screen.awaiting_texts(done_s=0.0, total_s=60.0, saved=True)
    at.screen.level(-20.0, 61.0)
    at.screen.keyed(LEAVING)
    words = at.words()
    assert "Saved. Writing down what you said." in words
    assert "Q leaves the rest for later" in words
    assert "●" not in words
    at.screen.close()


def test_a_warning_is_shown_below_the_meter_and_goes_away_again() -> None:
    at = Terminal()
    at.begins()
    at.is_asked(1)
    at.speaks(1)
    at.screen.warned("Nothing arrives.")
    assert "Nothing arrives." in at.words()
    at.screen.warned("")
    assert "Nothing arrives." not in at.words()
    at.screen.close()
    assert "Nothing arrives." not in " ".join([*at.scrollback(), *at.rows()])


@pytest.mark.parametrize(
    ("words", "width", "last"),
    [("one two three", 20, "one two three"), ("one two three", 9, "… three"), ("一二三", 4, "…")],
)
def test_the_last_words_fit_into_their_row(words: str, width: int, last: str) -> None:
    assert last_words(words, width) == last


def test_nothing_is_printed_for_a_screen_reader_while_the_microphone_is_open() -> None:
    shown = Still(quiet=True)
    screen = shown.screen
    screen.opened(plan().deck, "a test")
    screen.said("Welcome.")
    assert "ENTER done · SPACE pause · ? all keys" in words_of(shown.raw)
    screen.asked(1, 3, QUESTION)
    before = shown.raw
    screen.listening(1)
    screen.keyed(KEYS)
    screen.level(-20.0, 1.0)
    screen.live(1, "snow")
    screen.read(replace(ANSWER, number=7, text="An answer before."))
    screen.note("A note.")
    screen.did("Once more.")
    screen.did("Slower from here on.")
    assert shown.raw == before
    screen.paused(paused=True)
    after = words_of(shown.raw)
    assert "Slower from here on." in after
    assert "Once more." not in after  # only the last key is told of
    assert "An answer before." in after
    assert "A note." in after
    screen.paused(paused=False)
    before = shown.raw
    screen.note("Another note.")
    assert shown.raw == before
    screen.warned(LevelTrouble.SILENT)  # no microphone hears that being read aloud
    assert LevelTrouble.SILENT in words_of(shown.raw)
    screen.warned("")
    screen.asked(2, 3, "And then?")
    assert SOUND_AGAIN in words_of(shown.raw)
    assert "Another note." in words_of(shown.raw)


def test_a_key_is_told_once_on_a_still_screen() -> None:
    shown = Still()
    for _ in range(2):
        shown.screen.asked(1, 3, QUESTION)
        shown.screen.listening(1)
        shown.screen.keyed(KEYS)
    shown.screen.keyed((*KEYS, *LEAVING))
    assert shown.remarks.getvalue().count("ENTER done · ? all keys") == 1
    assert shown.remarks.getvalue().count("Recording.") == 2
    assert shown.remarks.getvalue().endswith("\nQ leaves the rest for later\n")


@pytest.mark.parametrize("kind", [Still, Live])
def test_what_was_picked_is_shown_with_its_answer(kind: Any) -> None:
    shown = kind()
    ready = Picked(id="ready", words="ready for something small")
    shown.screen.read(replace(ANSWER, picked=ready))
    assert "Picked: ready for something small And then she told me" in words_of(shown.raw)


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
