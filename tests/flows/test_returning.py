"""What comes back over a real vault: open steps in light sittings, and then-and-now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.support.libraries import history_of
from tests.support.shipped import DECKS, PROGRAMME, person
from tests.support.vaults import made_entry, make_entry, make_vault
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.folder import FolderVault
from voicereflect.core.decks.choosing import Person
from voicereflect.core.entry.decisions import decided, undecided
from voicereflect.core.programme.so_far import ProgrammeSoFar, person_in
from voicereflect.errors import DeckError
from voicereflect.flows.session.asking.planning import PlanRequest, plan
from voicereflect.flows.session.parts import Plan
from voicereflect.model import Answer, AnswerState, Entry, Segment, Transcript, Word

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
STEPS = (DECKS["small-steps"], DECKS["small-steps"].prompts[0])
ALONE = person("daughter", "living", "alone")


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    return make_vault(Files(tmp_path))


def told(vault: FolderVault, days: int, prompt: str, text: str, *, closed: bool = False) -> Entry:
    """Keep an answer that was given so many days after the first."""
    when = NOW + timedelta(days=days)
    answer = Answer(
        number=1,
        speaker="me",
        prompt=prompt,
        asked="Asked?",
        state=AnswerState.DONE,
        text=text,
        duration_s=2.0,
    )
    entry = replace(
        make_entry(f"{when:%Y%m%dT%H%M%S}Z-kzqv"), deck=prompt.partition("/")[0], answers=(answer,)
    )
    if closed:
        entry = decided(undecided(entry), closed=True)
    made_entry(vault, entry)
    words = tuple(
        Word(text=f" {word}", start_s=n * 0.5, end_s=n * 0.5 + 0.5, probability=0.9)
        for n, word in enumerate(text.split())
    )
    segment = Segment(words=words, avg_logprob=-0.2, no_speech=0.0)
    transcript = Transcript(model="m", language="en", made_at=NOW, segments=(segment,))
    vault.add_transcript(entry.id, 1, transcript)
    return entry


def planned(
    vault: FolderVault, deck: str, who: Person = ALONE, settled: tuple[str, ...] = ()
) -> Plan:
    request = PlanRequest(
        deck=DECKS[deck],
        person=who,
        language="en",
        speaker="me",
        now=NOW,
        settled=settled,
        steps=STEPS,
    )
    return plan(request, vault, history_of(vault), Random(1))


def test_the_programme_names_what_asks_about_open_steps() -> None:
    assert PROGRAMME.steps == f"{STEPS[0].name}/{STEPS[1].id}"


def test_an_open_step_is_asked_about_first_in_a_light_sitting_and_in_no_other(
    vault: FolderVault,
) -> None:
    entry = told(vault, 0, "what-i-needed/step", "Go to bed early.")
    first = planned(vault, "everyday").questions[0]
    assert first.prompt == "small-steps/last-step"
    assert first.quote is not None
    assert (first.quote.words, first.quote.step) == ("Go to bed early.", True)
    assert {id_ for id_, _ in first.menu} == {"done", "not-yet", "let-go"}
    for deck in ("what-hurt", "stages"):
        assert planned(vault, deck).questions[0].prompt.startswith(deck)
    settled = planned(vault, "everyday", settled=(f"{entry.id}/1",))
    assert settled.questions[0].prompt == "everyday/free"


def test_it_stays_first_whatever_is_chosen_and_is_asked_once_in_its_own_deck(
    vault: FolderVault,
) -> None:
    told(vault, 0, "small-steps/own-step", "Water the plants.")
    found = planned(vault, "qualities")
    assert found.replan is not None
    assert found.replan({"last-step": "done", "quality": "nothing"})[0] == found.questions[0]
    asked = [each.prompt for each in planned(vault, "small-steps").questions]
    assert asked.count("small-steps/last-step") == 1


def test_each_of_several_open_steps_has_its_turn(vault: FolderVault) -> None:
    told(vault, 0, "small-steps/own-step", "One.")
    told(vault, 1, "small-steps/safe-step", "Two.")
    heard = []
    for days in (2, 3):
        quote = planned(vault, "everyday").questions[0].quote
        assert quote is not None
        heard.append(quote.words)
        told(vault, days, "morning/waking", "Well.")
    assert {*heard} == {"One.", "Two."}


def test_then_and_now_are_the_earliest_and_the_latest_answer_to_one_question(
    vault: FolderVault,
) -> None:
    for days, prompt, text in (
        (0, "week/stays", "Weeks ago."),
        (3, "everyday/week", "Early."),
        (5, "morning/waking", "Well."),
        (40, "everyday/week", "Between."),
        (60, "everyday/week", "Late."),
    ):
        told(vault, days, prompt, text)
    for days in range(61, 95):  # more sittings than anybody looks back over
        told(vault, days, "evening/scene", "A day.")
    quotes = [q.quote.words for q in planned(vault, "then-and-now").questions if q.quote]
    assert quotes == ["Early.", "Late."]


def test_then_and_now_does_not_open_before_there_are_two_answers_two_days_apart(
    vault: FolderVault,
) -> None:
    def who() -> Person:
        past = ProgrammeSoFar(sittings=history_of(vault).sittings())
        return person_in(PROGRAMME, ALONE, past)

    told(vault, 0, "everyday/week", "Early.")
    told(vault, 1, "everyday/week", "A day later.")
    told(vault, 9, "everyday/week", "Closed.", closed=True)
    told(vault, 9, "week/stays", "Of another question.")
    with pytest.raises(DeckError, match="two answers to one question") as caught:
        planned(vault, "then-and-now", who())
    assert "reflect everyday" in caught.value.hint
    told(vault, 10, "everyday/week", "Late.")
    assert planned(vault, "then-and-now", who()).questions


def test_the_first_sitting_asks_for_privacy_and_a_light_one_afterwards_does_not(
    vault: FolderVault,
) -> None:
    assert len(planned(vault, "everyday").opening) == 2
    told(vault, 0, "everyday/free", "Well.")
    assert len(planned(vault, "everyday").opening) == 1
    assert len(planned(vault, "what-hurt").opening) == 3
