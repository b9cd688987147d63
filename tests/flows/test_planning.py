"""What a sitting asks, and whom it is closed to."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from tests.support.libraries import history_of
from tests.support.shipped import DECKS, person
from tests.support.vaults import made_entry, make_entry, make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.core.decks.choosing import Person, may_open, questions
from voicereflect.core.decks.rotation import FREELY
from voicereflect.core.entry.decisions import undecided
from voicereflect.errors import DeckError
from voicereflect.flows.session.asking.planning import PlanRequest, plan
from voicereflect.flows.session.parts import Plan
from voicereflect.model import Answer

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def planned(tmp_path: Path, deck: str, who: Person) -> Plan:
    vault = make_vault(Files(tmp_path))
    request = PlanRequest(deck=DECKS[deck], person=who, language="en", speaker="me", now=NOW)
    return plan(request, vault, history_of(vault), Random(1))


@pytest.mark.parametrize("deck", ["owning-it", "her-side", "sending", "ready-or-not"])
def test_on_a_path_alone_these_are_closed_even_by_name(tmp_path: Path, deck: str) -> None:
    with pytest.raises(DeckError, match="does not fit") as caught:
        planned(tmp_path, deck, person("daughter", "living", "alone"))
    assert "programme status" in caught.value.hint


@pytest.mark.parametrize("deck", ["interview", "speaker-and-listener", "line-together"])
def test_what_takes_two_is_not_asked_of_one(tmp_path: Path, deck: str) -> None:
    with pytest.raises(DeckError, match="two voices"):
        planned(tmp_path, deck, person("daughter", "living", "together"))


def test_what_was_put_aside_for_good_says_how_to_take_that_back(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="put aside") as caught:
        planned(tmp_path, "everyday", Person(never=frozenset({"everyday"})))
    assert "--undo" in caught.value.hint


@pytest.mark.parametrize(
    "deck", sorted(n for n, d in DECKS.items() if d.at_end == "ask" and not d.voices)
)
def test_what_needs_a_choice_is_undecided_from_the_first_word_on(tmp_path: Path, deck: str) -> None:
    plan = planned(tmp_path, deck, person("daughter", "living", "together"))
    assert plan.entry.undecided


def test_nothing_is_asked_as_if_an_earlier_answer_had_been_heard(tmp_path: Path) -> None:
    vault = make_vault(Files(tmp_path))
    who = person("daughter", "living", "alone")
    before = planned(tmp_path, "small-steps", who).questions
    asked = [each.prompt for each in before]
    answers = tuple(
        Answer(number=n, speaker="me", prompt=prompt, asked="Asked?", text="Yes.")
        for n, prompt in enumerate(asked, start=1)
    )
    with vault.create(replace(make_entry(), deck="small-steps", answers=answers)):
        pass
    assert [each.prompt for each in planned(tmp_path, "small-steps", who).questions] == asked


@pytest.mark.parametrize(
    "deck", sorted(n for n, d in DECKS.items() if d.depth == "heavy" and d.at_end == "keep")
)
def test_a_heavy_deck_says_what_is_coming_before_anything_else(tmp_path: Path, deck: str) -> None:
    her = (DECKS[deck].when and dict(DECKS[deck].when).get("her", ("living",))[0]) or "living"
    _, coming, freely = planned(tmp_path, deck, person("daughter", her, "together")).opening
    assert "stopping is always fine" in coming
    assert coming.endswith("You may feel lower for a while afterwards.")
    assert freely == FREELY


def test_what_is_planned_is_what_choosing_gives_before_any_choice(tmp_path: Path) -> None:
    who = person("mother", "died", "alone", call="Lena")
    planned_decks = 0
    for name, deck in DECKS.items():
        if deck.voices or deck.at_end == "ask" or not may_open(deck, who):
            continue
        found = planned(tmp_path, name, who)
        ids = [question.prompt for question in found.questions[:-1]]
        assert ids == [f"{name}/{one.prompt.id}" for one in questions(deck, who)]
        assert not any("{" in question.words for question in found.questions)
        planned_decks += 1
    assert planned_decks > 25


def test_what_was_left_open_is_told_the_next_time(tmp_path: Path) -> None:
    letter = undecided(replace(make_entry(), title="A letter"))
    made_entry(make_vault(Files(tmp_path)), letter)
    (line,) = planned(tmp_path, "everyday", person()).waiting
    assert line.startswith("A letter, 22 November 2026, still waits")
    assert f"keep {letter.id[-4:]}" in line
