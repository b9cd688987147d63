"""Claims about the one table of keys, and about whatever is made of it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from voicereflect.core.session.effects import Acknowledge
from voicereflect.core.session.events import Interrupted, Pressed, of_key
from voicereflect.core.session.feedback import Feedback
from voicereflect.core.session.keys import KEYS, binding, option_of
from voicereflect.core.session.machine import step
from voicereflect.core.session.offers import main_offers, offers
from voicereflect.core.session.state import Asking, Phase, State, Undo
from voicereflect.ui.session.words import ANSWER_KEYS, legend

GUIDE = (Path(__file__).parents[2] / "docs" / "guide.md").read_text("utf-8")
WITHOUT_KEYS = frozenset({Phase.NEW, Phase.PICKING, Phase.OVER})


def test_every_phase_in_which_a_person_can_do_something_has_keys() -> None:
    assert {phase for uses in KEYS.values() for phase in uses} == {*Phase} - WITHOUT_KEYS


@pytest.mark.parametrize("phase", [Phase.NEW, Phase.PICKING, Phase.OVER])
@pytest.mark.parametrize("key", [*KEYS, "z"])
def test_no_key_does_anything_where_nothing_waits_for_one(phase: Phase, key: str) -> None:
    state = State(asking=Asking(questions=2, menus=(3, 3)), attended=True, phase=phase)
    assert step(state, Pressed(key)) == (state, ())


def test_what_a_screen_shows_around_a_question_is_explained_in_the_page() -> None:
    unexplained = [
        (key, phase)
        for key, uses in KEYS.items()
        for phase, use in uses.items()
        if use.label and not use.help and not key.isdecimal() and phase is not Phase.RESTORED
    ]
    assert unexplained == []


ASKING = State(
    asking=Asking(questions=3, menus=(0, 3, 0), inviting=frozenset({0})),
    attended=True,
    phase=Phase.ASKING,
)
TALKING = replace(ASKING, asking=Asking(questions=1, worded=False), phase=Phase.ANSWERING)
SKIPPED = Undo(at=0, set_aside=frozenset(), skipped=(), gentler=frozenset())


def shown(state: State, *, every: bool = False) -> str:
    found = offers(state)
    return legend(found if every else main_offers(found))


def test_few_keys_are_shown_and_one_that_shows_all() -> None:
    assert shown(ASKING) == "ENTER answer now · S skip · ? all keys"
    menu = replace(ASKING, asking=replace(ASKING.asking, at=1))
    assert shown(menu) == (
        "ENTER answer now · 1\N{EN DASH}3 pick · 0 none of these · S skip · ? all keys"
    )
    answering = replace(ASKING, phase=Phase.ANSWERING)
    assert shown(answering) == "ENTER done · SPACE pause · S skip · ? all keys"
    assert shown(replace(ASKING, phase=Phase.AWAITING_TEXTS)) == "Q leaves the rest for later"
    assert shown(replace(ASKING, phase=Phase.OPENING)) == "ENTER begins · Q leaves"
    held = replace(ASKING, phase=Phase.HELD, others=("blue",))
    assert shown(held).startswith("ENTER go on, once it is back · 1 go on with another · S next")


def test_all_keys_are_those_that_do_something_now() -> None:
    assert shown(replace(ASKING, phase=Phase.ANSWERING, past=(SKIPPED,)), every=True) == (
        "ENTER done · SPACE pause · M done, and ask me for more · R hear the question again · "
        "L hear it slower · D begin this answer anew · S skip · "
        "N no more of this deck today · X never ask this again · "
        "G ask something gentler · U take it back · H help lines · "
        "Q finish here, keep all · ? all keys"
    )
    assert shown(TALKING, every=True) == (
        "ENTER done · SPACE pause · D begin this answer anew · H help lines · "
        "Q finish here, keep all · ? all keys"
    )
    assert "take it back" not in shown(ASKING, every=True)


def test_in_a_pause_the_key_that_paused_goes_on() -> None:
    answering = replace(ASKING, phase=Phase.ANSWERING)
    paused, _ = step(answering, Pressed("space"))
    assert "SPACE pause" in shown(answering)
    assert "SPACE go on" in shown(paused)


def test_the_keys_that_are_told_before_an_answer_are_those_of_every_answer() -> None:
    assert set(ANSWER_KEYS) <= set(offers(TALKING))


def test_the_guide_names_no_key_that_does_nothing() -> None:
    table = GUIDE.partition("| key | does |")[2].partition("\n\n")[0]
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
    assert step(state, Pressed("3")) == (state, (Acknowledge(Feedback.NO_CHOICE),))
    assert step(state, Pressed("2"))[0].phase is Phase.PICKING
    closing = replace(state, asking=replace(state.asking, at=1))
    assert step(closing, Pressed("0")) == (closing, (Acknowledge(Feedback.NO_CHOICE),))


@pytest.mark.parametrize(
    ("key", "option"),
    [("enter", 0), ("1", 1), ("2", 2), ("3", None), ("0", None), ("y", None), ("n", None)],
)
def test_an_option_is_its_number_and_no_letter(key: str, option: int | None) -> None:
    assert option_of(key, 2) == option


def test_what_a_keyboard_reports_is_a_key_or_an_interrupt() -> None:
    assert of_key("interrupt") == Interrupted()
    assert of_key("n") == Pressed("n")
