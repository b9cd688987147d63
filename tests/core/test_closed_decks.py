"""Claims about decks that are closed: to whom, why, and what opens them."""

from dataclasses import replace

from tests.support.shipped import DECKS, PROGRAMMES, person
from voicereflect.core.decks.choosing import Person, may_open
from voicereflect.core.decks.closed import closed, in_one_room

PROGRAMME = PROGRAMMES["mother-daughter"]
LISTENING, INTERVIEW = DECKS["speaker-and-listener"], DECKS["interview"]
NEW = Person(facts=person().facts)
TOGETHER = {"her": "living", "path": "together"}


def knowing(**known: str) -> Person:
    named = {name.replace("__", "/").replace("_", "-"): value for name, value in known.items()}
    return replace(NEW, known={**TOGETHER, **named})


def test_an_interview_is_open_to_two_of_whom_nothing_is_known() -> None:
    assert not may_open(INTERVIEW, NEW)
    assert may_open(INTERVIEW, in_one_room(INTERVIEW, NEW))
    assert closed(INTERVIEW, NEW, PROGRAMME) is None


def test_a_no_to_being_adults_closes_nothing_before_it_is_asked_again() -> None:
    before = replace(NEW, known={"adults": "no"})
    assert may_open(INTERVIEW, in_one_room(INTERVIEW, before))


def test_what_waits_for_a_screening_stays_closed_in_the_room() -> None:
    assert not may_open(LISTENING, in_one_room(LISTENING, NEW))


def test_whoever_looks_alone_is_told_what_opens_a_deck() -> None:
    found = closed(LISTENING, NEW, PROGRAMME)
    assert found is not None
    assert found.why == (
        ("It waits for what ready-or-not asks you alone.", "reflect ready-or-not"),
    )


def test_an_answer_that_closes_it_is_the_reason_that_is_told() -> None:
    found = closed(LISTENING, knowing(ready_or_not__room="no"), PROGRAMME)
    assert found is not None
    (told,) = found.why
    assert told == (
        "What you said in ready-or-not keeps it closed, and that is fine.",
        "reflect ready-or-not",
    )


def test_what_nobody_has_said_is_told_as_it_is_asked() -> None:
    mother = replace(NEW, known={"relation": "mother"})
    found = closed(DECKS["ready-or-not"], mother, PROGRAMME)
    assert found is not None
    reasons = [reason for reason, _ in found.why]
    assert any('"Is she living, has she died, or is that not known?"' in each for each in reasons)
    assert any('is "She is living".' in each for each in reasons)


def test_what_was_said_of_oneself_is_told_with_what_changes_it() -> None:
    found = closed(DECKS["ready-or-not"], replace(NEW, known={"path": "alone"}), PROGRAMME)
    assert found is not None
    commands = [command for _, command in found.why]
    assert "programme start mother-daughter --know path=together" in commands


def test_one_that_was_put_aside_names_how_to_take_that_back() -> None:
    aside = replace(NEW, never=frozenset({"interview"}))
    found = closed(INTERVIEW, aside, PROGRAMME)
    assert found is not None
    assert ("You put it aside for good.", "programme skip mother-daughter interview --undo") in (
        found.why
    )
