"""Claims about changes of an entry, and about whose a text is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicereflect.core.entry.entries import (
    answer_of,
    is_persons,
    with_answer,
    with_read,
    with_state,
    with_transcript,
)
from voicereflect.core.entry.page.entry_text import canonical, text_hash
from voicereflect.errors import EntryNotFound
from voicereflect.model import Answer, AnswerState, Entry, Picked, Segment, Transcript, Word


def answer(number: int = 1, *, text: str = "", machine_hash: str = "") -> Answer:
    return Answer(
        number=number,
        speaker="me",
        prompt="deck/prompt",
        asked="What?",
        state=AnswerState.PENDING,
        text=text,
        machine_hash=machine_hash,
    )


def entry(*answers: Answer) -> Entry:
    return Entry(
        id="20261122T083012Z-kzqv",
        started_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        deck="deck",
        edition=1,
        title="Deck",
        language="en",
        answers=answers,
    )


def test_answers_stand_in_order_however_they_come() -> None:
    made = with_answer(with_answer(entry(answer(2)), answer(3)), answer(1))
    assert [each.number for each in made.answers] == [1, 2, 3]


def test_an_answer_takes_the_place_of_the_one_with_its_number() -> None:
    made = with_answer(entry(answer(1, text="old"), answer(2)), answer(1, text="new"))
    assert [each.text for each in made.answers] == ["new", ""]


def test_a_first_transcript_becomes_the_text() -> None:
    made = answer_of(with_transcript(entry(answer()), 1, "I said.\r\n", silent=False), 1)
    assert (made.text, made.state) == ("I said.", AnswerState.DONE)
    assert not is_persons(made)


def test_a_better_transcript_replaces_the_machines_own_text() -> None:
    first = with_transcript(entry(answer()), 1, "I sad.", silent=False)
    assert answer_of(with_transcript(first, 1, "I said.", silent=False), 1).text == "I said."


def test_silence_is_a_state_and_no_text() -> None:
    made = answer_of(with_transcript(entry(answer()), 1, "", silent=True), 1)
    assert (made.text, made.state) == ("", AnswerState.SILENT)
    assert not is_persons(made)


def test_silence_gives_way_to_a_later_transcript() -> None:
    silent = with_transcript(entry(answer()), 1, "", silent=True)
    made = answer_of(with_transcript(silent, 1, "Quietly.", silent=False), 1)
    assert (made.text, made.state) == ("Quietly.", AnswerState.DONE)


@pytest.mark.parametrize("silent", [True, False])
@pytest.mark.parametrize(
    ("text", "machine_hash"),
    [
        ("Mended by hand.", text_hash("Mendet by hand.")),
        ("Typed while it was pending.", ""),
        ("", text_hash("What I took out again.")),
    ],
)
def test_a_persons_text_is_never_replaced(text: str, machine_hash: str, *, silent: bool) -> None:
    before = entry(answer(text=text, machine_hash=machine_hash))
    made = answer_of(with_transcript(before, 1, "Machine.", silent=silent), 1)
    assert (made.text, made.machine_hash) == (text, machine_hash)
    assert is_persons(made)
    assert made.state is AnswerState.DONE


@given(st.text(), st.text())
def test_a_text_is_the_persons_exactly_when_it_says_something_else(machine: str, now: str) -> None:
    made = answer(text=canonical(now), machine_hash=text_hash(machine))
    assert is_persons(made) == (text_hash(now) != text_hash(machine))


def test_a_state_is_set_with_or_without_a_length() -> None:
    made = with_state(entry(answer(), answer(2)), 1, AnswerState.PENDING, duration_s=2.5)
    made = with_state(made, 1, AnswerState.SKIPPED)
    assert answer_of(made, 1).duration_s == 2.5
    assert answer_of(made, 1).state is AnswerState.SKIPPED
    assert answer_of(made, 2) == answer(2)


@pytest.mark.parametrize(
    ("there", "told"),
    [((), "It has none;"), ((1,), "It has 1;"), ((1, 3, 4), "It has 1, 3 and 4;")],
)
def test_an_answer_that_is_not_there_is_named_and_those_that_are(
    there: tuple[int, ...], told: str
) -> None:
    with pytest.raises(EntryNotFound, match="answer 2") as refused:
        answer_of(entry(*map(answer, there)), 2)
    assert told in refused.value.hint


def transcript(*, text: str = "", heard: str = "", voiced: bool = True) -> Transcript:
    word = Word(text=f" {text}", start_s=0.0, end_s=1.0, probability=0.9)
    segment = Segment(words=(word,), avg_logprob=-0.2, no_speech=0.0)
    return Transcript(
        model="m",
        language="en",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        segments=(segment,) if text else (),
        heard=heard,
        voiced=voiced,
    )


def test_a_choice_that_was_only_said_leaves_nothing_unsure() -> None:
    chosen = replace(answer(), picked=Picked(id="small", words="something small"))
    made = answer_of(with_read(entry(chosen), 1, transcript()), 1)
    assert (made.state, made.picked) == (AnswerState.SILENT, chosen.picked)


@pytest.mark.parametrize(
    ("read", "state", "heard"),
    [
        (transcript(text="I said."), AnswerState.DONE, ""),
        (transcript(), AnswerState.UNSURE, ""),
        (transcript(heard="de"), AnswerState.UNSURE, "de"),
        (transcript(voiced=False), AnswerState.SILENT, ""),
    ],
)
def test_only_where_no_voice_was_heard_an_answer_is_silent(
    read: Transcript, state: AnswerState, heard: str
) -> None:
    made = answer_of(with_read(entry(answer()), 1, read), 1)
    assert (made.state, made.heard) == (state, heard)
    again = answer_of(with_read(entry(made), 1, transcript(text="I said.")), 1)
    assert (again.state, again.heard, again.text) == (AnswerState.DONE, "", "I said.")
    mine = replace(made, text="By hand.")
    assert answer_of(with_read(entry(mine), 1, read), 1).text == "By hand."
