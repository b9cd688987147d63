"""What is refused in a session is honoured after it, and `voicereflect` alone offers one thing."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from voicereflect import wiring
from voicereflect.cli.offer import offer
from voicereflect.core.decks.views import command_for
from voicereflect.core.programme.so_far import PickedChoice
from voicereflect.core.session.state import Refusal
from voicereflect.flows.session.asking.planning import PlanRequest, plan
from voicereflect.wiring import decks
from voicereflect.wiring.sittings import locked

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def asked(deck_name: str) -> list[str]:
    settings = wiring.settings()
    request = PlanRequest(
        deck=wiring.deck_folder(settings).load(deck_name),
        person=decks.person(),
        language="en",
        speaker="me",
        now=NOW,
    )
    planned = plan(request, wiring.vault(settings), decks.history(), random.Random(1))
    return [question.prompt for question in planned.questions]


def keep(refused: Sequence[tuple[str, Refusal]], now: datetime) -> None:
    locked.late_refusals(lambda _: None).keep(refused, now)


def test_a_prompt_refused_for_good_is_not_asked_again_until_it_is_allowed() -> None:
    before = asked("everyday")
    keep([("everyday/week", Refusal.NEVER)], NOW)
    assert asked("everyday") == [prompt for prompt in before if prompt != "everyday/week"]
    decks.preferences().allow("everyday/week")
    assert asked("everyday") == before


def test_a_skipped_prompt_comes_again() -> None:
    before = asked("everyday")
    keep([("everyday/week", Refusal.SKIP)], NOW)
    assert asked("everyday") == before


def test_not_today_is_kept_with_its_day() -> None:
    keep([("everyday/week", Refusal.NOT_TODAY)], NOW)
    assert "everyday" in decks.preferences().read().not_today


def test_without_a_command_one_thing_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    offer()
    assert "voicereflect reflect everyday" in capsys.readouterr().out


def test_a_choice_put_again_and_left_open_lets_no_older_one_stand() -> None:
    room = "ready-or-not/room"
    decks.keep_open([room])
    assert decks.preferences().read().picks == ()
    decks.preferences().picked(PickedChoice(prompt=room, choice="yes", day=NOW.date()))
    decks.keep_open([room, "ready-or-not/ready"])
    assert [pick.choice for pick in decks.preferences().read().picks] == ["yes", ""]
    assert decks.person().known[room] == ""


def test_a_deck_for_two_is_offered_with_the_command_for_two() -> None:
    folder = wiring.deck_folder(wiring.settings())
    assert command_for(folder.load("interview")) == "voicereflect two interview"
    assert command_for(folder.load("everyday")) == "voicereflect reflect everyday"
