"""Claims about what is spoken to the product: it decides only what it was asked."""

from dataclasses import replace

import pytest

from voicereflect.core.session.effects import Acknowledge, AskBack, Decide, PutIn, TellHelpLines
from voicereflect.core.session.events import Commanded, Pressed
from voicereflect.core.session.feedback import Feedback, Insertion
from voicereflect.core.session.machine import step
from voicereflect.core.session.speech import phrases as lines
from voicereflect.core.session.speech.commands import Command
from voicereflect.core.session.state import Answering, Asking, Choice, Fate, Phase, Replying, State

NEW = State(asking=Asking(questions=2, menus=(2, 0)), attended=False, hands_free=True)
FIRST = replace(NEW, answering=Answering(number=1))
ANSWERING = replace(FIRST, phase=Phase.ANSWERING, unread=frozenset({1}))


def replying(choice: Choice) -> State:
    return replace(
        FIRST,
        phase=Phase.CHOOSING,
        replying=Replying(choice=choice, number=-1, heard=True),
        decides=True,
        asking=replace(NEW.asking, at=2),
    )


def decided(choice: Choice, command: Command, option: int = 0) -> list[Fate]:
    state = replying(choice)
    _, effects = step(state, Commanded(-1, command, option))
    return [effect.fate for effect in effects if isinstance(effect, Decide)]


@pytest.mark.parametrize("command", [each for each in Command if each is not Command.YES])
def test_nothing_but_yes_or_its_number_deletes(command: Command) -> None:
    assert decided(Choice.DELETION, command) == []


def test_yes_deletes_once_it_was_asked() -> None:
    assert decided(Choice.DELETION, Command.YES) == [Fate.DELETE]
    assert decided(Choice.DELETION, Command.PICK, 1) == [Fate.DELETE]


@pytest.mark.parametrize("command", [Command.YES, Command.NO, Command.HELP_LINES])
def test_yes_no_and_help_lines_say_nothing_about_keeping(command: Command) -> None:
    assert decided(Choice.FATE, command) == []


@pytest.mark.parametrize("key", ["y", "n"])
def test_y_and_n_are_no_keys_where_there_are_three_choices(key: str) -> None:
    state = replying(Choice.FATE)
    assert step(state, Pressed(key)) == (state, (Acknowledge(Feedback.NOTHING),))


def test_help_lines_are_told_at_any_choice_and_it_stays_put() -> None:
    state = replying(Choice.DELETION)
    assert step(state, Commanded(-1, Command.HELP_LINES)) == (state, (TellHelpLines(),))


def test_a_choice_is_asked_back_and_twice_meant_otherwise_becomes_free_telling() -> None:
    state, effects = step(ANSWERING, Commanded(1, Command.PICK, 2))
    assert effects == (AskBack(0, 2),)
    state, _ = step(state, Commanded(1, Command.NO))
    state, _ = step(state, Commanded(1, Command.PICK, 1))
    state, effects = step(state, Commanded(1, Command.NO))
    assert effects == (PutIn(Insertion.OWN_WAY),)
    assert step(state, Commanded(1, Command.PICK, 1)) == (state, ())


def test_a_skip_after_other_words_keeps_them() -> None:
    kept, _ = step(ANSWERING, Commanded(1, Command.SKIP, alone=False))
    assert kept.set_aside == frozenset()
    gone, _ = step(ANSWERING, Commanded(1, Command.SKIP, alone=True))
    assert gone.set_aside == {1}


def test_how_long_a_sitting_takes_is_told_when_asked_and_the_answer_goes_on() -> None:
    asked = step(ANSWERING, Commanded(1, Command.HOW_LONG))
    assert asked == (ANSWERING, (PutIn(Insertion.HOW_LONG),))
    assert lines.how_long(8).startswith("About 8 minutes")
