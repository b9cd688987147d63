"""Claims about spoken commands: a closed list, whole utterances, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.session.speech.commands import ALWAYS, TOLD, Command, heard, option_heard

MENU = (("fear", "fear of failing"), ("worn", "being worn out"))


@pytest.mark.parametrize(
    ("said", "command"),
    [
        (" Again.", Command.AGAIN),
        (" Read it's back.", Command.READ_BACK),
        ("Skip", Command.SKIP),
        ("undo!", Command.UNDO),
        (" Finish!", Command.FINISH),
        ("Too much.", Command.TOO_MUCH),
        ("It\u2019s too much.", Command.TOO_MUCH),
        ("Help lines.", Command.HELP_LINES),
        ("How long?", Command.HOW_LONG),
        ("Done.", Command.DONE),
        ("What can I say?", Command.WHAT),
        ("Read it back.", Command.READ_BACK),
    ],
)
def test_a_command_is_understood_however_the_model_writes_it(said: str, command: Command) -> None:
    assert heard(said, ALWAYS) is command


@pytest.mark.parametrize(
    "said",
    [
        "I wanted it to stop.",
        "It was too much for me.",
        "Again and again.",
        "I could not finish.",
        "How long it took.",
        "Skip to the end.",
        "Yes.",
        "No.",
        "Go on.",
        "",
        "...",
    ],
)
def test_everything_else_is_an_answer(said: str) -> None:
    assert heard(said, ALWAYS) is None


def test_every_command_of_an_answer_is_told_once_and_understood_as_it_is_told() -> None:
    assert {heard(phrase, ALWAYS) for phrase in TOLD} == ALWAYS
    assert len(TOLD) == len(ALWAYS)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=14))
def test_no_sentence_with_other_words_is_a_command(words: str) -> None:
    assert heard(f"and {words}", frozenset(Command)) is None


def test_yes_and_no_count_only_where_they_reply_to_something() -> None:
    assert heard("Yes.", ALWAYS | {Command.YES}) is Command.YES


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("2", 2),
        ("Number two.", 2),
        ("Being worn out.", 2),
        ("the first one", 1),
        ("None of these.", 0),
        ("I was worn out by being worn out.", None),
    ],
)
def test_a_choice_is_its_number_or_its_words(said: str, option: int | None) -> None:
    assert option_heard(said, MENU) == option


def test_where_there_is_no_menu_nothing_is_a_choice() -> None:
    assert option_heard("none of these", ()) is None
