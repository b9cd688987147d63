"""Answers stand as their deck lays them out, and none is lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.shipped import DECKS
from voicereflect.core.decks.laying import by_stage, laid_out
from voicereflect.model import Answer, AnswerState


def answers(deck: str, *prompts: str) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            number=number,
            speaker="me",
            prompt=f"{deck}/{prompt}",
            asked="What?",
            state=AnswerState.DONE,
            text=prompt,
        )
        for number, prompt in enumerate(prompts, start=1)
    )


def shown(deck: str, *prompts: str) -> list[list[str]]:
    groups = laid_out(answers(deck, *prompts), DECKS[deck])
    return [[laid.answer.text for laid in group] for group in groups]


def test_two_takes_stand_side_by_side_and_each_has_its_heading() -> None:
    groups = laid_out(answers("between-us", "camera", "made-of-it"), DECKS["between-us"])
    assert [[laid.heading for laid in group] for group in groups] == [
        ["What a stranger would have seen", "What I made of it"]
    ]
    assert shown("between-us", "camera", "made-of-it", "expected") == [
        ["camera", "made-of-it"],
        ["expected"],
    ]


def test_three_takes_stand_side_by_side() -> None:
    takes = ["her-mother-and-her", "her-and-me", "me-and-now"]
    assert shown("the-pattern", *takes, "room") == [takes, ["room"]]


def test_a_take_stands_alone_where_the_other_was_skipped_or_told_twice() -> None:
    assert shown("between-us", "made-of-it") == [["made-of-it"]]
    assert shown("between-us", "camera", "made-of-it", "made-of-it") == [
        ["camera", "made-of-it"],
        ["made-of-it"],
    ]


def test_steps_kept_apart_are_never_side_by_side() -> None:
    steps = [prompt.id for prompt in DECKS["one-conflict"].every_prompt]
    assert shown("one-conflict", *steps) == [[step] for step in steps]
    groups = laid_out(answers("one-conflict", *steps), DECKS["one-conflict"])
    assert all(laid.heading for group in groups for laid in group)


def test_stages_are_read_in_the_order_of_a_life_and_the_closing_last() -> None:
    asked = ("illness", "first-no", "early-years", "closing")
    assert shown("stages", *asked) == [["early-years"], ["first-no"], ["illness"], ["closing"]]
    assert [prompt.stage for prompt in by_stage(DECKS["stages"])] == list(range(1, 9))


def test_an_answer_under_a_former_name_keeps_its_place() -> None:
    deck = DECKS["between-us"]
    renamed = tuple(
        replace(prompt, formerly=("film",)) if prompt.id == "camera" else prompt
        for prompt in deck.prompts
    )
    groups = laid_out(answers("between-us", "film", "made-of-it"), replace(deck, prompts=renamed))
    assert [len(group) for group in groups] == [2]


@given(
    st.sampled_from([None, *sorted(DECKS)]),
    st.lists(
        st.sampled_from(sorted({p.id for d in DECKS.values() for p in d.every_prompt})), max_size=8
    ),
)
def test_no_answer_is_lost_or_shown_twice_whatever_was_answered(
    name: str | None, asked: list[str]
) -> None:
    given_answers = answers(name or "gone", *asked)
    groups = laid_out(given_answers, DECKS[name] if name else None)
    numbers = [laid.answer.number for group in groups for laid in group]
    assert sorted(numbers) == [answer.number for answer in given_answers]
    if name is None:
        assert numbers == sorted(numbers)
