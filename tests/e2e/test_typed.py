"""A session whose answers are typed, at a terminal: it is drawn, and killed it leaves all."""

import re

import pytest

from tests.support.product import CTRL_C, ENTER, Person, entries, entry_folders, run
from tests.support.waiting import comes_true
from voicereflect.core.typed.strokes import PASTE_ON
from voicereflect.model import AnswerState
from voicereflect.wiring import decks

ESCAPE = "\x1b"
LITERAL = re.compile(r"(?<!\x1b)\[(?:\?2004[hl]|\d+[AG])")
"""What steers a terminal, printed as text."""


def are_on_the_disk(words: bytes) -> bool:
    kept = (path for folder in entry_folders() for path in folder.iterdir() if path.is_file())
    return any(words in path.read_bytes() for path in kept)


@pytest.mark.usefixtures("no_model")
def test_what_is_typed_is_drawn_and_outlives_a_kill_with_all_that_was_decided(
    no_devices: dict[str, str],
) -> None:
    with Person("reflect", "small-steps", "--typed", env=no_devices, still=False) as person:
        person.sees("ENTER begins")
        person.presses(ENTER)
        person.sees("1 of 5")
        for key, told in (
            ("s", "Skipped"),
            ("n", "No more of this today"),
            ("u", "Taken back"),
            ("x", "Never"),
        ):
            person.presses(ESCAPE)
            person.sees("ESC goes on")
            person.presses(key)
            person.sees(told)
        person.presses(*"Two of them.")
        person.sees("of them")
        assert comes_true(lambda: are_on_the_disk(b"Two of them."), look_s=0.1)
        person.glance(1.0)  # and so is the end of that save
        person.process.kill()
        person.leaves()
    assert PASTE_ON in person.shown
    assert LITERAL.search(person.shown) is None
    assert run("recover", env=no_devices).returncode == 0
    answers = entries()[0].answers
    assert [answer.text for answer in answers if answer.text] == ["Two of them."]
    assert [answer.state for answer in answers].count(AnswerState.SKIPPED) == 2
    said = decks.preferences().read()
    assert (len(said.never), dict(said.not_today)) == (1, {})


@pytest.mark.usefixtures("no_model")
def test_in_another_language_it_is_told_what_is_noticed_in_english_alone(
    no_devices: dict[str, str],
) -> None:
    with Person("talk", "--typed", "--language", "de", env=no_devices) as person:
        person.sees(r"Words of danger are noticed .*not in German\.")
        person.sees("help-lines")
        person.presses(CTRL_C)
        person.leaves()
