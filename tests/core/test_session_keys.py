"""Claims about the one table of keys, and about whatever is made of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from voicereflect.core.session.events import Interrupted, Pressed, of_key
from voicereflect.core.session.keys import ANY_KEY, KEYS, binding, option_of
from voicereflect.core.session.machine import step
from voicereflect.core.session.state import Asking, Phase, State
from voicereflect.ui.wording import legend, number_keys

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
WITHOUT_KEYS = frozenset({Phase.NEW, Phase.PICKING, Phase.OVER})


def test_every_phase_in_which_a_person_can_do_something_has_keys() -> None:
    assert {phase for uses in KEYS.values() for phase in uses} | {*ANY_KEY} == (
        {*Phase} - WITHOUT_KEYS
    )


@pytest.mark.parametrize("phase", [Phase.NEW, Phase.PICKING, Phase.OVER])
@pytest.mark.parametrize("key", [*KEYS, "z"])
def test_no_key_does_anything_where_nothing_waits_for_one(phase: Phase, key: str) -> None:
    state = State(asking=Asking(questions=2, menus=(3, 3)), attended=True, phase=phase)
    assert step(state, Pressed(key)) == (state, ())


def test_what_a_screen_shows_is_explained_in_the_page() -> None:
    unexplained = [
        (key, phase)
        for key, uses in KEYS.items()
        for phase, use in uses.items()
        if use.label and not use.help and not key.isdecimal()
    ]
    assert unexplained == []


def test_the_legends_are_in_the_order_of_the_table() -> None:
    assert legend(Phase.ASKING) == (
        "ENTER answer now · R again · L slower · S skip · N not today · X never · G gentler · "
        "U undo · H help lines · Q finish here"
    )
    assert legend(Phase.ANSWERING) == (
        "ENTER done · SPACE pause · R ask again · L slower · D redo · S skip · N not today · "
        "X never · G gentler · U undo · H help lines · Q finish, keep all"
    )
    held = "ENTER go on, once it is back · S next question · Q finish here, keep all"
    assert legend(Phase.HELD) == held
    assert legend(Phase.HELD, 1) == f"1 go on with another · {held}"
    assert legend(Phase.CHOOSING, 3) == "1\N{EN DASH}3 pick · ENTER leaves it open"
    assert number_keys(Phase.ASKING, 2) == "1\N{EN DASH}2 pick · 0 none of these"


def test_the_readme_names_no_key_that_does_nothing() -> None:
    table = README.partition("| key | does |")[2].partition("\n\n")[0]
    named = {key for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for key in keys(row)}
    assert named == set(KEYS) - {"y", *"56789"}


def keys(cell: str) -> set[str]:
    """The keys a row is about, `1 to 4` among them."""
    names = set(cell.replace("Ctrl-C", "").replace(" to ", " 2 3 ").replace(",", " ").split())
    return {name.lower() for name in names - {"or", "---"}}


def test_digits_of_any_script_are_digits() -> None:
    assert binding("\N{ARABIC-INDIC DIGIT TWO}", Phase.ASKING) == KEYS["2"][Phase.ASKING]
    assert binding("\N{SUPERSCRIPT TWO}", Phase.ASKING) is None


def test_a_number_without_a_choice_picks_nothing() -> None:
    state = State(asking=Asking(questions=2, menus=(2,)), attended=True, phase=Phase.ASKING)
    assert step(state, Pressed("3")) == (state, ())
    assert step(state, Pressed("2"))[0].phase is Phase.PICKING
    closing = replace(state, asking=replace(state.asking, at=1))
    assert step(closing, Pressed("0")) == (closing, ())


@pytest.mark.parametrize(
    ("key", "option"), [("enter", 0), ("1", 1), ("2", 2), ("3", None), ("0", None), ("y", 1)]
)
def test_an_option_is_its_number_or_yes_or_no(key: str, option: int | None) -> None:
    assert option_of(key, 2) == option


def test_what_a_keyboard_reports_is_a_key_or_an_interrupt() -> None:
    assert of_key("interrupt") == Interrupted()
    assert of_key("n") == Pressed("n")
