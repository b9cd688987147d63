"""An entry in the review: takes as `show` lays them, what stays unsaid, what cannot be quoted."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.flows.test_review_words import spot
from tests.flows.test_search import Desk
from tests.flows.test_themes import garden
from tests.flows.test_walking import Walked, drawn, lit, walked
from tests.support.libraries import spoken
from tests.support.shipped import DECKS
from voicereflect.core.review.places import ON_A_KEY, ON_ENTER, PlaceInReview
from voicereflect.flows.review.finding import begun_in
from voicereflect.model import Answer, Consent, Entry
from voicereflect.ui.review.still import StillReview

__all__ = ["walked"]
CAMERA, MADE = "She stood at the stove.", "I thought she was cross."
HEADING, OTHER = "What a stranger would have seen", "What I made of it"
DANGER = "I want to kill myself."


def of_between_us(entry: Entry) -> Entry:
    def asked(answer: Answer, prompt: str) -> Answer:
        return replace(answer, prompt=f"between-us/{prompt}")

    takes = zip(entry.answers, ("camera", "made-of-it"), strict=True)
    return replace(entry, deck="between-us", answers=tuple(asked(*each) for each in takes))


@pytest.fixture
def takes(walked: Walked) -> Walked:
    walked.deck = DECKS["between-us"]
    walked.rig.say(70, CAMERA, MADE, change=of_between_us)
    walked.beside = True
    return walked


def test_takes_stand_side_by_side_beside_the_list_or_on_the_whole_screen(takes: Walked) -> None:
    place = takes.press("enter j")
    for width, listed in ((120, True), (80, False)):
        text = drawn(place, width)
        headings = next(line for line in text.splitlines() if OTHER in line)
        assert HEADING in headings
        assert ("January 2026" in text) == listed
    first, other, *_ = MADE.split()
    assert first in lit(place)
    clicked = takes.press(f"enter {spot(place, other)}")
    assert (clicked.at, clicked.word) == (1, 1)


def test_takes_stand_one_under_the_other_where_there_is_no_room(takes: Walked) -> None:
    for place, width in ((takes.press(""), 80), (takes.press("enter"), 44)):
        text = drawn(place, width)
        assert re.search(rf"{HEADING}.*{OTHER}", text, re.DOTALL)
        assert not any(HEADING in line and OTHER in line for line in text.splitlines())


def still_lines(walked: Walked, keys: str) -> str:
    still = StillReview(out := io.StringIO())
    for name in ("place", "told"):
        setattr(walked.seen, name, getattr(still, name))
    walked.seen.places.append(PlaceInReview(title="", rows=()))
    walked.press(keys)
    return out.getvalue()


def test_still_lines_say_what_was_asked_where_an_answer_begins(takes: Walked) -> None:
    told = still_lines(takes, "enter j k k")
    for once, times in ((HEADING, 2), (OTHER, 1)):
        assert told.count(once) == times
    assert told.index(OTHER) < told.index(f"2 of 2: {MADE}")


def closed(entry: Entry) -> Entry:
    return replace(entry, closed=True)


def unchanged(entry: Entry) -> Entry:
    return entry


@pytest.mark.parametrize(
    ("text", "change", "told"), [(DANGER, unchanged, ON_ENTER), (garden(3), closed, ON_A_KEY)]
)
def test_beside_the_list_a_line_says_what_opens_that_which_does_not_return_by_itself(
    walked: Walked, text: str, change: Callable[[Entry], Entry], told: str
) -> None:
    walked.rig.say(80, text, "The garden was quiet.", change=change)
    walked.beside = True
    shown = drawn(walked.press(""), 120)
    assert told in shown
    assert text not in shown
    assert "quiet" not in shown
    assert text in drawn(walked.press("o"), 120)


def test_of_words_that_may_not_be_quoted_it_is_said_where_they_are(walked: Walked) -> None:
    walked.rig.say(80, "Mine.", change=lambda e: replace(e, undecided=True))
    walked.press("o")
    assert "Nothing of it may be quoted as it stands. `voicereflect show" in walked.seen.line

    def with_anna(entry: Entry) -> Entry:
        mine, hers = entry.answers
        answers = (mine, replace(hers, speaker="Anna"))
        kept = {"Anna": Consent(kept=True)}
        return replace(entry, speakers=("me", "Anna"), answers=answers, consent=kept)

    walked.rig.say(90, "Mine.", "Hers.", change=with_anna)
    shown = drawn(walked.press("o"), 120)
    assert "What Anna said is left out here; `voicereflect show" in shown
    assert "Hers." not in shown


def test_while_one_types_nothing_is_found_that_does_not_return_by_itself(tmp_path: Path) -> None:
    heavy = replace(spoken(1, "The garden was cold."), deck="unsent-letter")
    desk = Desk(tmp_path, heavy, spoken(2, "My garden. I want to kill myself in the garden."))
    desk.library.refresh()
    found = begun_in(desk.search, "gard", {"unsent-letter": "heavy"}.get)
    assert [each.text for each in found] == []
    found = begun_in(desk.search, "gard", lambda deck: "heavy" if "letter" in deck else "light")
    assert [each.text for each in found] == ["My garden."]
